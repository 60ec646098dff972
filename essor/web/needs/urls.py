from django.urls import path

from essor.web.needs import concern, listing, one

urlpatterns = [
    path("", listing.needs, name="needs"),
    path("carte/", listing.needs_map, name="needs_map"),
    path("<slug:slug>/", one.need, name="need"),
    path("<slug:slug>/voix/", one.need_voices, name="need_voices"),
    path("<slug:slug>/me-concerne/", concern.need_concern, name="need_concern"),
]
