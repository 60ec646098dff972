from django.urls import path

from essor.web.atelier.projects import listing

urlpatterns = [path("", listing.projects, name="atelier_projects")]
