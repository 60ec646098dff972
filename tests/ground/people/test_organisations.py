"""Organisations are never persons."""

import pytest
from django.db import IntegrityError, transaction

from essor.ground.people.enums import LegalForm, StakeholderFamily
from essor.ground.people.models import Organisation
from essor.ground.people.selectors import organisations_of
from essor.ground.people.services import organisations
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


def add(territory, name="Les Semeurs", family=StakeholderFamily.ASSOCIATION, **more):
    return organisations.add_organisation(territory=territory, name=name, family=family, **more)


def test_an_organisation_has_a_family_a_legal_form_and_an_address(territory):
    organisation = add(territory, legal_form=LegalForm.ASSOCIATION_1901)
    assert (organisation.slug, organisation.legal_form) == ("les-semeurs", LegalForm.ASSOCIATION_1901)


def test_an_organisation_is_not_a_citizen(territory):
    with pytest.raises(organisations.OrganisationRefused, match="famille"):
        add(territory, family=StakeholderFamily.CITIZEN)


def test_the_database_refuses_an_organisation_that_is_a_citizen(territory):
    with pytest.raises(IntegrityError, match="organisation_is_not_a_citizen"), transaction.atomic():
        OrganisationFactory(territory=territory, family=StakeholderFamily.CITIZEN)


def test_a_name_and_a_siren_are_borne_once_in_a_territory(territory, other_territory):
    add(territory, siren="123456789")
    with pytest.raises(organisations.OrganisationRefused, match="déjà ce nom"):
        add(territory, name="les semeurs")
    with pytest.raises(organisations.OrganisationRefused, match="SIREN"):
        add(territory, name="Autre", siren="123456789")
    assert add(other_territory, siren="123456789").slug == "les-semeurs"


def test_archived_organisations_are_listed_apart(territory):
    organisation = add(territory)
    organisations.archive_organisation(organisation=organisation)
    assert list(organisations_of(territory)) == []
    assert list(organisations_of(territory, archived=True)) == [organisation]


def test_organisations_are_found_by_name_siren_and_family(territory, chloe):
    mill = add(territory, name="Le Moulin", family=StakeholderFamily.COMPANY, siren="987654321")
    assert list(organisations_of(territory, asked="moul")) == [mill]
    assert list(organisations_of(territory, asked="987 654 321")) == [mill]
    assert list(organisations_of(territory, family=StakeholderFamily.COMPANY)) == [mill]
    assert organisations_of(territory, asked="semeurs").get().members_count == 1


def test_changing_tells_what_changed_and_a_person_speaks_once_for_it(territory, bilal):
    organisation = add(territory)
    assert organisations.change_organisation(
        organisation=organisation, name="Les Semeurs", website="https://exemple.fr"
    ) == ["website"]
    for title in ("trésorier", "président"):
        organisations.add_organisation_member(organisation=organisation, person=bilal, title=title)
    assert organisation.members.get().title == "président"
    organisations.remove_organisation_member(member=organisation.members.get())
    assert Organisation.objects.get(pk=organisation.pk).members.count() == 0
