from django.urls import path

from essor.web.atelier.gatherings import acts, edit, listing, minutes

urlpatterns = [
    path("", listing.atelier_gatherings, name="atelier_gatherings"),
    path("nouvelle/", edit.atelier_gathering_new, name="atelier_gathering_new"),
    path("<slug:slug>/", listing.atelier_gathering, name="atelier_gathering"),
    path("<slug:slug>/modifier/", edit.atelier_gathering_edit, name="atelier_gathering_edit"),
    path("<slug:slug>/annoncer/", acts.atelier_gathering_announce, name="atelier_gathering_announce"),
    path("<slug:slug>/tenue/", acts.atelier_gathering_hold, name="atelier_gathering_hold"),
    path("<slug:slug>/annuler/", acts.atelier_gathering_cancel, name="atelier_gathering_cancel"),
    path("<slug:slug>/presents/", acts.atelier_gathering_attendance, name="atelier_gathering_attendance"),
    path("<slug:slug>/inscrits/", listing.atelier_gathering_places, name="atelier_gathering_places"),
    path("<slug:slug>/compte-rendu/", minutes.atelier_minutes, name="atelier_minutes"),
    path(
        "<slug:slug>/compte-rendu/publier/", minutes.atelier_minutes_publish, name="atelier_minutes_publish"
    ),
]
