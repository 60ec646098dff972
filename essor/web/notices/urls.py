from django.urls import path

from essor.web.notices import less, pages

urlpatterns = [
    path("", pages.notices, name="notices"),
    path("<int:pk>/", pages.notice_opened, name="notice_opened"),
    path("tout-lu/", pages.all_read, name="notices_all_read"),
    path("reglages/", pages.notice_settings, name="notice_settings"),
    path("moins/<str:word>/", less.notices_less, name="notices_less"),
]
