from django.urls import path

from essor.web.atelier.home import board

urlpatterns = [path("", board.board, name="atelier")]
