"""Support screens of the ledger: to read, never to write."""

from django.contrib import admin

from essor.ground.ledger.models import Fact, Link, LinkEnd


class ReadOnly(admin.ModelAdmin):
    """What happened cannot be added, changed or deleted by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Fact)
class FactAdmin(ReadOnly):
    list_display = ["at", "territory", "actor", "by", "verb", "thing_type", "thing_id"]
    list_filter = ["actor", "verb"]
    list_select_related = ["territory", "by"]
    show_full_result_count = False


@admin.register(Link)
class LinkAdmin(ReadOnly):
    list_display = ["at", "territory", "kind", "source_type", "source_id", "result_type", "result_id"]
    list_filter = ["kind"]
    list_select_related = ["territory"]
    show_full_result_count = False


@admin.register(LinkEnd)
class LinkEndAdmin(ReadOnly):
    list_display = ["at", "link_id", "by", "why"]
    list_select_related = ["by"]
