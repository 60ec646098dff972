from django.urls import path

from essor.web.atelier.holders import pages

urlpatterns = [
    path("", pages.holders, name="atelier_holders"),
    path("liste/", pages.holders_list, name="atelier_holders_list"),
    path("nouveau/", pages.holder_new, name="atelier_holder_new"),
    path("<int:pk>/", pages.holder, name="atelier_holder"),
    path("<int:pk>/modifier/", pages.holder_edit, name="atelier_holder_edit"),
    path("<int:pk>/deplacer/", pages.holder_move, name="atelier_holder_move"),
    path("<int:pk>/rencontre/", pages.encounter_new, name="atelier_encounter_new"),
    path("<int:pk>/notes/<int:note>/", pages.note_change, name="atelier_encounter"),
    path("<int:pk>/informer/", pages.holder_inform, name="atelier_holder_inform"),
    path("<int:pk>/effacer/", pages.holder_forget, name="atelier_holder_forget"),
]
