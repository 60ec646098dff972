from django.urls import path

from essor.web.atelier.opinions import coming

urlpatterns = [
    path("", coming.coming, name="atelier_conversations"),
    path("nouveau/", coming.coming, name="atelier_conversation_new"),
    path("<slug:slug>/modifier/", coming.coming, name="atelier_conversation_edit"),
    path("<slug:slug>/agir/", coming.coming, name="atelier_conversation_act"),
    path("<slug:slug>/phrases/", coming.coming, name="atelier_statements"),
    path("<slug:slug>/phrases/reprendre/", coming.coming, name="atelier_statements_seed"),
    path("<slug:slug>/papier/", coming.coming, name="atelier_opinion_paper"),
    path("importer/", coming.coming, name="atelier_opinion_import"),
    path("<slug:slug>/exporter/", coming.coming, name="atelier_opinion_export"),
    path("<slug:slug>/affiche/", coming.coming, name="atelier_opinion_poster"),
]
