"""Support screens of notices."""

from django.contrib import admin

from essor.ground.notices.models import Muted, Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    list_display = ["created_at", "person", "territory", "kind", "count", "read_at", "digested_at"]
    list_filter = ["kind"]
    list_select_related = ["person", "territory"]
    raw_id_fields = ["person", "territory"]


@admin.register(Muted)
class MutedAdmin(admin.ModelAdmin):
    list_display = ["person", "territory", "kind"]
    list_select_related = ["person", "territory"]
    raw_id_fields = ["person", "territory"]
