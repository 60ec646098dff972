"""Writing to the ledger: the only two verbs are to record and to link."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from essor.common import clock
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.models import Fact, Link, LinkEnd
from essor.ground.ledger.verbs import VERBS
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class UnknownVerb(ValueError):
    """The verb is not in essor.ground.ledger.verbs.VERBS."""


def _actor(by: object, actor: Actor | None) -> tuple[Actor, Person | None]:
    if isinstance(by, Person):
        return Actor.PERSON, by
    return actor or Actor.GUEST, None


def record(
    *,
    by: Person | None,
    verb: str,
    thing: models.Model,
    territory: Territory | None,
    actor: Actor | None = None,
    data: dict[str, Any] | None = None,
) -> Fact:
    """Record that ``by`` did ``verb`` to ``thing``. Without a person, ``actor`` says guest or machine.

    ``data`` is for figures and codes; never put anybody's words in it.
    """
    if verb not in VERBS:
        raise UnknownVerb(verb)
    kind, person = _actor(by, actor)
    return Fact.objects.create(
        at=clock.now(),
        territory=territory,
        actor=kind,
        by=person,
        verb=verb,
        thing_type=thing._meta.label_lower,
        thing_id=thing.pk,
        data=data or {},
    )


@transaction.atomic
def link_many(
    *,
    by: Person | None,
    territory: Territory,
    pairs: Iterable[tuple[models.Model, models.Model, str]],
    actor: Actor | None = None,
) -> int:
    """Link each (source, result, kind); pairs already linked are left alone. Returns how many were new."""
    kind_of_actor, person = _actor(by, actor)
    now = clock.now()
    wanted = [
        Link(
            at=now,
            territory=territory,
            actor=kind_of_actor,
            by=person,
            kind=kind,
            source_type=source._meta.label_lower,
            source_id=source.pk,
            result_type=result._meta.label_lower,
            result_id=result.pk,
        )
        for source, result, kind in pairs
    ]
    results = {(link.result_type, link.result_id) for link in wanted}
    standing: set[tuple[str, int, str, int, str]] = set()
    for result_type, result_id in results:
        standing.update(
            Link.objects.standing()
            .filter(result_type=result_type, result_id=result_id)
            .values_list("source_type", "source_id", "result_type", "result_id", "kind")
        )
    new = [
        link
        for link in wanted
        if (link.source_type, link.source_id, link.result_type, link.result_id, link.kind) not in standing
    ]
    Link.objects.bulk_create(new, batch_size=500)
    return len(new)


def link(
    *,
    by: Person | None,
    territory: Territory,
    source: models.Model,
    result: models.Model,
    kind: str,
    actor: Actor | None = None,
) -> None:
    """Say that ``result`` came, in part, from ``source``."""
    link_many(by=by, territory=territory, pairs=[(source, result, kind)], actor=actor)


@transaction.atomic
def end_links(*, by: Person | None, links: Iterable[Link], why: str) -> int:
    """Say that these links no longer hold; they stay readable with the reason. Returns how many."""
    now = clock.now()
    ends = [LinkEnd(link=each, at=now, by=by, why=why[:200]) for each in links]
    LinkEnd.objects.bulk_create(ends, batch_size=500)
    return len(ends)
