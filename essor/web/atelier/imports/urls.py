from django.urls import path

from essor.web.atelier.imports import listing, one

urlpatterns = [
    path("", listing.atelier_imports, name="atelier_imports"),
    path("nouveau/", listing.atelier_import_new, name="atelier_import_new"),
    path("<int:pk>/", one.atelier_import, name="atelier_import"),
    path("<int:pk>/progression/", one.atelier_import_progress, name="atelier_import_progress"),
    path("<int:pk>/remarques/", one.atelier_import_issues, name="atelier_import_issues"),
    path("<int:pk>/annuler/", one.atelier_import_undo, name="atelier_import_undo"),
    path("<int:pk>/jeter/", one.atelier_import_discard, name="atelier_import_discard"),
]
