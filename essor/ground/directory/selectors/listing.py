"""The directory as it is read: lists, likely duplicates, what waits."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from essor.common import clock
from essor.common.full_text import matching
from essor.common.text import plain
from essor.ground.directory.enums import ActorKind, ClaimState
from essor.ground.directory.models import Actor, ActorCommune, ActorTheme, Claim, Resource
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

ORDERS = {"name": ("name", "id"), "recent": ("-changed_at", "-id")}


@dataclass(frozen=True)
class Asked:
    """What a reader looks for; empty: everything."""

    words: str = ""
    family: str = ""
    theme: str = ""
    commune: str = ""
    offers: str = ""
    seeks: str = ""
    state: str = ""
    sort: str = "name"


def holding(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    """What is still offered or sought today."""
    return rows.filter(closed_at=None).filter(Q(until_on=None) | Q(until_on__gte=clock.today()))


def asked_actors(territory: Territory, asked: Asked) -> QuerySet[Actor]:
    """Listed actors, as asked for."""
    return _asked(Actor.objects.in_territory(territory).listed(), asked)


def every_actor(territory: Territory, asked: Asked) -> QuerySet[Actor]:
    """Cards of every state but merged ones, for facilitators."""
    rows = Actor.objects.in_territory(territory).standing()
    return _asked(rows.filter(state=asked.state) if asked.state else rows, asked)


def with_lists(rows: QuerySet[Actor]) -> QuerySet[Actor]:
    """With themes and what holds of offers and seeks: two queries a page."""
    themes = ActorTheme.objects.select_related("theme").order_by("theme__position")
    return rows.prefetch_related(
        Prefetch("actor_themes", themes), Prefetch("resources", holding(Resource.objects.all()))
    )


def _asked(rows: QuerySet[Actor], asked: Asked) -> QuerySet[Actor]:
    if asked.family:
        rows = rows.filter(family=asked.family)
    if asked.theme:
        rows = rows.filter(Exists(ActorTheme.objects.filter(actor=OuterRef("pk"), theme__slug=asked.theme)))
    if asked.commune:
        acts = ActorCommune.objects.filter(actor=OuterRef("pk"), code=asked.commune)
        rows = rows.filter(Q(commune_code=asked.commune) | Exists(acts))
    for direction, kind in (("offers", asked.offers), ("seeks", asked.seeks)):
        if kind:
            things = holding(Resource.objects.filter(actor=OuterRef("pk"), direction=direction, kind=kind))
            rows = rows.filter(Exists(things))
    if asked.words:
        rows = matching(rows, asked.words)
    return rows.order_by(*ORDERS.get(asked.sort, ORDERS["name"]))


def open_claims(territory: Territory) -> QuerySet[Claim]:
    """Claims that wait for an answer, the oldest first."""
    rows = Claim.objects.filter(actor__territory=territory, state=ClaimState.OPEN)
    return rows.select_related("actor__territory", "person")


@dataclass(frozen=True)
class Likely:
    """Two cards that may be one, and why it is thought."""

    kept: Actor
    gone: Actor
    reason: str  # "name", "website" or "siren"


def likely_duplicates(territory: Territory, most: int = 50) -> list[Likely]:
    """Pairs with the same name once bare, the same site or the same SIREN, each told once: one query."""
    rows = (
        Actor.objects.in_territory(territory)
        .standing()
        .filter(kind=ActorKind.ORGANISATION)
        .select_related("organisation")
        .order_by("pk")
    )
    found: dict[tuple[int, int], Likely] = {}
    for reason, key_of in (("siren", _siren), ("name", _bare), ("website", _host)):
        alike: dict[str, list[Actor]] = defaultdict(list)
        for each in rows:
            if key := key_of(each):
                alike[key].append(each)
        for group in alike.values():
            for other in group[1:]:
                found.setdefault((group[0].pk, other.pk), Likely(group[0], other, reason))
    return list(found.values())[:most]


def _bare(actor: Actor) -> str:
    words = [word for word in plain(actor.name).replace("’", " ").replace("-", " ").split() if len(word) > 2]
    return " ".join(
        sorted(word for word in words if word not in {"les", "des", "association", "sarl", "sas"})
    )


def _siren(actor: Actor) -> str:
    return actor.organisation.siren if actor.organisation else ""


def _host(actor: Actor) -> str:
    """The host, with the path when there is one: two pages of one big site are two actors."""
    found = urlsplit(actor.website)
    return f"{(found.hostname or '').removeprefix('www.')}{found.path.rstrip('/').lower()}"


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """A person’s card and what they asked, for their own export."""
    return {
        "directory": list(
            Actor.objects.filter(person=person).values(
                "territory__name",
                "name",
                "state",
                "family",
                "presentation",
                "contact",
                "website",
                "consented_at",
            )
        ),
        "offers_and_seeks": list(
            Resource.objects.filter(actor__person=person).values(
                "direction", "kind", "words", "quantity", "until_on", "created_at", "closed_at"
            )
        ),
        "claims": list(Claim.objects.filter(person=person).values("actor__name", "words", "state", "at")),
    }
