"""Cards of organisations, and of people who agreed to have one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.slugs import free_slug
from essor.common.text import search_text, tidy
from essor.ground.directory.enums import ActorKind, ActorState
from essor.ground.directory.lifecycle import ACTOR_MOVES
from essor.ground.directory.models import Actor, ActorCommune, ActorTheme, Resource
from essor.ground.directory.notifications import tell_hidden
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor as Who
from essor.ground.people.models import Organisation, Person
from essor.ground.territories.models import Territory, Theme

CHANGEABLE = ("name", "family", "presentation", "contact", "website", "commune_code", "latitude", "longitude")


@transaction.atomic
def add_organisation_actor(
    *,
    by: Person | None,
    organisation: Organisation,
    themes: Iterable[Theme] = (),
    commune_codes: Iterable[str] = (),
    **more: Any,
) -> Actor:
    """The card of an organisation, listed at once. Asked twice, it is the same. ``more``: ``CHANGEABLE``."""
    known = Actor.objects.filter(organisation=organisation).first()
    if known is not None:
        return known
    words = {
        "name": organisation.name,
        "family": organisation.family,
        "presentation": organisation.description,
        "website": organisation.website,
        "commune_code": organisation.commune_code,
        **more,
    }
    actor = _new(by, organisation.territory, ActorKind.ORGANISATION, words)
    actor.organisation, actor.state = organisation, ActorState.LISTED
    actor.save()
    _write_lists(actor, themes, commune_codes)
    _record(by, actor, "actor.added")
    return actor


@transaction.atomic
def add_person_actor(
    *,
    by: Person,
    person: Person,
    territory: Territory,
    themes: Iterable[Theme] = (),
    commune_codes: Iterable[str] = (),
    **words: Any,
) -> Actor:
    """A person lists themself: asking is agreeing, and the moment is kept. Nobody lists somebody else."""
    if by.pk != person.pk:
        raise ActorRefused(_("Chacun s’inscrit soi-même dans l’annuaire."))
    known = Actor.objects.in_territory(territory).standing().filter(person=person).first()
    if known is not None:
        return list_actor(by=by, actor=known)
    actor = _new(by, territory, ActorKind.PERSON, words)
    actor.person, actor.state, actor.consented_at = person, ActorState.LISTED, clock.now()
    actor.save()
    _write_lists(actor, themes, commune_codes)
    _record(by, actor, "actor.consented")
    return actor


@transaction.atomic
def change_actor(
    *,
    by: Person | None,
    actor: Actor,
    themes: Iterable[Theme] | None = None,
    commune_codes: Iterable[str] | None = None,
    **words: Any,
) -> Actor:
    """Reword a card. Its address stays."""
    actor = locked(actor=actor)
    before = {name: getattr(actor, name) for name in CHANGEABLE}
    _write(actor, words)
    actor.changed_at = clock.now()
    actor.save()
    _write_lists(actor, themes, commune_codes)
    changed = [name for name in CHANGEABLE if getattr(actor, name) != before[name]]
    _record(by, actor, "actor.changed", fields=changed)
    return actor


@transaction.atomic
def list_actor(*, by: Person | None, actor: Actor) -> Actor:
    """Show a card. A person’s card is shown by that person alone, whose agreement is kept anew."""
    actor = locked(actor=actor)
    if actor.state == ActorState.LISTED:
        return actor
    if actor.hidden_from or actor.state == ActorState.HIDDEN:
        raise ActorRefused(
            _("L’équipe a masqué cette fiche : elle seule peut la rétablir. Écrivez-lui pour en parler.")
        )
    if actor.kind == ActorKind.PERSON:
        if by is None or by.pk != actor.person_id:
            raise ActorRefused(_("Seule la personne elle-même s’inscrit dans l’annuaire."))
        actor.consented_at = clock.now()
    return _move(by, actor, ActorState.LISTED, "actor.listed")


@transaction.atomic
def withdraw_actor(*, by: Person | None, actor: Actor) -> Actor:
    """Take a card out of the directory, at once and everywhere. It can come back."""
    actor = locked(actor=actor)
    if actor.state == ActorState.WITHDRAWN:
        return actor
    return _move(by, actor, ActorState.WITHDRAWN, "actor.withdrawn")


@transaction.atomic
def hide_actor(*, by: Person, actor: Actor, why: str) -> Actor:
    """Facilitators hide a card that breaks the charter; those who keep it are told why."""
    actor = locked(actor=actor)
    if not (why := tidy(why)[:240]):
        raise ActorRefused(
            _("Dites pourquoi cette fiche est masquée : celles et ceux qui la tiennent le liront.")
        )
    actor.hidden_from = actor.state
    actor = _move(by, actor, ActorState.HIDDEN, "actor.hidden")
    tell_hidden(actor, why)
    return actor


@transaction.atomic
def restore_actor(*, by: Person, actor: Actor) -> Actor:
    """A card that was hidden stands where it stood before; one withdrawn meanwhile may only come back."""
    actor = locked(actor=actor)
    if actor.state != ActorState.HIDDEN and not actor.hidden_from:
        raise ActorRefused(_("Cette fiche n’est pas masquée."))
    before, actor.hidden_from = ActorState(actor.hidden_from or ActorState.LISTED), ""
    if actor.state == ActorState.HIDDEN:
        return _move(by, actor, before, "actor.listed")
    actor.save(update_fields=["hidden_from"])
    return actor


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """A person’s card loses everything that tells who they were."""
    rows = Actor.objects.filter(person=person)
    number = 0
    for actor in rows:
        Resource.objects.filter(actor=actor).delete()
        ActorTheme.objects.filter(actor=actor).delete()
        ActorCommune.objects.filter(actor=actor).delete()
        if actor.state != ActorState.MERGED:
            actor.state = ActorState.WITHDRAWN
        actor.name, actor.presentation, actor.contact, actor.website = "—", "", "", ""
        actor.slug, actor.search = f"efface-{actor.pk}", ""
        actor.commune_code, actor.latitude, actor.longitude, actor.consented_at = "", None, None, None
        actor.person = None
        actor.save()
        number += 1
    return number


def locked(*, actor: Actor) -> Actor:
    """The card as it stands now, kept for this transaction."""
    rows = Actor.objects.select_for_update(of=("self",)).select_related("territory", "organisation")
    return rows.get(pk=actor.pk)


def _new(by: Person | None, territory: Territory, kind: str, words: dict[str, Any]) -> Actor:
    now = clock.now()
    actor = Actor(territory=territory, kind=kind, created_by=by, created_at=now, changed_at=now)
    _write(actor, words)
    actor.slug = free_slug(actor.name, Actor.objects.in_territory(territory))
    return actor


def _write(actor: Actor, words: dict[str, Any]) -> None:
    unknown = set(words) - {*CHANGEABLE, "batch", "source_key"}
    if unknown:
        raise TypeError(f"a card has no field {', '.join(sorted(unknown))} to change")
    for name, value in words.items():
        setattr(actor, name, value)
    actor.name = " ".join(actor.name.split())[:160]
    actor.presentation = tidy(actor.presentation)[:4000]
    if len(actor.name) < 2:
        raise ActorRefused(_("Donnez un nom : c’est ce que tout le monde lira."))
    here = actor.territory.communes
    if actor.commune_code and not here.filter(code=actor.commune_code).exists():
        raise ActorRefused(_("Cette commune n’est pas du territoire : choisissez-en une d’ici."))
    actor.search = search_text(actor.name, actor.presentation)


def _write_lists(actor: Actor, themes: Iterable[Theme] | None, commune_codes: Iterable[str] | None) -> None:
    if themes is not None:
        wanted = {each.pk: each for each in themes}
        if any(each.territory_id != actor.territory_id for each in wanted.values()):
            raise ActorRefused(_("Ce thème appartient à un autre territoire : choisissez un thème d’ici."))
        ActorTheme.objects.filter(actor=actor).exclude(theme__in=wanted).delete()
        known = set(ActorTheme.objects.filter(actor=actor).values_list("theme", flat=True))
        new = [ActorTheme(actor=actor, theme=each) for pk, each in wanted.items() if pk not in known]
        ActorTheme.objects.bulk_create(new)
    if commune_codes is not None:
        here = set(actor.territory.communes.values_list("code", flat=True))
        codes = set(commune_codes) & here
        ActorCommune.objects.filter(actor=actor).exclude(code__in=codes).delete()
        present = set(ActorCommune.objects.filter(actor=actor).values_list("code", flat=True))
        ActorCommune.objects.bulk_create(ActorCommune(actor=actor, code=code) for code in codes - present)


def _move(by: Person | None, actor: Actor, state: ActorState, verb: str) -> Actor:
    if state not in ACTOR_MOVES[actor.state]:
        raise ActorRefused(
            _("Une fiche « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": actor.get_state_display(), "after": state.label}
        )
    actor.state, actor.changed_at = state, clock.now()
    actor.save()
    _record(by, actor, verb)
    return actor


def _record(by: Person | None, actor: Actor, verb: str, **data: Any) -> None:
    ledger.record(
        by=by, verb=verb, thing=actor, territory=actor.territory, actor=Who.MACHINE, data=data or None
    )
