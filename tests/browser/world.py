"""Val-de-Lume on a small scale, built through the services: enough of everything for each page to have something."""

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from essor.chain.listening.enums import Channel, HideReason, PhaseKind
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import Consultation, Contribution, ImportBatch, Question
from essor.chain.listening.selectors.capture import PAPER
from essor.chain.listening.services import care
from essor.chain.listening.services.capture import CapturedLine, capture_voices, record_consent
from essor.chain.listening.services.consultations import (
    add_phase,
    add_question,
    draft_consultation,
    open_consultation,
)
from essor.chain.listening.services.imports import choose_mapping
from essor.chain.listening.services.voices import GivenVoice, give_voice, speaker_for
from essor.common import clock
from essor.ground.documents.models import Document
from essor.ground.documents.services import add_document, publish_document
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.gatherings.services import (
    announce_gathering,
    count_attendance,
    hold_gathering,
    plan_gathering,
    publish_minutes,
    write_minutes,
)
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory
from essor.ground.territories.perimeter import CommuneInPerimeter
from essor.ground.territories.services import seed_themes, set_perimeter
from essor.journeys.import_voices import ask_import
from essor.journeys.receive_import import receive_import

QUESTION = "Qu’est-ce qui vous manque ici ?"
SAID = {
    "mobilite": [
        "Il manque un bus le soir pour rentrer de la gare.",
        "Le dernier bus part à 19 h, impossible de rentrer le soir sans voiture.",
        "Des bus plus tard le soir et le dimanche, pour les jeunes.",
        "Sans voiture, pas de bus pour aller à la gare.",
        "Un bus de nuit entre la gare et les villages.",
        "Le bus du soir devrait attendre le train en retard.",
        "Les bus du dimanche ont disparu, on reste au village.",
    ],
    "sante": [
        "Trouver un médecin traitant est devenu impossible.",
        "Il faudrait une maison de santé avec des médecins.",
        "Le médecin est parti à la retraite, plus personne pour les soins.",
        "Attendre trois mois pour un médecin, ce n’est pas normal.",
        "Des infirmières et un médecin dans chaque village.",
        "Un médecin qui vient un jour par semaine au village, ce serait déjà bien.",
        "Pour les soins dentaires il faut faire cinquante kilomètres.",
    ],
    "alimentation": [
        "Des légumes locaux à la cantine de l’école.",
        "La cantine devrait cuisiner des légumes bio et locaux.",
        "Aider les maraîchers à vendre leurs légumes à la cantine.",
        "Un marché de producteurs avec des légumes locaux le samedi.",
        "Des repas faits avec des légumes du coin pour les enfants.",
        "La cantine jette trop, il faut cuisiner sur place des légumes frais.",
        "Un jardin partagé pour cultiver des légumes avec les enfants.",
    ],
}
FAMILIES = (StakeholderFamily.CITIZEN, StakeholderFamily.WORKER, StakeholderFamily.ASSOCIATION)
PLACES = (("62001", "Brécourt"), ("62002", "Saint-Aubin-sur-Lume"), ("62003", "Hautefeuille"))


@dataclass(frozen=True)
class World:
    """What the tests walk through."""

    territory: Territory
    consultation: Consultation
    question: Question
    voices: tuple[Contribution, ...]
    to_come: Gathering
    held: Gathering
    planned: Gathering
    interview: Gathering


def build(territory: Territory, alice: Person) -> World:
    """The territory of the cast with its communes, a consultation that listens, meetings, and 21 voices."""
    seed_themes(territory=territory)
    set_perimeter(territory=territory, communes=[_commune(*each) for each in enumerate(PLACES)])
    consultation, question = _listening(territory, alice)
    held = meeting(territory, alice, "Réunion publique de Brécourt", days=-10)
    to_come = meeting(territory, alice, "Réunion publique d’Hautefeuille", days=10, registration_open=True)
    planned = plan_gathering(**_details(territory, alice, "Atelier des élus", 20))
    interview = plan_gathering(
        **{**_details(territory, alice, "Entretien : la maraîchère", -5), "kind": GatheringKind.INTERVIEW}
    )
    announce_gathering(by=alice, gathering=held)
    announce_gathering(by=alice, gathering=to_come)
    hold_gathering(by=alice, gathering=held)
    count_attendance(by=alice, gathering=held, counts={"citizen": 42, "worker": 11, "association": 6})
    publish_minutes(
        by=alice,
        minutes=write_minutes(by=alice, gathering=held, body="## Ce qui s’est dit\n\nLe bus, le médecin."),
    )
    voices = _voices(territory, alice, consultation, question, held)
    return World(territory, consultation, question, tuple(voices), to_come, held, planned, interview)


def _commune(rank: int, place: tuple[str, str]) -> CommuneInPerimeter:
    west, south = 2.0 + rank / 10, 50.5
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
    return CommuneInPerimeter(*place, 1500 * (rank + 1), south + 0.05, west + 0.05, [ring])


def _listening(territory: Territory, alice: Person) -> tuple[Consultation, Question]:
    consultation = draft_consultation(
        by=alice,
        territory=territory,
        title="Vivre ici demain",
        summary="Dites ce qui vous manque et ce qui vous porte.",
        description="Nous préparons le projet du territoire avec vous.",
        engagement="Chaque voix est **lue** et suivie.",
    )
    question = add_question(by=alice, consultation=consultation, text=QUESTION)
    add_question(
        by=alice, consultation=consultation, text="Qu’est-ce qui vous porte ?", help_text="Un lieu, un lien."
    )
    now = clock.now()
    for kind, title, begins, ends in (
        (PhaseKind.LISTEN, "Écouter", -30, 30),
        (PhaseKind.SYNTHESIS, "Rapprocher", 30, 60),
    ):
        add_phase(
            by=alice, consultation=consultation, kind=kind, title=title,
            starts_at=now + timedelta(days=begins), ends_at=now + timedelta(days=ends),
        )  # fmt: skip
    return open_consultation(by=alice, consultation=consultation), question


