"""Alliances: consent given by those concerned, signatures with a charter, promises that are said kept or not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from essor.chain.alliances.enums import AllianceState, CommitmentState, ConsentManner, MemberState
from essor.chain.alliances.models import Commitment
from essor.chain.alliances.services.alliances import (
    change_alliance,
    draft_alliance,
    move_alliance,
    set_charter,
)
from essor.chain.alliances.services.commitments import commit, declare_conflict, say_commitment
from essor.chain.alliances.services.members import consent, decline, invite_member, leave
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.common import clock
from essor.ground.ledger.models import Link
from essor.ground.notices.models import Notice
from essor.journeys.form_alliances import carry_project, publish_alliance, put_down, unpublish_alliance
from tests.factories.chain import (
    OrganisationActorFactory,
    PersonActorFactory,
    PublicNeedFactory,
    PublicProjectFactory,
)


@pytest.fixture
def alliance(territory, alice):
    return draft_alliance(by=alice, territory=territory, title="Le pain", purpose="Du champ au fournil.")


@pytest.fixture
def hers(territory, association):
    """The card of the association that Chloé speaks for."""
    return OrganisationActorFactory(territory=territory, organisation=association)


@pytest.fixture
def his(territory, bilal):
    return PersonActorFactory(territory=territory, person=bilal)


def charter(alliance, alice):
    file = SimpleUploadedFile("charte.txt", b"Nous disons ce que chacun apporte.", content_type="text/plain")
    return set_charter(by=alice, alliance=alliance, file=file)


def test_only_those_who_speak_for_an_actor_say_yes_online(alliance, alice, bilal, chloe, hers):
    member = invite_member(by=alice, alliance=alliance, actor=hers)
    for somebody in (bilal, alice):
        with pytest.raises(AllianceRefused, match="parlent au nom"):
            consent(by=somebody, member=member)
    member = consent(by=chloe, member=member)
    assert (member.state, member.consent_recorded_by) == (MemberState.CONSENTED, chloe)
    assert member.consented_at


def test_a_yes_said_aloud_is_noted_by_a_facilitator_alone(alliance, alice, bilal, hers):
    member = invite_member(by=alice, alliance=alliance, actor=hers)
    with pytest.raises(AllianceRefused, match="facilitation"):
        consent(by=bilal, member=member, manner=ConsentManner.SPOKEN)
    member = consent(by=alice, member=member, manner=ConsentManner.SPOKEN)
    assert (member.consent_manner, member.consent_recorded_by) == (ConsentManner.SPOKEN, alice)


def test_an_alliance_is_signed_when_all_said_yes_and_the_charter_is_there(
    alliance, alice, bilal, chloe, hers, his
):
    alliance = move_alliance(by=alice, alliance=alliance, to=AllianceState.DISCUSSED)
    first = invite_member(by=alice, alliance=alliance, actor=hers)
    second = invite_member(by=alice, alliance=alliance, actor=his)
    consent(by=chloe, member=first)
    with pytest.raises(AllianceRefused, match="n’a pas encore répondu"):
        move_alliance(by=alice, alliance=alliance, to=AllianceState.SIGNED)
    consent(by=bilal, member=second)
    with pytest.raises(AllianceRefused, match="charte"):
        move_alliance(by=alice, alliance=alliance, to=AllianceState.SIGNED)
    charter(alliance, alice)
    alliance = move_alliance(by=alice, alliance=alliance, to=AllianceState.SIGNED)
    assert alliance.signed_on == clock.today()
    assert (alliance.members_count, alliance.families_count) == (2, 2)


def test_an_alliance_is_never_inside_itself(territory, alliance, alice):
    wide = draft_alliance(by=alice, territory=territory, title="Le territoire", purpose="Relier.")
    words = {"title": "Le pain", "purpose": "Du champ au fournil."}
    inner = change_alliance(by=alice, alliance=alliance, **words, parent=wide)
    with pytest.raises(AllianceRefused, match="Le territoire → Le pain → Le territoire"):
        change_alliance(by=alice, alliance=wide, title="Le territoire", purpose="Relier.", parent=inner)


def test_who_left_promises_nothing_and_what_was_promised_is_released(alliance, alice, chloe, hers):
    member = consent(by=chloe, member=invite_member(by=alice, alliance=alliance, actor=hers))
    promise = commit(by=chloe, member=member, kind="time", words="Le jeudi")
    with pytest.raises(AllianceRefused, match="pourquoi"):
        leave(by=chloe, member=member, because=" ")
    member = leave(by=chloe, member=member, because="Plus le temps")
    promise.refresh_from_db()
    assert promise.state == CommitmentState.RELEASED
    with pytest.raises(AllianceRefused, match="seul un membre qui a dit oui"):
        commit(by=chloe, member=member, kind="time", words="Le vendredi")
    with pytest.raises(AllianceRefused, match="n’est plus à la table"):
        declare_conflict(by=chloe, member=member, words="Un lien.")
    with pytest.raises(AllianceRefused, match="Invitez-le de nouveau"):
        consent(by=chloe, member=member)
    again = invite_member(by=alice, alliance=alliance, actor=hers)
    assert again.pk == member.pk
    assert not again.left_because


def test_a_promise_is_late_then_kept_or_says_why_not(alliance, alice, chloe, hers):
    member = consent(by=chloe, member=invite_member(by=alice, alliance=alliance, actor=hers))
    yesterday = clock.today() - timedelta(days=1)
    promise = commit(by=chloe, member=member, kind="places", words="La salle", due_on=yesterday)
    assert list(Commitment.objects.late()) == [promise]
    with pytest.raises(AllianceRefused, match="pourquoi"):
        say_commitment(by=chloe, commitment=promise, state=CommitmentState.NOT_KEPT)
    promise = say_commitment(by=chloe, commitment=promise, state=CommitmentState.KEPT)
    assert not promise.is_late
    assert not Commitment.objects.late().exists()


def test_an_actor_of_another_territory_is_not_invited(alliance, alice, other_territory):
    stranger = OrganisationActorFactory(territory=other_territory)
    with pytest.raises(AllianceRefused, match="annuaire de ce territoire"):
        invite_member(by=alice, alliance=alliance, actor=stranger)


def test_a_need_or_project_of_another_territory_is_not_carried(alliance, alice, other_territory):
    with pytest.raises(AllianceRefused, match="pas publié dans ce territoire"):
        carry_project(by=alice, alliance=alliance, project=PublicProjectFactory(territory=other_territory))


def test_the_thread_follows_what_the_alliance_carries(alliance, alice, territory):
    need, project = PublicNeedFactory(territory=territory), PublicProjectFactory(territory=territory)
    with pytest.raises(AllianceRefused, match="ne porte rien"):
        publish_alliance(by=alice, alliance=alliance)
    carry_project(by=alice, alliance=alliance, project=project)
    links = Link.objects.standing().filter(result_type="alliances.alliance", result_id=alliance.pk)
    assert not links.exists()  # a draft is not on the thread
    alliance = publish_alliance(by=alice, alliance=alliance)
    assert set(links.values_list("source_id", flat=True)) == {project.pk}
    put_down(by=alice, alliance=alliance, thing=project)
    assert not links.all().exists()
    assert need.is_public
    unpublish_alliance(by=alice, alliance=alliance)


def test_those_who_speak_for_an_invited_actor_are_told(
    alliance, alice, chloe, hers, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        member = invite_member(by=alice, alliance=alliance, actor=hers)
    assert Notice.objects.filter(person=chloe, text__contains="est invité").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        decline(by=chloe, member=member, because="Pas cette année")
    assert Notice.objects.filter(person=alice, text__contains="décliné").exists()
