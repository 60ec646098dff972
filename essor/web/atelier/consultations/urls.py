from django.urls import path

from essor.web.atelier.consultations import life, listing, phases, questions, sheet

urlpatterns = [
    path("", listing.atelier_consultations, name="atelier_consultations"),
    path("nouvelle/", sheet.atelier_consultation_new, name="atelier_consultation_new"),
    path("<int:pk>/", sheet.atelier_consultation, name="atelier_consultation"),
    path("<int:pk>/modifier/", sheet.atelier_consultation_change, name="atelier_consultation_change"),
    path("<int:pk>/ouvrir/", life.atelier_consultation_open, name="atelier_consultation_open"),
    path("<int:pk>/clore/", life.atelier_consultation_close, name="atelier_consultation_close"),
    path("<int:pk>/archiver/", life.atelier_consultation_archive, name="atelier_consultation_archive"),
    path("<int:pk>/questions/nouvelle/", questions.atelier_question_new, name="atelier_question_new"),
    path("questions/<int:pk>/", questions.atelier_question, name="atelier_question"),
    path("questions/<int:pk>/deplacer/", questions.atelier_question_move, name="atelier_question_move"),
    path("questions/<int:pk>/retirer/", questions.atelier_question_retire, name="atelier_question_retire"),
    path("<int:pk>/etapes/nouvelle/", phases.atelier_phase_new, name="atelier_phase_new"),
    path("etapes/<int:pk>/", phases.atelier_phase, name="atelier_phase"),
    path("etapes/<int:pk>/supprimer/", phases.atelier_phase_remove, name="atelier_phase_remove"),
]
