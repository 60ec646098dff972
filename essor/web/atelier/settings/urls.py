from django.urls import path

from essor.web.atelier.settings import journal, members, organisations, territory, themes

urlpatterns = [
    path("", territory.settings, name="atelier_settings"),
    path("perimetre/", territory.perimeter, name="atelier_perimeter"),
    path("themes/", themes.listing, name="atelier_themes"),
    path("themes/nouveau/", themes.new, name="atelier_theme_new"),
    path("themes/<int:pk>/", themes.edit, name="atelier_theme"),
    path("themes/<int:pk>/deplacer/", themes.move, name="atelier_theme_move"),
    path("themes/<int:pk>/retirer/", themes.retire, name="atelier_theme_retire"),
    path("themes/<int:pk>/retablir/", themes.restore, name="atelier_theme_restore"),
    path("membres/", members.listing, name="atelier_members"),
    path("membres/inviter/", members.invite, name="atelier_member_invite"),
    path("membres/<int:pk>/role/", members.role, name="atelier_member_role"),
    path("membres/<int:pk>/retirer/", members.remove, name="atelier_member_remove"),
    path("membres/<int:pk>/revenir/", members.come_back, name="atelier_member_back"),
    path("membres/invitations/<int:pk>/annuler/", members.cancel, name="atelier_invitation_cancel"),
    path("organisations/", organisations.listing, name="atelier_organisations"),
    path("organisations/nouvelle/", organisations.new, name="atelier_organisation_new"),
    path("organisations/<int:pk>/", organisations.edit, name="atelier_organisation"),
    path("organisations/<int:pk>/archiver/", organisations.archive, name="atelier_organisation_archive"),
    path("organisations/<int:pk>/membres/", organisations.member_add, name="atelier_organisation_member"),
    path(
        "organisations/<int:pk>/membres/<int:member>/retirer/",
        organisations.member_remove,
        name="atelier_organisation_member_remove",
    ),
    path("journal/", journal.journal, name="atelier_journal"),
]
