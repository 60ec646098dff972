"""Needs, from a draft to covered."""

import pytest
from django.db import IntegrityError, transaction

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.enums import NeedState, Stance
from essor.chain.needs.models import Concern, Evidence, Need, NeedCommune, NeedMove
from essor.chain.needs.services import needs as services
from essor.common import clock
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.models import Fact, Link
from essor.ground.people.enums import StakeholderFamily
from tests.factories.needs import (
    AuthorFactory,
    DraftNeedFactory,
    HeardGatheringFactory,
    HeardVoiceFactory,
    PlacementFactory,
    ReadySynthesisFactory,
    VoiceGroupFactory,
)
from tests.factories.territories import CommuneFactory, ThemeFactory

STATEMENT = "Pouvoir rentrer chez soi le soir sans voiture"


@pytest.fixture
def draft(territory, alice):
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    voices = HeardVoiceFactory.create_batch(3, territory=territory)
    return services.set_evidence(by=alice, need=need, voices=dict.fromkeys(voices, Stance.SUPPORTS))


def test_a_need_drafted_from_a_group_takes_its_voices_with_their_stances_and_quotes(territory, alice):
    group = VoiceGroupFactory(synthesis__territory=territory)
    PlacementFactory(group=group, is_quote=True)
    PlacementFactory(group=group, stance=Stance.CONTRARY)
    PlacementFactory(group=group, contribution__state=VoiceState.HIDDEN, contribution__territory=territory)
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT, group=group)
    assert (need.voices_count, need.contrary_count) == (1, 1)
    assert Evidence.objects.filter(need=need, is_quote=True).count() == 1
    assert need.state == NeedState.DRAFT
    assert Fact.objects.about(need).filter(verb="need.drafted", by=alice).exists()


def test_a_need_drafted_from_an_overview_group_takes_the_voices_of_the_groups_inside(territory, alice):
    parent = VoiceGroupFactory(synthesis__territory=territory)
    PlacementFactory(group=VoiceGroupFactory(synthesis=parent.synthesis, parent=parent))
    PlacementFactory(group=VoiceGroupFactory(synthesis=parent.synthesis, parent=parent))
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT, group=parent)
    assert need.voices_count == 2


def test_a_group_of_another_territory_is_refused(territory, alice, other_territory):
    group = VoiceGroupFactory(synthesis=ReadySynthesisFactory(territory=other_territory))
    with pytest.raises(services.NeedRefused, match="autre territoire"):
        services.draft_need(by=alice, territory=territory, statement=STATEMENT, group=group)


def test_a_theme_or_a_commune_from_elsewhere_is_refused(territory, alice, other_territory):
    elsewhere = ThemeFactory(territory=other_territory)
    with pytest.raises(services.NeedRefused, match="thème"):
        services.draft_need(by=alice, territory=territory, statement=STATEMENT, theme=elsewhere)
    with pytest.raises(services.NeedRefused, match="59350"):
        services.draft_need(by=alice, territory=territory, statement=STATEMENT, commune_codes=["59350"])
    assert not Need.objects.exists()


def test_two_needs_with_the_same_words_have_two_addresses(territory, alice):
    first = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    second = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    assert first.slug != second.slug


def test_rewording_a_need_keeps_its_address_and_says_which_fields_changed(territory, alice, draft):
    commune = CommuneFactory(territory=territory)
    changed = services.change_need(
        by=alice,
        need=draft,
        statement="Pouvoir se déplacer le soir",
        concerns="Les jeunes",
        context="",
        theme=None,
        commune_codes=[commune.code],
    )
    assert changed.slug == draft.slug
    assert list(NeedCommune.objects.filter(need=draft).values_list("code", flat=True)) == [commune.code]
    fact = Fact.objects.about(draft).get(verb="need.changed")
    assert fact.data == {"fields": ["statement", "concerns"]}


def test_people_are_counted_once_and_gatherings_and_families_apart(territory, alice):
    somebody = AuthorFactory(territory=territory)
    meeting = HeardGatheringFactory(territory=territory)
    interview = HeardGatheringFactory(territory=territory, kind=GatheringKind.INTERVIEW)
    voices = [
        HeardVoiceFactory(territory=territory, speaker=somebody, gathering=meeting),
        HeardVoiceFactory(territory=territory, speaker=somebody, words="La même chose"),
        HeardVoiceFactory(territory=territory, gathering=meeting, family=StakeholderFamily.WORKER),
        HeardVoiceFactory(territory=territory, gathering=interview, state=VoiceState.PRIVATE),
    ]
    against = HeardVoiceFactory(territory=territory, family=StakeholderFamily.COMPANY)
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    stances = {**dict.fromkeys(voices, Stance.SUPPORTS), against: Stance.CONTRARY}
    need = services.set_evidence(by=alice, need=need, voices=stances)
    found = (need.voices_count, need.people_count, need.meetings_count, need.interviews_count)
    assert found == (4, 3, 1, 1)
    assert (need.families_count, need.contrary_count) == (2, 1)


