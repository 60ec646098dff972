from django.urls import path

from essor.web.gatherings import calendar, listing, one, places

urlpatterns = [
    path("", listing.gatherings, name="gatherings"),
    path("agenda.ics", calendar.gatherings_ics, name="gatherings_ics"),
    path("inscription/", places.registration_code, name="registration_code"),
    path("inscription/ma-place/", places.registration, name="registration"),
    path("<slug:slug>/", one.gathering, name="gathering"),
    path("<slug:slug>/agenda.ics", calendar.gathering_ics, name="gathering_ics"),
    path("<slug:slug>/inscription/", places.gathering_register, name="gathering_register"),
]