def _details(territory: Territory, alice: Person, title: str, days: int) -> dict:
    starts = clock.now() + timedelta(days=days)
    return {
        "by": alice,
        "territory": territory,
        "kind": GatheringKind.PUBLIC_MEETING,
        "title": title,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place_name": "salle des fêtes",
        "commune_code": PLACES[0][0],
        "agenda": [("Accueil", 15), ("Tables de parole", 60)],
    }


def meeting(territory: Territory, alice: Person, title: str, days: int, **more) -> Gathering:
    """A public meeting, not announced yet."""
    return plan_gathering(**_details(territory, alice, title, days), **more)


def _voices(
    territory: Territory, alice: Person, consultation: Consultation, question: Question, held: Gathering
) -> list[Contribution]:
    """Two out of three were said at the meeting, the others online."""
    themes = {each.slug: each for each in territory.themes.all()}
    told = [(words, theme) for theme, each in SAID.items() for words in each]
    at_meeting = [
        CapturedLine(
            words=words, family=FAMILIES[rank % 3], table=str(1 + rank % 4), key=f"line-{rank}",
            commune_code=PLACES[rank % 3][0], theme=themes[theme],
        )
        for rank, (words, theme) in enumerate(told) if rank % 3
    ]  # fmt: skip
    voices = capture_voices(
        by=alice, territory=territory, gathering=held, consultation=consultation, question=question,
        channel=Channel.MEETING, lines=at_meeting,
    )  # fmt: skip
    for rank, (words, theme) in enumerate(told):
        if rank % 3 == 0:
            given = said_online(territory, consultation, words, question=question, theme=themes[theme])
            voices.append(given.contribution)
    return voices


def said_online(territory: Territory, consultation: Consultation, words: str, **more) -> GivenVoice:
    """Somebody without an account gives their voice; the receipt comes with it."""
    key = more.pop("guest_key", None)
    speaker = speaker_for(territory=territory, guest_key=key)
    return give_voice(territory=territory, consultation=consultation, speaker=speaker, words=words, **more)


def moderated(world: World, maud: Person) -> dict[str, GivenVoice]:
    """One voice of each kind that moderators meet."""
    say = lambda words: said_online(world.territory, world.consultation, words, question=world.question)  # noqa: E731
    waiting = say("Appelez-moi au 06 39 98 00 12, je vous raconterai le bus.")
    reported, hidden = say("Ce maire ne sert à rien."), say("Achetez mes matelas, moins chers qu’en ville.")
    care.report_voice(contribution=reported.contribution, reason=HideReason.INSULT, reporter_digest="a" * 64)
    care.hide_voice(
        contribution=hidden.contribution,
        by=maud,
        reason=HideReason.ADVERT,
        explanation="C’est une publicité.",
    )
    care.appeal(contribution=hidden.contribution, words="Ce n’était pas une publicité.")
    return {"waiting": waiting, "reported": reported, "hidden": hidden}


def heard_at_interview(world: World, alice: Person) -> list[Contribution]:
    """An interview with its consent and two verbatims."""
    consent = record_consent(
        by=alice, gathering=world.interview, purpose="Le projet du territoire", may_quote=True,
        until_on=clock.today() + timedelta(days=365), pseudonym="La maraîchère",
    )  # fmt: skip
    lines = [CapturedLine(words="Je voudrais vendre mes légumes à la cantine.", key="interview-1")]
    return capture_voices(
        by=alice, territory=world.territory, gathering=world.interview, consultation=world.consultation,
        question=None, channel=Channel.INTERVIEW, speaker=consent.speaker, lines=lines,
    )  # fmt: skip


def pasted_slips(world: World, alice: Person) -> UUID:
    """Two slips of paper saved together; the token that finds them again."""
    token = uuid4()
    lines = [
        CapturedLine(words=f"Un banc devant l’école, numéro {rank}.", key=f"{PAPER}{token}:{rank}")
        for rank in (1, 2)
    ]
    capture_voices(
        by=alice, territory=world.territory, gathering=world.held, consultation=world.consultation,
        question=None, channel=Channel.PAPER, lines=lines,
    )  # fmt: skip
    return token


def imported_files(world: World, alice: Person) -> tuple[ImportBatch, ImportBatch]:
    """A file that waits for its columns to be read, and one that became voices, with a remark."""
    text = "n°;Votre proposition\n1;Un marché le samedi matin.\n2;\n"
    waiting, done = (
        receive_import(
            by=alice, territory=world.territory, consultation=world.consultation,
            files=[(name, io.BytesIO(text.encode()))],
        )
        for name in ("propositions.csv", "propositions-lues.csv")
    )  # fmt: skip
    choose_mapping(batch=done, mapping=ImportMapping(columns={"Votre proposition": "words"}))
    ask_import(batch=done)
    return waiting, done


def published_document(world: World, alice: Person) -> Document:
    """The charter of participation, as a text file."""
    document = add_document(
        by=alice, territory=world.territory, title="Charte", description="Comment nous écoutons.",
        file=SimpleUploadedFile("charte.txt", "Écouter chaque voix.".encode(), "text/plain"),
    )  # fmt: skip
    publish_document(by=alice, document=document)
    return document
