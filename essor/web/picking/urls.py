from django.urls import path

from essor.web.picking import pages

urlpatterns = [path("<slug:kind>/", pages.pick, name="pick")]
