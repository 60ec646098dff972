from django.urls import path

from essor.web.matches import pages

urlpatterns = [
    path("", pages.mine, name="matches"),
    path("<int:pk>/", pages.match, name="match"),
]
