from django.urls import path

from essor.web.methods import pages

urlpatterns = [
    path("", pages.methods, name="methods"),
    path("synthese/", pages.synthesis, name="method_synthesis"),
    path("rapprochements/", pages.matching, name="method_matching"),
]
