from django.urls import path

from essor.web.challenges import contribute, lead, listing, one

urlpatterns = [
    path("", listing.challenges, name="challenges"),
    path("miens/", listing.mine, name="challenges_mine"),
    path("nouveau/", lead.challenge_new, name="challenge_new"),
    path("<slug:slug>/", one.challenge, name="challenge"),
    path("<slug:slug>/merci/", contribute.challenge_receipt, name="challenge_receipt"),
    path("<slug:slug>/soutenir/", one.challenge_support, name="challenge_support"),
    path("<slug:slug>/modifier/", lead.challenge_edit, name="challenge_edit"),
    path("<slug:slug>/lancer/", lead.challenge_publish, name="challenge_publish"),
    path("<slug:slug>/conclure/", lead.challenge_end, name="challenge_end"),
    path("<slug:slug>/rouvrir/", lead.challenge_reopen, name="challenge_reopen"),
    path("<slug:slug>/retirer/", lead.challenge_withdraw, name="challenge_withdraw"),
    path("<slug:slug>/phases/<int:pk>/", lead.phase_conclude, name="challenge_phase"),
    path("<slug:slug>/phases/<int:pk>/rencontre/", lead.phase_gathering, name="challenge_gathering"),
    path(
        "<slug:slug>/rencontres/<int:pk>/retirer/", lead.gathering_remove, name="challenge_gathering_remove"
    ),
]
