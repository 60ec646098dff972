"""Who is told what about alliances: those at the table, once for each thing."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import CommitmentState
from essor.chain.alliances.models import Alliance, AllianceMember, Commitment
from essor.common.text import excerpt
from essor.ground.directory.selectors.spoken_for import people_speaking_for
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.models import Person

SHOWN = 80


def tell_invited(member: AllianceMember, by: Person) -> None:
    """Those who speak for an actor learn that it is invited."""
    said = {"alliance": excerpt(member.alliance.title, SHOWN), "actor": excerpt(member.actor.name, SHOWN)}
    _later(
        member.alliance,
        [member.actor_id],
        by,
        lambda: _("« %(actor)s » est invité dans l’alliance « %(alliance)s » : dites oui ou non.") % said,
        f"alliance:{member.alliance_id}:invited:{member.actor_id}",
    )


def tell_answered(member: AllianceMember, by: Person) -> None:
    """Who prepared the alliance learns the answer."""
    said = {
        "alliance": excerpt(member.alliance.title, SHOWN),
        "actor": excerpt(member.actor.name, SHOWN),
        "state": member.get_state_display(),
    }
    creator = member.alliance.created_by
    persons = [creator] if creator is not None and creator != by else []
    transaction.on_commit(
        partial(
            _tell,
            member.alliance,
            persons,
            lambda: _("« %(actor)s » %(state)s : alliance « %(alliance)s ».") % said,
            f"alliance:{member.alliance_id}:answers",
        )
    )


def tell_moved(alliance: Alliance, by: Person) -> None:
    """Members learn that it changed state."""
    said = {"alliance": excerpt(alliance.title, SHOWN), "state": alliance.get_state_display()}
    keys = list(alliance.members.at_the_table().values_list("actor_id", flat=True))
    _later(
        alliance,
        keys,
        by,
        lambda: _("L’alliance « %(alliance)s » est %(state)s.") % said,
        f"alliance:{alliance.pk}",
    )


def tell_kept(commitment: Commitment, by: Person) -> None:
    """The others at the table learn that a promise was kept."""
    if commitment.state != CommitmentState.KEPT:
        return
    alliance = commitment.member.alliance
    said = {"alliance": excerpt(alliance.title, SHOWN), "what": excerpt(commitment.words, SHOWN)}
    keys = list(alliance.members.consented().values_list("actor_id", flat=True))
    _later(
        alliance,
        keys,
        by,
        lambda: _("Tenu dans l’alliance « %(alliance)s » : %(what)s.") % said,
        f"alliance:{alliance.pk}:kept",
    )


def voices_of_actors(keys: list[int]) -> list[Person]:
    """The people who speak for these actors: the person itself, or the members of the organisation."""
    return list(people_speaking_for(keys).filter(is_active=True))


def _later(alliance: Alliance, keys: list[int], by: Person, words: Callable[[], str], group: str) -> None:
    persons = [each for each in voices_of_actors(keys) if each.pk != by.pk]
    transaction.on_commit(partial(_tell, alliance, persons, words, group))


def _tell(alliance: Alliance, persons: list[Person], words: Callable[[], str], group: str) -> None:
    tell(
        persons=persons,
        territory=alliance.territory,
        kind=NoticeKind.ALLIANCES,
        text=words,
        url=alliance.get_absolute_url(),
        group_key=group,
    )
