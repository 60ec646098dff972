from django.urls import path

from essor.web.opinions import listing, mine, one, proposing, room, statements, voting

urlpatterns = [
    path("", listing.conversations, name="conversations"),
    path("reprendre/<str:token>/", mine.opinion_resume, name="opinion_resume"),
    path("salle/<str:code>/", room.opinion_room, name="opinion_room"),
    path("<slug:slug>/", one.conversation, name="conversation"),
    path("<slug:slug>/voter/", voting.opinion_vote, name="opinion_vote"),
    path("<slug:slug>/voter/<int:pk>/", voting.opinion_vote_cast, name="opinion_vote_cast"),
    path("<slug:slug>/autre-personne/", mine.opinion_someone_else, name="opinion_someone_else"),
    path("<slug:slug>/mes-votes/", mine.opinion_mine, name="opinion_mine"),
    path("<slug:slug>/proposer/", proposing.opinion_propose, name="opinion_propose"),
    path("<slug:slug>/phrases/<int:pk>/", statements.statement, name="statement"),
    path("<slug:slug>/retirer/", mine.opinion_withdraw, name="opinion_withdraw"),
    path("<slug:slug>/ecran/", room.opinion_wall, name="opinion_wall"),
]
