"""Where addresses begin: the site, accounts, support."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# The support screens ask for the same proofs as the site: no door without the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("essor.web.urls")),
    path("compte/", include("allauth.urls")),
]
