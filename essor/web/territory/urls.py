from django.urls import path

from essor.web.territory import home, preview

urlpatterns = [
    path("", home.home, name="home"),
    path("partage.png", preview.share_picture, name="share_picture"),
]
