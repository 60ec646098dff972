"""Support screens of syntheses, codes and needs: to look, not to curate."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from essor.chain.needs.models import Code, Group, Need, Synthesis


class LookOnly(admin.ModelAdmin):
    """Writing goes through the services, so that the ledger knows."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Synthesis)
class SynthesisAdmin(LookOnly):
    list_display = ["title", "territory", "state", "progress", "voices_count", "computed_at"]
    list_filter = ["state", "territory"]
    list_select_related = ["territory"]


@admin.register(Group)
class GroupAdmin(LookOnly):
    list_display = ["label", "synthesis", "parent", "hand", "is_dissolved"]
    list_filter = ["hand", "is_dissolved"]
    list_select_related = ["synthesis", "parent"]


@admin.register(Need)
class NeedAdmin(LookOnly):
    list_display = ["statement", "territory", "state", "people_count", "changed_at"]
    list_filter = ["state", "territory"]
    list_select_related = ["territory"]


@admin.register(Code)
class CodeAdmin(LookOnly):
    list_display = ["value", "meaning", "territory"]
    list_filter = ["territory"]
    list_select_related = ["territory"]
