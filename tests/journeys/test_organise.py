"""Opening a territory, setting it up, its people and organisations: every act leaves a fact."""

import pytest
from django.core import mail

from essor.ground.ledger.models import Fact
from essor.ground.people import policies
from essor.ground.people.enums import Role, StakeholderFamily
from essor.ground.people.models import Membership
from essor.ground.people.services.memberships import LastAdministrator
from essor.ground.territories.perimeter import CommuneInPerimeter
from essor.ground.territories.selectors import theme_tree
from essor.journeys import invite_member, join_territory, keep_organisations, set_up_territory, tend_themes
from essor.journeys.change_member_role import change_member_role
from essor.journeys.open_territory import open_territory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def verbs(territory):
    return list(Fact.objects.in_territory(territory).order_by("id").values_list("verb", flat=True))


def test_whoever_opens_a_territory_administers_it():
    person = PersonFactory()
    communes = [CommuneInPerimeter("99701", "Brécourt", 14_000)]
    territory = open_territory(by=person, name="Val-de-Lume", communes=communes, promise="Ensemble")
    assert policies.can_administer(person, territory)
    fact = Fact.objects.in_territory(territory).get()
    assert (fact.verb, fact.by, fact.data) == ("territory.opened", person, {"communes": 1, "themes": 12})
    assert territory.promise == "Ensemble"


def test_setting_up_a_territory_is_written_down(elise, territory):
    set_up_territory.change_territory(by=elise, territory=territory, promise="Ensemble")
    set_up_territory.change_territory(by=elise, territory=territory, promise="Ensemble")
    set_up_territory.set_perimeter(
        by=elise, territory=territory, communes=[CommuneInPerimeter("99701", "Brécourt")]
    )
    assert verbs(territory) == ["territory.changed", "territory.perimeter_changed"]


def test_tending_themes_is_written_down(elise, territory):
    first = tend_themes.add_theme(by=elise, territory=territory, name="Santé")
    second = tend_themes.add_theme(by=elise, territory=territory, name="Vélo")
    assert tend_themes.move_theme(by=elise, theme=second, up=True)
    assert not tend_themes.move_theme(by=elise, theme=second, up=True)
    tend_themes.retire_theme(by=elise, theme=first)
    tend_themes.restore_theme(by=elise, theme=first)
    assert [branch.theme.name for branch in theme_tree(territory)] == ["Vélo", "Santé"]
    assert verbs(territory) == [
        "theme.added",
        "theme.added",
        "theme.changed",
        "theme.retired",
        "theme.restored",
    ]


def test_an_invitation_leaves_by_mail_and_brings_a_moderator(
    elise, territory, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invite_member.invite_member(
            by=elise, territory=territory, email="nadia@example.org", role=Role.MODERATOR
        )
    letter = mail.outbox[0]
    assert letter.to == ["nadia@example.org"]
    assert "Élise" in letter.subject
    secret = letter.body.split("/compte/invitation/")[1].split("/")[0]
    nadia = PersonFactory(email="nadia@example.org")
    invite_member.accept_invitation(person=nadia, secret=secret)
    assert policies.can_moderate(nadia, territory)
    assert verbs(territory) == ["member.invited", "member.joined"]


def test_a_role_changed_twice_to_the_same_is_one_fact(elise, bilal, territory):
    membership = Membership.objects.get(person=bilal)
    for _ in range(2):
        change_member_role(by=elise, membership=membership, role=Role.FACILITATOR)
    fact = Fact.objects.in_territory(territory).get()
    assert fact.data == {"from": "member", "to": "facilitator"}


def test_a_removal_can_be_undone(elise, alice, territory):
    membership = Membership.objects.get(person=alice)
    join_territory.leave_territory(by=elise, membership=membership)
    membership.refresh_from_db()
    join_territory.come_back(by=elise, membership=membership)
    membership.refresh_from_db()
    assert (membership.role, membership.left_at) == (Role.FACILITATOR, None)
    assert Fact.objects.filter(verb="member.left").get().data == {"removed": True}


def test_nothing_is_written_down_when_the_last_administrator_may_not_leave(elise, territory):
    with pytest.raises(LastAdministrator):
        join_territory.leave_territory(by=elise, membership=Membership.objects.get(person=elise))
    assert verbs(territory) == []


def test_keeping_organisations_is_written_down(alice, bilal, territory):
    organisation = keep_organisations.add_organisation(
        by=alice, territory=territory, name="Les Semeurs", family=StakeholderFamily.ASSOCIATION
    )
    keep_organisations.change_organisation(by=alice, organisation=organisation, name="Les Semeurs")
    member = keep_organisations.add_organisation_member(by=alice, organisation=organisation, person=bilal)
    keep_organisations.remove_organisation_member(by=alice, member=member)
    keep_organisations.archive_organisation(by=alice, organisation=organisation)
    keep_organisations.restore_organisation(by=alice, organisation=organisation)
    assert verbs(territory) == [
        "organisation.added",
        "actor.added",
        "organisation.changed",
        "organisation.changed",
        "actor.withdrawn",
        "organisation.archived",
        "actor.listed",
        "organisation.restored",
    ]
