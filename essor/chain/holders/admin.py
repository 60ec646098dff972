"""Support screens of the log: names and columns, never the notes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from essor.chain.holders.models import ProjectHolder


@admin.register(ProjectHolder)
class ProjectHolderAdmin(admin.ModelAdmin):
    """Writing goes through the services; notes are for facilitators alone."""

    list_display = ["pk", "territory", "stage", "changed_at", "forgotten_at"]
    list_filter = ["stage", "territory"]
    list_select_related = ["territory"]
    fields = ["territory", "stage", "created_at", "changed_at", "informed_at", "forgotten_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
