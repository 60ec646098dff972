from django.urls import path

from essor.web.atelier.opinions import files, life, paper, sources, statements

urlpatterns = [
    path("", life.conversations, name="atelier_conversations"),
    path("nouveau/", life.conversation_new, name="atelier_conversation_new"),
    path("<slug:slug>/modifier/", life.conversation_edit, name="atelier_conversation_edit"),
    path("<slug:slug>/agir/", life.conversation_act, name="atelier_conversation_act"),
    path("<slug:slug>/affirmations/", statements.statements, name="atelier_statements"),
    path("<slug:slug>/affirmations/reunir/", statements.statements_merge, name="atelier_statements_merge"),
    path("<slug:slug>/affirmations/reprendre/", sources.seed, name="atelier_statements_seed"),
    path("<slug:slug>/affirmations/<int:number>/", statements.statement_act, name="atelier_statement_act"),
    path(
        "<slug:slug>/affirmations/<int:number>/mots/",
        statements.statement_reword,
        name="atelier_statement_reword",
    ),
    path("<slug:slug>/besoin/", sources.evidence, name="atelier_opinion_evidence"),
    path("<slug:slug>/papier/", paper.paper, name="atelier_opinion_paper"),
    path("<slug:slug>/papier/<int:pk>/annuler/", paper.paper_undo, name="atelier_opinion_paper_undo"),
    path("<slug:slug>/importer/", files.polis_import, name="atelier_opinion_import"),
    path(
        "<slug:slug>/importer/<int:pk>/annuler/", files.polis_import_undo, name="atelier_opinion_import_undo"
    ),
    path("<slug:slug>/exporter/", files.polis_export, name="atelier_opinion_export"),
    path("<slug:slug>/affiche/", files.poster, name="atelier_opinion_poster"),
]
