"""Support screens of listening: to look, not to decide."""

from django.contrib import admin

from essor.chain.listening.models import Consultation, Contribution, ImportBatch, ModerationDecision


class ReadOnly(admin.ModelAdmin):
    """Nothing is written here: what people wrote changes only through the rules of the trade."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Consultation)
class ConsultationAdmin(ReadOnly):
    list_display = ("title", "territory", "state", "opened_at", "closed_at")
    list_filter = ("state", "territory")
    search_fields = ("title",)


@admin.register(Contribution)
class ContributionAdmin(ReadOnly):
    list_display = ("id", "territory", "channel", "state", "family", "said_at")
    list_filter = ("state", "channel", "territory")
    list_select_related = ("territory",)
    exclude = ("receipt_digest", "source_key", "search")


@admin.register(ModerationDecision)
class ModerationDecisionAdmin(ReadOnly):
    list_display = ("id", "contribution_id", "act", "reason", "by", "at")
    list_filter = ("act",)


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly):
    list_display = ("filename", "territory", "kind", "state", "voices_made", "created_at")
    list_filter = ("state", "territory")
