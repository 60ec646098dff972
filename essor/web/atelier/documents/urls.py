from django.urls import path

from essor.web.atelier.documents import pages

urlpatterns = [
    path("", pages.atelier_documents, name="atelier_documents"),
    path("nouveau/", pages.atelier_document_new, name="atelier_document_new"),
    path("<int:pk>/version/", pages.atelier_document_version, name="atelier_document_version"),
    path("<int:pk>/etat/", pages.atelier_document_move, name="atelier_document_move"),
]
