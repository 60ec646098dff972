from django.urls import path

from essor.web.thread import page

urlpatterns = [path("<str:kind>/<int:pk>/", page.thread, name="thread")]
