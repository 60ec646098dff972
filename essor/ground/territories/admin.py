"""Support screens of territories."""

from django.contrib import admin

from essor.ground.territories.models import PerimeterCommune, Territory, Theme


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "is_listed", "created_at"]
    search_fields = ["name", "slug"]
    readonly_fields = ["created_at"]


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ["name", "territory", "parent", "position", "is_retired"]
    list_filter = ["territory", "is_retired"]
    list_select_related = ["territory", "parent"]
    search_fields = ["name"]


@admin.register(PerimeterCommune)
class PerimeterCommuneAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "territory", "population"]
    list_filter = ["territory"]
    list_select_related = ["territory"]
    search_fields = ["name", "code"]
