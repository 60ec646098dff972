"""Who may vote on a resolution: the roll, made when the vote opens, from members, presence and proxies."""

from collections.abc import Iterator
from dataclasses import dataclass

from essor.chain.governance.models import Assembly, BodyMember, Resolution
from essor.common import clock
from essor.ground.people.models import OrganisationMember


@dataclass(frozen=True)
class Line:
    """A member who may vote, who casts for it (None: nobody can online), and by whose proxy."""

    member: BodyMember
    voter: int | None
    by_proxy_of: BodyMember | None


def roll_of(resolution: Resolution) -> list[Line]:
    """Every member of today; at an assembly, those present and those whose proxy one present holds."""
    rows = resolution.body.members.on(clock.today()).select_related("actor", "college")
    members = {each.pk: each for each in rows}
    voters = voters_of(list(members.values()))
    if resolution.assembly is None:
        return [Line(each, voters.get(each.pk), None) for each in members.values()]
    return list(_at(resolution.assembly, members, voters))


def voters_of(members: list[BodyMember]) -> dict[int, int]:
    """Who casts for each member: its representative, itself, or the only one who speaks for it."""
    organisations = [each.actor.organisation_id for each in members if each.actor.organisation_id]
    speaking: dict[int, list[int]] = {}
    pairs = OrganisationMember.objects.filter(organisation__in=organisations)
    for organisation, person in pairs.values_list("organisation_id", "person_id"):
        speaking.setdefault(organisation, []).append(person)
    found = {}
    for each in members:
        alone = speaking.get(each.actor.organisation_id or 0, [])
        voter = each.representative_id or each.actor.person_id or (alone[0] if len(alone) == 1 else None)
        if voter is not None:
            found[each.pk] = voter
    return found


def _at(assembly: Assembly, members: dict[int, BodyMember], voters: dict[int, int]) -> Iterator[Line]:
    present = set(assembly.presences.filter(left_at=None).values_list("member_id", flat=True))
    held = assembly.proxies.filter(revoked_at=None).values_list("giver_id", "holder_id")
    proxies = {giver: holder for giver, holder in held if holder in present and giver not in present}
    for key, member in members.items():
        if key in present:
            yield Line(member, voters.get(key), None)
        elif key in proxies and (holder := members.get(proxies[key])) is not None:
            yield Line(member, voters.get(holder.pk), holder)
