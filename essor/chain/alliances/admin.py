"""Support screens of alliances: to look, not to lead."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from essor.chain.alliances.models import Alliance


@admin.register(Alliance)
class AllianceAdmin(admin.ModelAdmin):
    """Writing goes through the services, so that the ledger knows."""

    list_display = ["title", "territory", "state", "members_count", "changed_at"]
    list_filter = ["state", "territory"]
    list_select_related = ["territory"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
