"""Somebody asks for a synthesis, a worker computes it."""

import pytest

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.needs import computations
from essor.chain.needs.enums import Grain, Hand, LeftAside, SynthesisState
from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.services import curation
from essor.chain.needs.services.syntheses import (
    SynthesisRefused,
    archive_synthesis,
    ask_again,
    ask_synthesis,
    restore_synthesis,
    retry_synthesis,
)
from essor.common import jobs
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.models import Fact
from essor.journeys import compute_synthesis
from tests.factories.needs import HeardGatheringFactory, HeardVoiceFactory

SAID = {
    "bus": [
        "Il manque un bus le soir pour rentrer de la gare",
        "Le dernier bus part à 19 h, impossible de rentrer le soir",
        "Des bus plus tard le soir et le dimanche",
        "Sans voiture, pas de bus pour aller à la gare",
        "Un bus de nuit entre la gare et les villages",
    ],
    "care": [
        "Trouver un médecin traitant est devenu impossible",
        "Il faudrait une maison de santé avec des médecins",
        "Le médecin est parti à la retraite, plus personne pour les soins",
        "Attendre trois mois pour un médecin, ce n’est pas normal",
        "Des infirmières et un médecin dans chaque village",
    ],
    "food": [
        "Des légumes locaux à la cantine de l’école",
        "La cantine devrait cuisiner des légumes bio et locaux",
        "Aider les maraîchers à vendre leurs légumes à la cantine",
        "Un marché de producteurs avec des légumes locaux",
        "Des repas faits avec des légumes du coin pour les enfants",
    ],
}


@pytest.fixture
def voices(territory):
    meeting = HeardGatheringFactory(territory=territory)
    said = [words for each in SAID.values() for words in each]
    made = [
        HeardVoiceFactory(
            territory=territory,
            words=words,
            gathering=meeting if rank % 2 else None,
            channel=Channel.MEETING if rank % 2 else Channel.ONLINE,
        )
        for rank, words in enumerate(said)
    ]
    made.append(HeardVoiceFactory(territory=territory, words=said[0] + " !"))
    made.append(HeardVoiceFactory(territory=territory, words="…"))
    return made


@pytest.fixture
def ask(territory, alice, django_capture_on_commit_callbacks):
    def asked(**more):
        with django_capture_on_commit_callbacks(execute=True):
            synthesis = ask_synthesis(by=alice, territory=territory, title="Printemps", **more)
        synthesis.refresh_from_db()
        return synthesis

    return asked


def snapshot(synthesis):
    """Groups and places, without database keys."""
    groups = Group.objects.filter(synthesis=synthesis).order_by("position", "pk")
    placed = Placement.objects.filter(synthesis=synthesis).order_by("contribution_id")
    return (
        [
            (each.label, each.terms, each.cohesion, each.x, each.parent and each.parent.label)
            for each in groups
        ],
        [
            (each.contribution_id, each.group and each.group.label, each.reason, each.x, each.is_quote)
            for each in placed
        ],
    )


def test_every_voice_gets_a_group_or_a_stated_reason(ask, voices):
    synthesis = ask()
    assert synthesis.state == SynthesisState.READY
    assert synthesis.progress == 100
    placed = Placement.objects.filter(synthesis=synthesis)
    assert placed.count() == synthesis.voices_count == len(voices)
    aside = placed.get(group=None)
    assert aside.reason in {LeftAside.NOT_WORDS, LeftAside.EMPTY}
    assert set(placed.exclude(group=None).values_list("hand", flat=True)) == {Hand.MACHINE}


def test_both_grains_are_kept_and_nested(ask, voices):
    synthesis = ask()
    overview = Group.objects.filter(synthesis=synthesis, parent=None)
    detail = Group.objects.filter(synthesis=synthesis, parent__isnull=False)
    assert overview.count() == synthesis.figures["overview"]
    assert detail.count() == synthesis.figures["detail"]
    assert not Placement.objects.filter(synthesis=synthesis, group__in=overview).exists()


def test_a_voice_that_nearly_repeats_another_is_folded_but_stays(ask, voices):
    ask()
    repeated = Placement.objects.get(contribution=voices[-2])
    assert repeated.same_as == voices[0]
    assert repeated.group is not None


def test_the_snapshot_says_how_it_was_made(ask, voices):
    synthesis = ask(seed=7)
    assert synthesis.method["seed"] == 7
    assert synthesis.method["version"]
    assert len(synthesis.input_digest) == 64
    assert 0 < synthesis.figures["coverage"] <= 1
    fact = Fact.objects.about(synthesis).get(verb="synthesis.computed")
    assert (fact.actor, fact.by) == (Actor.MACHINE, None)
    assert fact.data["digest"] == synthesis.input_digest


def test_asking_again_gives_the_same_result(ask, voices, alice, django_capture_on_commit_callbacks):
    first = ask()
    with django_capture_on_commit_callbacks(execute=True):
        second = ask_again(by=alice, synthesis=first)
    second.refresh_from_db()
    assert second.pk != first.pk
    assert second.input_digest == first.input_digest
    assert snapshot(second) == snapshot(first)


