"""The opinion vote of the spring: born of what was said, voted on in rooms and online, and its maps."""

from collections.abc import Iterator

import numpy as np

from essor.chain.needs.models import Group, Need
from essor.chain.opinions.models import Conversation, OpinionMap, Participant, Statement
from essor.chain.opinions.selectors.maps import groups_of_map, result_of_map
from essor.chain.opinions.services.computing import draw_opinion_map
from essor.chain.opinions.services.conversations import (
    close_conversation,
    draft_conversation,
    open_conversation,
)
from essor.chain.opinions.services.groups import keep_map, name_group
from essor.chain.opinions.services.merging import merge_statements
from essor.chain.opinions.services.paper import Slip, record_paper_votes
from essor.chain.opinions.services.participants import join_conversation
from essor.chain.opinions.services.statements import (
    accept_statement,
    propose_statement,
    reject_statement,
    reword_statement,
    seed_statement,
    seed_statements,
)
from essor.chain.opinions.services.votes import cast_vote
from essor.console.demo.scene import Scene
from essor.console.demo.story import Row, rows
from essor.console.demo.timeline import at
from essor.journeys.give_opinions_as_evidence import give_opinions_as_evidence
from essor.journeys.seed_statements_from_voices import Worded, seed_statements_from_voices

CAMPS = ("near", "build", "green")
NAMES = {
    "near": (
        "Garder près de chez soi",
        "Des services, une école et un guichet dans chaque bourg, avant le neuf.",
    ),
    "build": (
        "Faire venir et bâtir",
        "Des emplois, des logements et des équipements, quitte à les regrouper.",
    ),
    "green": ("Ménager la vallée", "L’eau, les haies et l’assiette d’abord ; réparer plutôt que construire."),
}
SHARES = (0.42, 0.28, 0.30)
FAMILIES = ("citizen", "association", "company", "public_body", "worker")
ROOMS, SLIPS, ONLINE = 8, 42, 36
FIRST_ROOMS = 4  # before the first map
OPENED, FIRST_MAP, SECOND_MAP = 34, 20, 4  # days ago
CHARTER_ANSWERS = ("Oui, en une page.", "Deux fois par an suffisent.", "Chaque mois, même pour dire peu.")


def hold_the_opinion_vote(
    scene: Scene, groups: dict[str, Group], needs: dict[str, Need], chance: np.random.Generator
) -> Conversation:
    """Prepare it, vote on it for a month, read its maps, and give what they show to needs."""
    told = rows("opinions")
    with at(scene.time.ago(OPENED)):
        conversation = _prepared(scene, told, groups)
    statements = {each.text: each for each in Statement.objects.filter(conversation=conversation)}
    said = [(statements[row["text"]], row) for row in told]
    days = np.linspace(OPENED - 2, SECOND_MAP + 1, ROOMS).tolist()
    for room in range(ROOMS):
        if room == FIRST_ROOMS:
            with at(scene.time.ago(FIRST_MAP)):
                _kept_map(scene, conversation)
        with at(scene.time.ago(days[room])):
            _room(scene, conversation, said, room, chance)
    with at(scene.time.ago(SECOND_MAP + 0.5)):
        _online(scene, conversation, said, chance)
        _look_after(scene, conversation, said)
    with at(scene.time.ago(SECOND_MAP)):
        drawn = _kept_map(scene, conversation)
        _read(scene, conversation, drawn, said, needs)
    return conversation


def ask_about_news(scene: Scene, chance: np.random.Generator) -> Conversation:
    """A smaller question, closed: how to hear what became of one's words."""
    with at(scene.time.ago(50)):
        conversation = draft_conversation(
            by=scene.alice, territory=scene.territory, title="Avoir des nouvelles",
            question="Comment voulez-vous savoir ce que deviennent vos paroles ?", least_votes=3,
        )  # fmt: skip
        texts = [f"Recevoir des nouvelles : {each}" for each in CHARTER_ANSWERS]
        seed_statements(by=scene.alice, conversation=conversation, texts=texts)
        open_conversation(by=scene.alice, conversation=conversation)
        slips = [
            Slip({number: int(chance.choice([1, 0, -1], p=[0.6, 0.1, 0.3])) for number in (1, 2, 3)})
            for _slip in range(30)
        ]
        record_paper_votes(by=scene.alice, conversation=conversation, slips=slips, key="demo-news")
    with at(scene.time.ago(40)):
        close_conversation(by=scene.alice, conversation=conversation)
    return conversation


def _prepared(scene: Scene, told: list[Row], groups: dict[str, Group]) -> Conversation:
    conversation = draft_conversation(
        by=scene.alice, territory=scene.territory, title="La vallée en 2035",
        question="Que faut-il garder, changer ou bâtir pour bien vivre ici en 2035 ?",
        introduction=(
            "Ces affirmations viennent de ce qui a été dit dans les réunions, les entretiens et en ligne. "
            "Répondez comme vous le sentez : d’accord, pas d’accord, ou je passe."
        ),
        consultation=scene.consultation, longest=160, languages=("fr", "en"),
    )  # fmt: skip
    for row in told:
        group = groups.get(row["group"])
        if group is not None:
            seed_statements_from_voices(
                by=scene.alice, conversation=conversation, worded=[Worded(row["text"], group=group)]
            )
        else:
            seed_statement(by=scene.alice, conversation=conversation, text=row["text"])
    return open_conversation(by=scene.alice, conversation=conversation)


