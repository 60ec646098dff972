"""Where addresses begin: the site, accounts, support."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("compte/", include("allauth.urls")),
    path("", include("essor.web.urls")),
]