@pytest.mark.parametrize(
    "state", [VoiceState.WAITING, VoiceState.HIDDEN, VoiceState.WITHDRAWN, VoiceState.ERASED]
)
def test_a_voice_that_is_not_shown_counts_for_nothing(state, territory, alice, draft):
    voice = Evidence.objects.filter(need=draft).first().contribution
    voice.state = state
    voice.save()
    assert services.recount(need=draft).voices_count == 2
    assert draft.people_count == 2


def test_publishing_ties_the_thread_from_each_voice(territory, alice, draft):
    against = HeardVoiceFactory(territory=territory)
    voices = {each.contribution: each.stance for each in Evidence.objects.filter(need=draft)}
    services.set_evidence(by=alice, need=draft, voices={**voices, against: Stance.CONTRARY})
    need = services.publish_need(by=alice, need=draft)
    assert need.state == NeedState.TO_COVER
    assert need.published_at is not None
    kinds = list(Link.objects.standing().order_by("kind").values_list("kind", flat=True))
    assert kinds == ["nuances", "supports", "supports", "supports"]
    assert Fact.objects.about(need).get(verb="need.published").data["people"] == 3


def test_a_need_without_supporting_voices_cannot_be_published(territory, alice):
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    against = HeardVoiceFactory(territory=territory)
    services.set_evidence(by=alice, need=need, voices={against: Stance.CONTRARY})
    with pytest.raises(services.NeedRefused, match="Aucune voix"):
        services.publish_need(by=alice, need=need)


def test_a_need_whose_voices_are_all_hidden_cannot_be_published(territory, alice):
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    hidden = HeardVoiceFactory(territory=territory, state=VoiceState.HIDDEN)
    services.set_evidence(by=alice, need=need, voices={hidden: Stance.SUPPORTS})
    with pytest.raises(services.NeedRefused, match="Aucune voix"):
        services.publish_need(by=alice, need=need)


@pytest.mark.parametrize("statement", ["Pouvoir", "Pouvoir …", "Pouvoir … (bus du soir)", "Un bus"])
def test_a_need_that_says_nothing_cannot_be_published(statement, alice, draft):
    draft.statement = statement
    draft.save()
    with pytest.raises(services.NeedRefused, match="énoncé"):
        services.publish_need(by=alice, need=draft)


def test_publishing_twice_is_refused_and_ties_nothing_more(alice, draft):
    services.publish_need(by=alice, need=draft)
    with pytest.raises(services.NeedRefused, match="déjà"):
        services.publish_need(by=alice, need=draft)
    assert Link.objects.count() == 3


def test_a_voice_taken_out_of_the_evidence_ends_its_link_and_the_link_stays_readable(alice, draft):
    need = services.publish_need(by=alice, need=draft)
    voices = [each.contribution for each in Evidence.objects.filter(need=need)]
    services.set_evidence(by=alice, need=need, voices=dict.fromkeys(voices[:2], Stance.SUPPORTS))
    assert Link.objects.count() == 3
    assert Link.objects.standing().count() == 2


def test_a_voice_hidden_after_publication_unties_itself_and_comes_back_when_restored(alice, draft):
    need = services.publish_need(by=alice, need=draft)
    voice = Evidence.objects.filter(need=need).first().contribution
    voice.state = VoiceState.HIDDEN
    voice.save()
    services.recount(need=need)
    assert Link.objects.standing().filter(source_id=voice.pk).count() == 0
    voice.state = VoiceState.PUBLISHED
    voice.save()
    services.recount(need=need)
    link = Link.objects.standing().get(source_id=voice.pk)
    assert link.actor == Actor.MACHINE


def test_a_voice_of_another_territory_is_never_evidence(alice, draft, other_territory):
    stranger = HeardVoiceFactory(territory=other_territory)
    with pytest.raises(services.EvidenceRefused, match="autre territoire"):
        services.set_evidence(by=alice, need=draft, voices={stranger: Stance.SUPPORTS})


