"""Keeping the organisations of a territory and the persons who speak for them."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from essor.common.slugs import free_slug
from essor.common.text import tidy
from essor.ground.people.enums import LegalForm, StakeholderFamily
from essor.ground.people.models import Organisation, OrganisationMember, Person
from essor.ground.territories.models import Territory

CHANGEABLE: Final = frozenset(
    {"name", "family", "legal_form", "siren", "commune_code", "website", "description"}
)


class OrganisationRefused(ValueError):
    """The organisation cannot be written so; the message says what to mend."""


@transaction.atomic
def add_organisation(
    *, territory: Territory, name: str, family: str, legal_form: str = LegalForm.OTHER, **more: Any
) -> Organisation:
    """Add an organisation of the territory. ``more``: see ``CHANGEABLE``."""
    organisation = Organisation(territory=territory)
    _fill(organisation, {"name": name, "family": family, "legal_form": legal_form, **more})
    organisation.slug = free_slug(organisation.name, Organisation.objects.in_territory(territory))
    organisation.save()
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, **changes: Any) -> list[str]:
    """Change the named fields; returns the names of those that really changed."""
    before = {field: getattr(organisation, field) for field in changes}
    _fill(organisation, changes)
    changed = sorted(field for field in changes if getattr(organisation, field) != before[field])
    if changed:
        organisation.save(update_fields=changed)
    return changed


def _fill(organisation: Organisation, fields: dict[str, Any]) -> None:
    unknown = set(fields) - CHANGEABLE
    if unknown:
        raise TypeError(f"an organisation has no field {', '.join(sorted(unknown))} to change")
    for field, value in fields.items():
        setattr(organisation, field, value)
    organisation.name = tidy(organisation.name)
    others = Organisation.objects.in_territory(organisation.territory).exclude(pk=organisation.pk)
    if not organisation.name:
        raise OrganisationRefused(_("Donnez un nom à l’organisation."))
    if organisation.family == StakeholderFamily.CITIZEN:
        raise OrganisationRefused(
            _("Une organisation n’est pas un·e habitant·e : choisissez une autre famille d’acteurs.")
        )
    if others.filter(name__iexact=organisation.name).exists():
        raise OrganisationRefused(
            _("Une organisation porte déjà ce nom : ouvrez-la dans la liste, ou précisez le nom.")
        )
    if organisation.siren and others.filter(siren=organisation.siren).exists():
        raise OrganisationRefused(_("Une organisation a déjà ce numéro SIREN : ouvrez-la dans la liste."))


@transaction.atomic
def archive_organisation(*, organisation: Organisation, archived: bool = True) -> None:
    """No longer offer an organisation (or offer it again); what bears it keeps it."""
    organisation.is_archived = archived
    organisation.save(update_fields=["is_archived"])


@transaction.atomic
def add_organisation_member(
    *, organisation: Organisation, person: Person, title: str = "", is_contact: bool = False
) -> OrganisationMember:
    """Say that a person speaks for an organisation, or change their title."""
    member, _is_new = OrganisationMember.objects.update_or_create(
        organisation=organisation,
        person=person,
        defaults={"title": tidy(title), "is_contact": is_contact},
    )
    return member


@transaction.atomic
def remove_organisation_member(*, member: OrganisationMember) -> None:
    """The person no longer speaks for the organisation."""
    member.delete()
