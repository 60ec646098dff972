"""Facilitators keep the organisations of the territory."""

from typing import Any

from django.db import transaction

from essor.ground.directory.enums import ActorState
from essor.ground.directory.models import Actor
from essor.ground.directory.services.actors import add_organisation_actor, list_actor, withdraw_actor
from essor.ground.ledger.services import record
from essor.ground.people.models import Organisation, OrganisationMember, Person
from essor.ground.people.services import organisations
from essor.ground.territories.models import Territory


@transaction.atomic
def add_organisation(
    *, by: Person, territory: Territory, name: str, family: str, **more: Any
) -> Organisation:
    """Add an organisation. ``more``: legal_form, siren, commune_code, website, description."""
    organisation = organisations.add_organisation(territory=territory, name=name, family=family, **more)
    record(by=by, verb="organisation.added", thing=organisation, territory=territory)
    add_organisation_actor(by=by, organisation=organisation)
    return organisation


@transaction.atomic
def change_organisation(*, by: Person, organisation: Organisation, **changes: Any) -> list[str]:
    """Change what is said of an organisation; returns the names of the fields that changed."""
    changed = organisations.change_organisation(organisation=organisation, **changes)
    if changed:
        _changed(by, organisation, {"fields": changed})
    return changed


@transaction.atomic
def archive_organisation(*, by: Person, organisation: Organisation) -> None:
    """No longer offer an organisation; what bears it keeps it."""
    organisations.archive_organisation(organisation=organisation)
    for card in Actor.objects.standing().filter(organisation=organisation):
        withdraw_actor(by=by, actor=card)
    record(by=by, verb="organisation.archived", thing=organisation, territory=organisation.territory)


@transaction.atomic
def restore_organisation(*, by: Person, organisation: Organisation) -> None:
    """Offer an archived organisation again."""
    organisations.archive_organisation(organisation=organisation, archived=False)
    for card in Actor.objects.filter(organisation=organisation, state=ActorState.WITHDRAWN, hidden_from=""):
        list_actor(by=by, actor=card)
    record(by=by, verb="organisation.restored", thing=organisation, territory=organisation.territory)


@transaction.atomic
def add_organisation_member(
    *, by: Person, organisation: Organisation, person: Person, title: str = "", is_contact: bool = False
) -> OrganisationMember:
    """Say that a person speaks for an organisation."""
    member = organisations.add_organisation_member(
        organisation=organisation, person=person, title=title, is_contact=is_contact
    )
    _changed(by, organisation, {"fields": ["members"]})
    return member


@transaction.atomic
def remove_organisation_member(*, by: Person, member: OrganisationMember) -> None:
    """The person no longer speaks for the organisation."""
    organisation = member.organisation
    organisations.remove_organisation_member(member=member)
    _changed(by, organisation, {"fields": ["members"]})


def _changed(by: Person, organisation: Organisation, data: dict[str, Any]) -> None:
    record(
        by=by,
        verb="organisation.changed",
        thing=organisation,
        territory=organisation.territory,
        data=data,
    )
