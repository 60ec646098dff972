"""The name of a pair: the same in every calculation, so that an answer given once is remembered."""

from dataclasses import dataclass

from essor.chain.matches.models import Match

NEED, PROJECT, ACTOR, RESOURCE = "needs.need", "projects.project", "directory.actor", "directory.resource"
Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Who seeks, and who is proposed.

    >>> Pair((NEED, 12), (ACTOR, 7)).name
    'needs.need:12>directory.actor:7'
    >>> Pair.read("needs.need:12>directory.actor:7") == Pair((NEED, 12), (ACTOR, 7))
    True
    >>> Pair.read("nothing") is None
    True
    """

    seeker: Node
    candidate: Node

    @property
    def name(self) -> str:
        return f"{self.seeker[0]}:{self.seeker[1]}>{self.candidate[0]}:{self.candidate[1]}"

    @classmethod
    def read(cls, name: str) -> "Pair | None":
        """What a name says, or None when it names no pair."""
        seeker, arrow, candidate = name.partition(">")
        nodes = [_node(seeker), _node(candidate)]
        if not arrow or nodes[0] is None or nodes[1] is None:
            return None
        return cls(nodes[0], nodes[1])

    @classmethod
    def of(cls, match: Match) -> "Pair":
        """The pair of a proposal."""
        seeker = (NEED, match.need_id) if match.need_id else (PROJECT, match.project_id or 0)
        if match.actor_id:
            return cls(seeker, (ACTOR, match.actor_id))
        candidate = (RESOURCE, match.resource_id) if match.resource_id else (PROJECT, match.other_id or 0)
        return cls(seeker, (candidate[0], candidate[1] or 0))


def _node(text: str) -> Node | None:
    label, colon, key = text.partition(":")
    if not colon or label not in (NEED, PROJECT, ACTOR, RESOURCE) or not key.isdecimal():
        return None
    return label, int(key)
