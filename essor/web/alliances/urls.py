from django.urls import path

from essor.web.alliances import lead, listing, one, table

urlpatterns = [
    path("", listing.alliances, name="alliances"),
    path("miennes/", listing.mine, name="alliances_mine"),
    path("nouvelle/", lead.alliance_new, name="alliance_new"),
    path("<slug:slug>/", one.alliance, name="alliance"),
    path("<slug:slug>/modifier/", lead.alliance_edit, name="alliance_edit"),
    path("<slug:slug>/publier/", lead.alliance_publish, name="alliance_publish"),
    path("<slug:slug>/etat/", lead.alliance_move, name="alliance_move"),
    path("<slug:slug>/confier/", lead.alliance_carry, name="alliance_carry"),
    path("<slug:slug>/confier/<slug:what>/<int:pk>/", lead.alliance_put_down, name="alliance_put_down"),
    path("<slug:slug>/charte/", lead.alliance_charter, name="alliance_charter"),
    path("<slug:slug>/charte/publier/", lead.charter_publish, name="alliance_charter_publish"),
    path("<slug:slug>/rencontres/", lead.alliance_meeting, name="alliance_meeting"),
    path("<slug:slug>/rencontres/<int:pk>/retirer/", lead.meeting_remove, name="alliance_meeting_remove"),
    path("<slug:slug>/table/", table.member_invite, name="alliance_invite"),
    path("<slug:slug>/table/<int:pk>/", table.member_change, name="alliance_member"),
    path("<slug:slug>/table/<int:pk>/reponse/", table.member_answer, name="alliance_answer"),
    path("<slug:slug>/table/<int:pk>/accord/", table.member_consent, name="alliance_consent"),
    path("<slug:slug>/table/<int:pk>/partir/", table.member_leave, name="alliance_leave"),
    path("<slug:slug>/table/<int:pk>/engagement/", table.commitment_new, name="alliance_commit"),
    path("<slug:slug>/table/<int:pk>/interet/", table.conflict_declare, name="alliance_conflict"),
    path("<slug:slug>/engagements/<int:pk>/", table.commitment_change, name="alliance_commitment"),
    path("<slug:slug>/engagements/<int:pk>/dire/", table.commitment_say, name="alliance_commitment_say"),
    path("<slug:slug>/interets/<int:pk>/lever/", table.conflict_end, name="alliance_conflict_end"),
]
