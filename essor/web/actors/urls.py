from django.urls import path

from essor.web.actors import listing, mine, network

urlpatterns = [
    path("", listing.actors, name="actors"),
    path("carte/", listing.actors_map, name="actors_map"),
    path("reseau/", network.actors_network, name="actors_network"),
    path("moi/", mine.actors_mine, name="actors_mine"),
    path("moi/fiche/", mine.actor_myself, name="actor_myself"),
    path("<slug:slug>/", listing.actor, name="actor"),
    path("<slug:slug>/modifier/", mine.actor_edit, name="actor_edit"),
    path("<slug:slug>/propose/", mine.actor_resources, name="actor_resources"),
    path("<slug:slug>/propose/<int:pk>/", mine.actor_resource, name="actor_resource"),
    path("<slug:slug>/retirer/", mine.actor_withdraw, name="actor_withdraw"),
    path("<slug:slug>/je-parle-pour/", mine.actor_claim, name="actor_claim"),
]
