from django.urls import path

from essor.web.opinions import coming

urlpatterns = [
    path("", coming.coming, name="conversations"),
    path("reprendre/<str:token>/", coming.coming, name="opinion_resume"),
    path("salle/<str:code>/", coming.coming, name="opinion_room"),
    path("<slug:slug>/", coming.coming, name="conversation"),
    path("<slug:slug>/voter/", coming.coming, name="opinion_vote"),
    path("<slug:slug>/voter/<int:pk>/", coming.coming, name="opinion_vote_cast"),
    path("<slug:slug>/mes-votes/", coming.coming, name="opinion_mine"),
    path("<slug:slug>/proposer/", coming.coming, name="opinion_propose"),
    path("<slug:slug>/phrases/<int:pk>/", coming.coming, name="statement"),
    path("<slug:slug>/retirer/", coming.coming, name="opinion_withdraw"),
    path("<slug:slug>/ecran/", coming.coming, name="opinion_wall"),
]
