from django.urls import path

from essor.web.atelier.matches import listing

urlpatterns = [
    path("", listing.matches, name="atelier_matches"),
    path("calculer/", listing.ask, name="atelier_matches_ask"),
    path("avancement/", listing.progress, name="atelier_matches_progress"),
    path("<int:pk>/recommencer/", listing.retry, name="atelier_matches_retry"),
]
