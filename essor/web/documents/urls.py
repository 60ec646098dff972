from django.urls import path

from essor.web.documents import pages

urlpatterns = [
    path("", pages.documents, name="documents"),
    path("<int:pk>/", pages.document, name="document"),
    path("<int:pk>/v<int:number>/", pages.document_file, name="document_file"),
]
