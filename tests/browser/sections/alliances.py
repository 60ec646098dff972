"""The pages of alliances."""

from types import SimpleNamespace as Things

from essor.chain.alliances.services.alliances import add_gathering, draft_alliance
from essor.chain.alliances.services.commitments import commit, declare_conflict
from essor.chain.alliances.services.members import consent, invite_member
from essor.journeys.form_alliances import carry_project, publish_alliance, take_up_need
from tests.browser.arguments import Arguments, names_of, slug


def _of(name: str) -> Arguments:
    return lambda things: [things.alliance.slug, getattr(things, name).pk]


PUBLIC: dict[str, Arguments] = {**names_of("alliances"), **names_of("alliance", slug("alliance"))}
ACCOUNT: dict[str, Arguments] = {
    **names_of("alliances_mine alliance_new"),
    **names_of("alliance_commit alliance_conflict alliance_leave", _of("seat")),
    **names_of("alliance_commitment alliance_commitment_say", _of("promise")),
}
ATELIER: dict[str, Arguments] = {
    **names_of("atelier_alliances"),
    **names_of(
        "alliance_edit alliance_move alliance_carry alliance_charter alliance_meeting alliance_invite",
        slug("alliance"),
    ),
    **names_of("alliance_member alliance_consent", _of("invited")),
    **names_of("alliance_put_down", lambda things: [things.alliance.slug, "besoin", things.need.pk]),
}
NO_PAGE = {
    "a gesture, answered by another page": (
        "territory:alliance_publish territory:alliance_charter_publish territory:alliance_answer "
        "territory:alliance_meeting_remove territory:alliance_conflict_end"
    )
}


def furnish(things: Things) -> None:
    """An alliance where Bilal sits and another actor is only invited."""
    by = {"by": things.alice}
    made = draft_alliance(
        **by, territory=things.territory, title="Rentrer ensemble", purpose="Que chacun rentre le soir."
    )
    carry_project(**by, alliance=made, project=things.project)
    take_up_need(**by, alliance=made, need=things.need)
    things.invited = invite_member(**by, alliance=made, actor=things.actor)
    seat = invite_member(**by, alliance=made, actor=things.card, role="leads", college="Habitants")
    things.seat = consent(by=things.bilal, member=seat)
    things.promise = commit(by=things.bilal, member=things.seat, kind="time", words="Conduire le jeudi")
    declare_conflict(by=things.bilal, member=things.seat, words="Mon frère vend des cars.")
    add_gathering(**by, alliance=made, gathering=things.to_come)
    things.alliance = publish_alliance(**by, alliance=made)
