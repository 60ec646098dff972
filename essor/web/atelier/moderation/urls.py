from django.urls import path

from essor.web.atelier.moderation import appeals, comments, decisions, queue

urlpatterns = [
    path("", queue.atelier_moderation, name="atelier_moderation"),
    path("commentaires/", comments.comments, name="atelier_comments"),
    path("commentaires/<int:pk>/", comments.comment, name="atelier_comment"),
    path("journal/", queue.atelier_moderation_journal, name="atelier_moderation_journal"),
    path("plusieurs/", decisions.atelier_moderation_several, name="atelier_moderation_several"),
    path("contestation/<int:pk>/", appeals.atelier_moderation_appeal, name="atelier_moderation_appeal"),
    path("<int:pk>/", decisions.atelier_moderation_voice, name="atelier_moderation_voice"),
]
