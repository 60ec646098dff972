from django.urls import path

from essor.web.opinions import listing, mine, one, proposing, room, voting

urlpatterns = [
    path("", listing.conversations, name="conversations"),
    path("salle/<str:code>/", room.room, name="opinion_room"),
    path("<slug:slug>/", one.conversation, name="conversation"),
    path("<slug:slug>/voter/", voting.vote, name="opinion_vote"),
    path("<slug:slug>/voter/<int:pk>/", voting.cast, name="opinion_vote_cast"),
    path("<slug:slug>/autre-personne/", voting.someone_else, name="opinion_someone_else"),
    path("<slug:slug>/mes-reponses/", mine.mine, name="opinion_mine"),
    path("<slug:slug>/retirer/", mine.withdraw, name="opinion_withdraw"),
    path("<slug:slug>/reprendre/<str:token>/", mine.resume, name="opinion_resume"),
    path("<slug:slug>/proposer/", proposing.propose, name="opinion_propose"),
    path("<slug:slug>/affirmations/<int:pk>/", one.statement, name="statement"),
    path("<slug:slug>/ecran/", room.wall, name="opinion_wall"),
]
