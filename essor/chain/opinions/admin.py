"""Support screens of opinions: to look, not to decide. Votes are not listed: nobody needs to see them."""

from django.contrib import admin

from essor.chain.opinions.models import Conversation, OpinionMap, PaperBatch, Statement


class ReadOnly(admin.ModelAdmin):
    """Nothing is written here: what people wrote changes only through the rules of the trade."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Conversation)
class ConversationAdmin(ReadOnly):
    list_display = ("title", "territory", "state", "opened_at", "closes_at")
    list_filter = ("state", "territory")
    search_fields = ("title", "question")
    exclude = ("device_salt",)


@admin.register(Statement)
class StatementAdmin(ReadOnly):
    list_display = ("number", "text", "conversation", "status", "source", "created_at")
    list_filter = ("status", "source")
    list_select_related = ("conversation",)
    search_fields = ("text",)
    exclude = ("search", "proposed_by")


@admin.register(PaperBatch)
class PaperBatchAdmin(ReadOnly):
    list_display = ("conversation", "slips", "votes", "entered_by", "entered_at", "undone_at")


@admin.register(OpinionMap)
class OpinionMapAdmin(ReadOnly):
    list_display = ("conversation", "computed_at", "participants_count", "groups_count", "is_kept")
    list_filter = ("is_kept",)
