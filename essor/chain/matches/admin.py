"""Support screens of introductions: to look, not to decide."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from essor.chain.matches.models import MatchAnswer, MatchRun


class LookOnly(admin.ModelAdmin):
    """Writing goes through the services, so that the ledger knows."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MatchRun)
class MatchRunAdmin(LookOnly):
    list_display = ["territory", "state", "asked_at", "computed_at", "input_digest"]
    list_filter = ["state", "territory"]
    list_select_related = ["territory"]


@admin.register(MatchAnswer)
class MatchAnswerAdmin(LookOnly):
    list_display = ["pair", "side", "answer", "reason", "at"]
    list_filter = ["answer", "territory"]
    list_select_related = ["territory"]
