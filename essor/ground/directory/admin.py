"""Support screens of the directory: to look, not to write."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from essor.ground.directory.models import Actor, ActorBatch, Claim


class LookOnly(admin.ModelAdmin):
    """Writing goes through the services, so that the ledger knows."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Actor)
class ActorAdmin(LookOnly):
    list_display = ["name", "territory", "kind", "state", "family", "changed_at"]
    list_filter = ["state", "kind", "territory"]
    list_select_related = ["territory"]


@admin.register(Claim)
class ClaimAdmin(LookOnly):
    list_display = ["actor", "person", "state", "at"]
    list_select_related = ["actor", "person"]


@admin.register(ActorBatch)
class ActorBatchAdmin(LookOnly):
    list_display = ["filename", "territory", "state", "added_count", "created_at"]
    list_select_related = ["territory"]
