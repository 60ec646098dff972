"""Support screens of people. Passwords and second factors are never shown."""

from django.contrib import admin

from essor.ground.people.models import Invitation, Membership, Organisation, OrganisationMember, Person


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    raw_id_fields = ["territory"]


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["email", "display_name", "is_active", "joined_at", "erased_at"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "display_name"]
    exclude = ["password", "user_permissions", "groups"]
    readonly_fields = ["last_login", "joined_at", "erased_at"]
    inlines = [MembershipInline]

    def has_add_permission(self, request):
        """Accounts are made by their owners."""
        return False

    def has_delete_permission(self, request, obj=None):
        """An account is erased by its own page, which also cares for the voices."""
        return False


class OrganisationMemberInline(admin.TabularInline):
    model = OrganisationMember
    extra = 0
    raw_id_fields = ["person"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "territory", "family", "legal_form", "is_archived"]
    list_filter = ["territory", "family", "is_archived"]
    list_select_related = ["territory"]
    search_fields = ["name", "siren"]
    inlines = [OrganisationMemberInline]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["email", "territory", "role", "created_at", "accepted_at", "cancelled_at"]
    list_filter = ["territory", "role"]
    list_select_related = ["territory"]
    exclude = ["digest"]
    raw_id_fields = ["invited_by"]
