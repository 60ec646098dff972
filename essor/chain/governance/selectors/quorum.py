"""Who is there, who is represented, and whether that is enough to decide."""

from dataclasses import dataclass
from fractions import Fraction

from essor.chain.governance.models import Assembly
from essor.common import clock


@dataclass(frozen=True)
class Share:
    """How many of a college (or of all, name empty) are present, represented, needed."""

    name: str
    members: int
    present: int
    represented: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """Whether present and represented are as many as needed."""
        return self.present + self.represented >= self.needed


@dataclass(frozen=True)
class Quorum:
    """The quorum of an assembly at this moment: of all, and of each college when statutes ask for it."""

    share: Fraction
    whole: Share
    colleges: list[Share]

    @property
    def is_reached(self) -> bool:
        """Whether the assembly may decide."""
        return self.whole.is_reached and all(each.is_reached for each in self.colleges)


def quorum_of(assembly: Assembly) -> Quorum:
    """Count now, from the members of today. Two queries more than the number of colleges does not add any."""
    members = dict(assembly.body.members.on(clock.today()).values_list("pk", "college__name"))
    present = set(assembly.presences.filter(left_at=None).values_list("member_id", flat=True)) & set(members)
    held = assembly.proxies.filter(revoked_at=None).values_list("giver_id", "holder_id")
    represented = {
        giver for giver, holder in held if giver in members and holder in present and giver not in present
    }
    share = Fraction(assembly.quorum_numerator, assembly.quorum_denominator)
    names = sorted({name for name in members.values() if name}) if assembly.quorum_by_college else []
    return Quorum(
        share=share,
        whole=_share("", set(members), present, represented, share),
        colleges=[
            _share(name, {key for key, held in members.items() if held == name}, present, represented, share)
            for name in names
        ],
    )


def _share(name: str, members: set[int], present: set[int], represented: set[int], share: Fraction) -> Share:
    needed = -(-len(members) * share.numerator // share.denominator)  # the ceiling
    return Share(name, len(members), len(members & present), len(members & represented), needed)
