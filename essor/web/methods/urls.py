from django.urls import path

from essor.web.methods import opinion_map, pages

urlpatterns = [
    path("", pages.methods, name="methods"),
    path("synthese/", pages.synthesis, name="method_synthesis"),
    path("carte-des-opinions/", opinion_map.opinion_map, name="method_opinion_map"),
    path("rapprochements/", pages.matching, name="method_matching"),
]
