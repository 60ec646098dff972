from django.urls import path

from essor.web.site import home, machines, pages

urlpatterns = [
    path("", home.home, name="home"),
    path("a-propos/", pages.about, name="about"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("langue/", pages.set_language, name="set_language"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("logos/<slug:territory>", machines.logo, name="territory_logo"),
    path("site.webmanifest", machines.manifest, name="manifest"),
]
