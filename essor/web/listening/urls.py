from django.urls import path

from essor.web.listening import charter, consultations, contribute, my_voice, my_voice_acts, reports, voices

urlpatterns = [
    path("", consultations.consultations, name="consultations"),
    path("charte/", charter.charter, name="charter"),
    path("participer/", contribute.contribute_any, name="contribute_any"),
    path("c/<slug:slug>/", consultations.consultation, name="consultation"),
    path("c/<slug:slug>/participer/", contribute.contribute, name="contribute"),
    path("c/<slug:slug>/merci/", contribute.receipt, name="receipt"),
    path("c/<slug:slug>/autre-personne/", contribute.someone_else, name="someone_else"),
    path("voix/", voices.voices, name="voices"),
    path("voix/<int:pk>/", voices.voice, name="voice"),
    path("voix/<int:pk>/signaler/", reports.voice_report, name="voice_report"),
    path("ma-voix/", my_voice.my_voice, name="my_voice"),
    path("ma-voix/suivi/", my_voice.my_voice_shown, name="my_voice_shown"),
    path("ma-voix/fermer/", my_voice.my_voice_close, name="my_voice_close"),
    path("ma-voix/corriger/", my_voice_acts.my_voice_correct, name="my_voice_correct"),
    path("ma-voix/contester/", my_voice_acts.my_voice_appeal, name="my_voice_appeal"),
    path("ma-voix/retirer/", my_voice_acts.my_voice_withdraw, name="my_voice_withdraw"),
    path("ma-voix/effacer/", my_voice_acts.my_voice_erase, name="my_voice_erase"),
]