def test_a_job_run_twice_leaves_what_people_decided(ask, voices, alice):
    synthesis = ask()
    group = Group.objects.filter(synthesis=synthesis).first()
    curation.rename_group(by=alice, group=group, label="Rentrer le soir")
    compute_synthesis.run(synthesis.pk)
    group.refresh_from_db()
    assert group.label == "Rentrer le soir"
    assert Fact.objects.filter(verb="synthesis.computed").count() == 1


def test_a_job_taken_up_after_a_crash_starts_from_nothing(ask, voices):
    synthesis = ask()
    before = snapshot(synthesis)
    Synthesis.objects.update(state=SynthesisState.RUNNING, progress=40)
    compute_synthesis.run(synthesis.pk)
    assert snapshot(synthesis) == before


def test_a_job_whose_synthesis_is_gone_does_nothing(db):
    compute_synthesis.run(404)


def test_too_few_voices_is_said_in_plain_words_and_can_be_tried_again(
    ask, territory, alice, django_capture_on_commit_callbacks
):
    HeardVoiceFactory(territory=territory)
    synthesis = ask()
    assert synthesis.state == SynthesisState.FAILED
    assert "Il faut au moins" in synthesis.failure
    assert "Traceback" not in synthesis.failure
    for words in SAID["bus"] + SAID["care"]:
        HeardVoiceFactory(territory=territory, words=words)
    with django_capture_on_commit_callbacks(execute=True):
        synthesis = retry_synthesis(by=alice, synthesis=synthesis)
    synthesis.refresh_from_db()
    assert (synthesis.state, synthesis.failure) == (SynthesisState.READY, "")


def test_an_unexpected_error_is_said_without_its_entrails(ask, voices, monkeypatch, caplog):
    def broken(*_args):
        raise RuntimeError("secret entrails")

    synthesis = ask()
    Synthesis.objects.update(state=SynthesisState.QUEUED)
    monkeypatch.setattr(computations, "compute", broken)
    with pytest.raises(RuntimeError):
        compute_synthesis.run(synthesis.pk)
    synthesis.refresh_from_db()
    assert synthesis.state == SynthesisState.FAILED
    assert "entrails" not in synthesis.failure
    assert Fact.objects.about(synthesis).filter(verb="synthesis.failed").exists()


def test_the_progress_is_written_as_it_goes(ask, voices, monkeypatch):
    seen = []
    compute = computations.compute

    def watched(synthesis, tell):
        def told(share, step):
            tell(share, step)
            seen.append(Synthesis.objects.get(pk=synthesis.pk).progress)

        return compute(synthesis, told)

    monkeypatch.setattr(computations, "compute", watched)
    ask()
    assert seen == sorted(seen)
    assert len(set(seen)) > 4


def test_hidden_voices_and_those_out_of_scope_are_not_read(ask, voices):
    voices[3].state = VoiceState.HIDDEN
    voices[3].save()
    synthesis = ask(scope={"channels": [Channel.ONLINE]})
    read = set(Placement.objects.filter(synthesis=synthesis).values_list("contribution_id", flat=True))
    assert read == {each.pk for each in voices if each.channel == Channel.ONLINE and each != voices[3]}


def test_the_scope_narrows_to_gatherings_and_dates(ask, voices, at):
    synthesis = ask(scope={"gatherings": [voices[1].gathering_id], "since": "2020-01-01"})
    assert synthesis.voices_count == 7
    assert synthesis.scope == {"gatherings": [voices[1].gathering_id], "since": "2020-01-01"}


def test_voices_of_another_territory_are_never_read(ask, voices, other_territory):
    stranger = HeardVoiceFactory(territory=other_territory)
    synthesis = ask()
    assert not Placement.objects.filter(synthesis=synthesis, contribution=stranger).exists()


def test_an_archived_synthesis_can_be_taken_out_again(ask, voices, alice):
    synthesis = archive_synthesis(by=alice, synthesis=ask())
    assert not Synthesis.objects.current().exists()
    with pytest.raises(curation.CurationRefused):
        curation.undo_last(by=alice, synthesis=synthesis)
    assert restore_synthesis(by=alice, synthesis=synthesis).state == SynthesisState.READY


def test_a_ready_synthesis_is_not_put_back_in_the_queue(ask, voices, alice):
    with pytest.raises(SynthesisRefused, match="ne peut pas devenir"):
        retry_synthesis(by=alice, synthesis=ask())


def test_the_job_is_known_by_its_name(monkeypatch, territory, alice):
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **arguments: asked.append((name, arguments)))
    synthesis = ask_synthesis(by=alice, territory=territory, title="", grain=Grain.OVERVIEW)
    assert asked == [("compute_synthesis", {"synthesis_id": synthesis.pk})]
    assert synthesis.title