def _room(
    scene: Scene,
    conversation: Conversation,
    said: list[tuple[Statement, Row]],
    room: int,
    chance: np.random.Generator,
) -> None:
    slips = [
        Slip(
            answers={each.number: choice for each, choice in _answers(said, _camp(chance), 26, chance)},
            label=f"{number + 1}",
            family=str(chance.choice(FAMILIES, p=[0.5, 0.2, 0.1, 0.1, 0.1])) if chance.random() < 0.7 else "",
        )
        for number in range(SLIPS)
    ]
    record_paper_votes(
        by=scene.alice, conversation=conversation, slips=slips, note=f"Salle {room + 1}", key=f"demo-{room}"
    )


def _online(
    scene: Scene, conversation: Conversation, said: list[tuple[Statement, Row]], chance: np.random.Generator
) -> None:
    for number in range(ONLINE):
        person = scene.people["bilal"] if number == 0 else None
        guest = "" if person else f"demo-guest-{number}"
        joined = join_conversation(conversation=conversation, person=person, guest_key=guest).participant
        for statement, choice in _answers(said, _camp(chance), 12, chance):
            cast_vote(participant=joined, statement=statement, choice=choice)


def _look_after(scene: Scene, conversation: Conversation, said: list[tuple[Statement, Row]]) -> None:
    """What people proposed is read: one put to the vote, one set aside, one merged; one is reworded."""
    voter = Participant.objects.filter(conversation=conversation, guest_digest__isnull=False)[0]
    first, second, third, _waiting = (
        propose_statement(participant=voter, text=text)
        for text in (
            "Il faut des bancs à l’ombre sur les places et sur le chemin de l’école.",
            "Bref, tout va mal ici et personne ne fait rien.",
            "Un car le soir et le dimanche entre Brécourt et Vaudreville, voilà ce qu’il faut.",
            "Les chemins ruraux doivent rester ouverts aux marcheurs.",
        )
    )
    accept_statement(by=scene.malik, statement=first)
    reject_statement(
        by=scene.malik,
        statement=second,
        reason="unclear",
        explanation="Dites une chose précise : on la soumettra.",
    )
    accept_statement(by=scene.malik, statement=third)
    merge_statements(by=scene.alice, kept=said[0][0], duplicates=[third])
    reword_statement(
        by=scene.alice, statement=said[-1][0], why="Plus court, le sens est le même.",
        text="Il faut du réseau partout avant d’ouvrir de nouveaux services en ligne dans la vallée.",
    )  # fmt: skip


def _kept_map(scene: Scene, conversation: Conversation) -> OpinionMap:
    drawn = draw_opinion_map(conversation_id=conversation.pk)
    if drawn is None:
        raise RuntimeError("the opinion vote of the demonstration has no map")
    return keep_map(by=scene.alice, drawn=drawn)


def _read(
    scene: Scene,
    conversation: Conversation,
    drawn: OpinionMap,
    said: list[tuple[Statement, Row]],
    needs: dict[str, Need],
) -> None:
    """Alice names the groups by what they say, and gives what is agreed on to the needs it is about."""
    result = result_of_map(drawn)
    told = {str(each.pk): row for each, row in said}
    free = dict(NAMES)
    for named, group in zip(groups_of_map(drawn), result["groups"], strict=True):
        camp = max(free, key=lambda name: _leaning(group, told, name), default=None)
        if camp is not None:
            name, portrait = free.pop(camp)
            name_group(by=scene.alice, drawn=drawn, key=named.key, name=name, portrait=portrait)
    by_key = {str(each.pk): each for each, _row in said}
    for each in result["consensus"]:
        row = told.get(each["statement"])
        need = needs.get(row["group"]) if row else None
        if need is not None and need.state != "draft":
            statement = Statement.objects.get(pk=by_key[each["statement"]].pk)
            give_opinions_as_evidence(by=scene.alice, need=need, readings={statement: "agreed"}, drawn=drawn)


def _leaning(group: dict, told: dict[str, Row], camp: str) -> float:
    """How much what sets a group apart is what this camp answers more than the others."""
    total = 0.0
    for each in group["representative"]:
        row = told.get(each["statement"])
        if row is not None:
            others = sum(int(row[name]) for name in CAMPS if name != camp) / 2
            side = 1 if each["direction"] == "agree" else -1
            total += side * (int(row[camp]) - others)
    return total


def _camp(chance: np.random.Generator) -> str:
    return str(chance.choice(CAMPS, p=SHARES))


def _answers(
    said: list[tuple[Statement, Row]], camp: str, about: int, chance: np.random.Generator
) -> Iterator[tuple[Statement, int]]:
    """What somebody of this camp answers to some of the statements; one answer in twelve is a pass."""
    count = min(len(said), max(6, int(chance.normal(about, 4))))
    for place in sorted(chance.choice(len(said), size=count, replace=False).tolist()):
        statement, row = said[place]
        if chance.random() < 1 / 12:
            yield statement, 0
        else:
            yield statement, 1 if chance.random() < int(row[camp]) / 100 else -1
