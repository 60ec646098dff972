from django.urls import path

from essor.web.atelier.actors import pages

urlpatterns = [
    path("", pages.actors, name="atelier_actors"),
    path("demandes/", pages.claims, name="atelier_claims"),
    path("doublons/", pages.duplicates, name="atelier_duplicates"),
    path("doublons/<int:pk>/separer/", pages.merge_undo, name="atelier_merge_undo"),
    path("importer/", pages.imports, name="atelier_actor_imports"),
    path("importer/<int:pk>/", pages.import_one, name="atelier_actor_import"),
    path("<int:pk>/masquer/", pages.actor_hide, name="atelier_actor_hide"),
]
