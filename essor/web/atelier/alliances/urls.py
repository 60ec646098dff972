from django.urls import path

from essor.web.atelier.alliances import pages

urlpatterns = [path("", pages.alliances, name="atelier_alliances")]
