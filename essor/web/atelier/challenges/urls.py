from django.urls import path

from essor.web.atelier.challenges import pages

urlpatterns = [
    path("", pages.challenges, name="atelier_challenges"),
    path("regles/", pages.challenge_rules, name="atelier_challenge_rules"),
    path("<int:pk>/masquer/", pages.challenge_hide, name="atelier_challenge_hide"),
    path("<int:pk>/retablir/", pages.challenge_restore, name="atelier_challenge_restore"),
]
