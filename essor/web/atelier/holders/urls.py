from django.urls import path

from essor.web.atelier.holders import calendar, notes, pages

urlpatterns = [
    path("", pages.holders, name="atelier_holders"),
    path("liste/", pages.holders_list, name="atelier_holders_list"),
    path("prochains-pas.ics", calendar.holders_ics, name="atelier_holders_ics"),
    path("nouveau/", pages.holder_new, name="atelier_holder_new"),
    path("<int:pk>/", pages.holder, name="atelier_holder"),
    path("<int:pk>/modifier/", pages.holder_edit, name="atelier_holder_edit"),
    path("<int:pk>/deplacer/", pages.holder_move, name="atelier_holder_move"),
    path("<int:pk>/rencontre/", notes.encounter_new, name="atelier_encounter_new"),
    path("<int:pk>/notes/<int:note>/", notes.note_change, name="atelier_encounter"),
    path("<int:pk>/notes/<int:note>/ajouter/", notes.note_add, name="atelier_note_add"),
    path("<int:pk>/notes/<int:note>/retirer/", notes.note_remove, name="atelier_note_remove"),
    path("<int:pk>/nouvelles/", pages.holder_heard, name="atelier_holder_heard"),
    path("<int:pk>/informer/", pages.holder_inform, name="atelier_holder_inform"),
    path("<int:pk>/effacer/", pages.holder_forget, name="atelier_holder_forget"),
]
