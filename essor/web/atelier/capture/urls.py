from django.urls import path

from essor.web.atelier.capture import interviews, meeting, notes, paper

urlpatterns = [
    path("", meeting.atelier_capture, name="atelier_capture"),
    path("ligne/<int:pk>/", meeting.atelier_capture_line, name="atelier_capture_line"),
    path("papier/", paper.atelier_capture_paper, name="atelier_capture_paper"),
    path("papier/<uuid:token>/", paper.atelier_capture_slips, name="atelier_capture_slips"),
    path("papier/<uuid:token>/retirer/", paper.atelier_capture_slips_undo, name="atelier_capture_slips_undo"),
    path("entretiens/", interviews.atelier_interviews, name="atelier_interviews"),
    path("entretiens/nouveau/", interviews.atelier_interview_new, name="atelier_interview_new"),
    path("entretiens/<int:pk>/", interviews.atelier_interview, name="atelier_interview"),
    path(
        "entretiens/<int:pk>/consentement/",
        interviews.atelier_interview_consent,
        name="atelier_interview_consent",
    ),
    path(
        "entretiens/<int:pk>/retrait/",
        interviews.atelier_interview_withdraw,
        name="atelier_interview_withdraw",
    ),
    path("entretiens/<int:pk>/couper/", notes.atelier_interview_cut, name="atelier_interview_cut"),
    path("entretiens/<int:pk>/garder/", notes.atelier_interview_keep, name="atelier_interview_keep"),
    path("rencontre/<slug:slug>/", meeting.atelier_capture_meeting, name="atelier_capture_meeting"),
    path("rencontre/<slug:slug>/lignes/", meeting.atelier_capture_lines, name="atelier_capture_lines"),
    path("rencontre/<slug:slug>/compte/", meeting.atelier_capture_counts, name="atelier_capture_counts"),
]
