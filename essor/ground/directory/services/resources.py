"""What actors offer and seek."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.ground.directory.enums import Direction, ResourceKind
from essor.ground.directory.models import Actor, Resource
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

MOST = 30


@transaction.atomic
def add_resource(
    *,
    by: Person | None,
    actor: Actor,
    direction: str,
    kind: str,
    words: str,
    quantity: str = "",
    until_on: date | None = None,
    commune_code: str = "",
) -> Resource:
    """Say what the actor offers or seeks."""
    words = " ".join(words.split())[:200]
    if not words:
        raise ActorRefused(_("Dites en quelques mots ce que vous proposez ou cherchez."))
    if until_on is not None and until_on < clock.today():
        raise ActorRefused(_("Cette date est passée : choisissez un jour à venir, ou laissez vide."))
    if commune_code and not actor.territory.communes.filter(code=commune_code).exists():
        raise ActorRefused(_("Cette commune n’est pas du territoire : choisissez-en une d’ici."))
    if actor.resources.current().count() >= MOST:
        raise ActorRefused(_("Une fiche dit %(n)d choses au plus : retirez-en une.") % {"n": MOST})
    resource = Resource.objects.create(
        actor=actor,
        direction=Direction(direction),
        kind=ResourceKind(kind),
        words=words,
        quantity=" ".join(quantity.split())[:60],
        until_on=until_on,
        commune_code=commune_code,
        created_at=clock.now(),
    )
    _record(by, resource, "resource.added")
    return resource


@transaction.atomic
def close_resource(*, by: Person | None, resource: Resource, back: bool = False) -> Resource:
    """No longer offer or seek it; or, ``back``, again."""
    resource.closed_at = None if back else clock.now()
    resource.save(update_fields=["closed_at"])
    _record(by, resource, "resource.added" if back else "resource.closed")
    return resource


def _record(by: Person | None, resource: Resource, verb: str) -> None:
    ledger.record(
        by=by,
        verb=verb,
        thing=resource.actor,
        territory=resource.actor.territory,
        data={"resource": resource.pk, "kind": resource.kind, "direction": resource.direction},
    )