def test_only_published_voices_of_the_need_are_quoted(territory, alice, draft):
    voices = [each.contribution_id for each in Evidence.objects.filter(need=draft)]
    services.choose_need_quotes(by=alice, need=draft, voices=[voices[1], voices[0]])
    quoted = Evidence.objects.filter(need=draft, is_quote=True).order_by("position")
    assert [each.contribution_id for each in quoted] == [voices[1], voices[0]]
    elsewhere = HeardVoiceFactory(territory=territory)
    with pytest.raises(services.EvidenceRefused):
        services.choose_need_quotes(by=alice, need=draft, voices=[elsewhere.pk])


def test_a_need_moves_with_a_word_that_everybody_reads(alice, draft):
    need = services.publish_need(by=alice, need=draft)
    need = services.move_need(by=alice, need=need, state=NeedState.BEING_ANSWERED, why="Un appel est lancé.")
    need = services.move_need(by=alice, need=need, state=NeedState.COVERED, why="La navette roule.")
    assert need.state == NeedState.COVERED
    assert [each.why for each in NeedMove.objects.filter(need=need)][:2] == [
        "La navette roule.",
        "Un appel est lancé.",
    ]
    with pytest.raises(services.NeedRefused, match="pourquoi"):
        services.move_need(by=alice, need=need, state=NeedState.TO_COVER, why="  ")


def test_a_draft_does_not_move_and_a_public_need_does_not_become_a_draft(alice, draft):
    with pytest.raises(services.NeedRefused, match="brouillon"):
        services.move_need(by=alice, need=draft, state=NeedState.COVERED, why="non")
    need = services.publish_need(by=alice, need=draft)
    with pytest.raises(services.NeedRefused, match="brouillon"):
        services.move_need(by=alice, need=need, state=NeedState.DRAFT, why="non")


def test_a_move_that_is_not_in_the_table_is_refused_in_plain_words(alice, draft):
    need = services.publish_need(by=alice, need=draft)
    with pytest.raises(services.NeedRefused, match="ne peut pas devenir"):
        services.move_need(by=alice, need=need, state=NeedState.TO_COVER, why="encore")


def test_a_withdrawn_need_unties_the_thread_and_ties_it_again_when_it_comes_back(alice, draft):
    need = services.publish_need(by=alice, need=draft)
    need = services.withdraw_need(by=alice, need=need, why="Deux besoins en un.")
    assert Link.objects.standing().count() == 0
    need = services.move_need(by=alice, need=need, state=NeedState.TO_COVER, why="Il tient.")
    assert Link.objects.standing().count() == 3


def test_a_concern_said_twice_counts_once_and_can_be_taken_back(territory, alice, draft):
    need = services.publish_need(by=alice, need=draft)
    somebody = AuthorFactory(territory=territory)
    assert services.say_concern(need=need, speaker=somebody)
    assert not services.say_concern(need=need, speaker=somebody)
    need.refresh_from_db()
    assert need.concerned_count == 1
    assert services.take_back_concern(need=need, speaker=somebody)
    assert not services.take_back_concern(need=need, speaker=somebody)
    need.refresh_from_db()
    assert need.concerned_count == 0
    assert Fact.objects.about(need).filter(verb="need.concern_said").count() == 1


def test_nobody_is_concerned_by_a_draft_nor_by_a_need_of_elsewhere(alice, draft, other_territory, territory):
    with pytest.raises(services.NeedRefused):
        services.say_concern(need=draft, speaker=AuthorFactory(territory=territory))
    need = services.publish_need(by=alice, need=draft)
    with pytest.raises(services.NeedRefused):
        services.say_concern(need=need, speaker=AuthorFactory(territory=other_territory))


def refused_by(name):
    return pytest.raises(IntegrityError, match=name)


def test_need_slug_once_in_a_territory(territory):
    DraftNeedFactory(territory=territory, slug="un")
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftNeedFactory(territory=territory, slug="un")


def test_voice_once_in_a_need(draft):
    row = Evidence.objects.filter(need=draft).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(need=draft, contribution=row.contribution)


def test_commune_once_in_a_need(draft):
    NeedCommune.objects.create(need=draft, code="10000")
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedCommune.objects.create(need=draft, code="10000")


def test_concern_said_once(draft, territory):
    somebody = AuthorFactory(territory=territory)
    Concern.objects.create(need=draft, speaker=somebody, at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(need=draft, speaker=somebody, at=clock.now())


def test_need_moves_to_another_state(draft):
    with refused_by("need_moves_to_another_state"), transaction.atomic():
        NeedMove.objects.create(need=draft, before="draft", after="draft", at=clock.now())
