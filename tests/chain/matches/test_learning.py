"""Answers are used by the next calculation, told in plain words, and the same input gives the same proposals."""

import random

import pytest
from django.urls import reverse

from essor.chain.matches.computations import run as computation
from essor.chain.matches.computations.reading import read_territory
from essor.chain.matches.enums import Answer, Reason, Side
from essor.chain.matches.models import Match
from essor.chain.matches.services.answers import answer_match
from essor.chain.matches.services.computing import compute_run
from essor.chain.matches.services.runs import ask_run
from essor.common import clock
from essor.ground.directory.enums import Direction, ResourceKind
from essor.ground.directory.models import ActorTheme, Resource
from essor.ground.directory.services.merges import merge_actors, undo_merge
from essor.ground.territories.models import PerimeterCommune, Theme
from essor.web.matches.wording import said_lessons
from tests.factories.chain import (
    OrganisationActorFactory,
    PublicNeedFactory,
    PublicProjectFactory,
    TeamMemberFactory,
)
from tests.factories.people import OrganisationMemberFactory


@pytest.fixture
def food(territory):
    for code, lat in (("99704", 47.86), ("99705", 48.20)):
        PerimeterCommune.objects.create(
            territory=territory, code=code, name=f"Commune {code}", latitude=lat, longitude=3.45
        )
    return Theme.objects.create(territory=territory, name="Alimentation", slug="alimentation")


@pytest.fixture
def projects(territory, food, bilal):
    """Two projects that resemble each other, held by Bilal."""
    made = []
    for title in ("L’Épicerie du Lavoir", "L’Épicerie du Pont"):
        project = PublicProjectFactory(
            territory=territory, theme=food, title=title, latitude=47.86, longitude=3.45,
            pitch="Une épicerie tenue par ses clients, au bourg.",
        )  # fmt: skip
        TeamMemberFactory(project=project, person=bilal)
        made.append(project)
    return made


def actor(territory, food, name, commune="99704", words="Une épicerie au bourg"):
    made = OrganisationActorFactory(
        territory=territory, name=name, commune_code=commune, family="company", presentation=words
    )
    ActorTheme.objects.create(actor=made, theme=food)
    return made


def computed(by, territory):
    run = ask_run(by=by, territory=territory)
    compute_run(run_id=run.pk)
    run.refresh_from_db()
    return run


def points(run, project, card):
    found = Match.objects.select_related("run").get(run=run, project=project, actor=card)
    return {part["name"]: part["points"] for part in found.parts}


def declined(by, run, project, card, reason):
    match = Match.objects.get(run=run, project=project, actor=card)
    return answer_match(by=by, match=match, answer=Answer.DECLINED, reason=reason)


def lessons(run, project):
    return said_lessons(Match.objects.select_related("run").filter(run=run, project=project).first())


def test_too_far_brings_the_near_ones_first_for_this_project_alone_and_says_so(
    alice, bilal, territory, food, projects
):
    near, far, away = (
        actor(territory, food, name, code)
        for name, code in (("Près", "99704"), ("Loin", "99705"), ("Plus loin", "99705"))
    )
    first = computed(alice, territory)
    declined(bilal, first, projects[0], away, Reason.TOO_FAR)
    second = computed(alice, territory)
    before, after = points(first, projects[0], far), points(second, projects[0], far)
    assert after["distance"] < before["distance"]
    assert points(second, projects[1], far) == points(first, projects[1], far)
    assert points(second, projects[0], near)["distance"] == 150
    (told,) = lessons(second, projects[0])
    assert "la moitié des points de distance se perd à 7" in told
    assert lessons(second, projects[1]) == []


def test_not_our_theme_gives_more_weight_to_themes(alice, bilal, territory, food, projects):
    kept, gone = (actor(territory, food, name) for name in ("Un", "Deux"))
    declined(bilal, computed(alice, territory), projects[0], gone, Reason.OTHER_THEME)
    run = computed(alice, territory)
    found = Match.objects.get(run=run, project=projects[0], actor=kept)
    assert {part["name"]: part["most"] for part in found.parts}["themes"] == 200
    assert "50 points sont passés des mots aux thèmes" in lessons(run, projects[0])[0]


def test_not_relevant_lowers_what_resembles_it(alice, bilal, territory, food, projects):
    like, gone = (actor(territory, food, name) for name in ("Un", "Deux"))
    first = computed(alice, territory)
    declined(bilal, first, projects[0], gone, Reason.NOT_RELEVANT)
    second = computed(alice, territory)
    assert points(second, projects[0], like)["text"] < points(first, projects[0], like)["text"]
    assert "perd des points" in lessons(second, projects[0])[0]


def test_no_time_of_the_candidate_spares_it_everywhere_for_three_months(
    alice, chloe, territory, food, projects, association, at
):
    traveller = at("2026-11-27T10:00:00+01:00")
    busy = OrganisationActorFactory(
        territory=territory, organisation=association, presentation="Une épicerie au bourg"
    )
    actor(territory, food, "Une autre")
    declined(chloe, computed(alice, territory), projects[0], busy, Reason.NO_TIME)
    assert not Match.objects.filter(run=computed(alice, territory), actor=busy).exists()
    traveller.shift(91 * 86_400)
    run = computed(alice, territory)
    assert Match.objects.filter(run=run, project=projects[1], actor=busy).exists()
    assert not Match.objects.filter(run=run, project=projects[0], actor=busy).exists(), "this no still holds"


@pytest.mark.parametrize("reason", [Reason.NO_TIME, Reason.ALREADY_KNOWN, Reason.CONFLICT])
def test_what_a_seeker_says_of_one_pair_closes_no_other(alice, bilal, territory, food, projects, reason):
    card = actor(territory, food, "Une épicière")
    answer = declined(bilal, computed(alice, territory), projects[0], card, reason)
    assert answer.side == Side.SEEKER
    run = computed(alice, territory)
    assert not Match.objects.filter(run=run, project=projects[0], actor=card).exists()
    assert Match.objects.filter(run=run, project=projects[1], actor=card).exists()
    assert said_lessons(Match.objects.select_related("run").filter(run=run).first()) == []


def test_a_no_taken_back_teaches_no_more(alice, bilal, territory, food, projects):
    far, away = (actor(territory, food, name, "99705") for name in ("Loin", "Plus loin"))
    first = computed(alice, territory)
    match = Match.objects.get(run=first, project=projects[0], actor=away)
    answer_match(by=bilal, match=match, answer=Answer.DECLINED, reason=Reason.TOO_FAR)
    answer_match(by=bilal, match=match, answer=Answer.ACCEPTED)
    second = computed(alice, territory)
    assert points(second, projects[0], far) == points(first, projects[0], far)
    assert Match.objects.filter(run=second, pair=match.pair).exists()


def test_a_refusal_of_a_double_holds_for_the_card_that_was_kept(alice, bilal, territory, food, projects):
    kept, gone = (actor(territory, food, name) for name in ("Gardée", "Double"))
    declined(bilal, computed(alice, territory), projects[0], gone, Reason.CONFLICT)
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    assert not Match.objects.filter(run=computed(alice, territory), project=projects[0], actor=kept).exists()
    undo_merge(by=alice, merge=merge)
    assert Match.objects.filter(run=computed(alice, territory), project=projects[0], actor=kept).exists()


def test_families_and_themes_already_linked_are_no_longer_unusual(alice, territory, food, projects):
    """Past links count: who works with a company already is not told that a company is a discovery."""
    card = actor(territory, food, "Une entreprise")
    first = points(computed(alice, territory), projects[0], card)
    TeamMemberFactory(project=projects[0], person=None, actor=actor(territory, food, "Déjà là"))
    second = points(computed(alice, territory), projects[0], card)
    assert second["unusual"] < first["unusual"]
    assert second["families"] < first["families"]


def test_the_page_says_what_a_no_will_do_and_what_it_did(alice, bilal, territory, food, projects, client_of):
    for name in ("Loin", "Plus loin"):
        actor(territory, food, name, "99705")
    run = computed(alice, territory)
    match = Match.objects.filter(run=run, project=projects[0]).first()
    address = reverse("territory:match", args=["val-de-lume", match.pk])
    browser = client_of(bilal)
    answer = browser.post(address, {"answer": "declined", "reason": "too_far", "side": "seeker"}, follow=True)
    assert "La distance comptera plus" in answer.content.decode()
    again = Match.objects.filter(run=computed(alice, territory), project=projects[0]).first()
    page = browser.get(address.replace(f"/{match.pk}/", f"/{again.pk}/")).content.decode()
    assert "Ce que les réponses déjà données ont changé" in page


def stored(run):
    return list(
        Match.objects.filter(run=run).order_by("pair").values_list(
            "pair", "rank", "score", "parts", "would_change", "is_unusual"
        )
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_things_are_read_changes_nothing(
    alice, bilal, chloe, territory, food, projects, monkeypatch, seed
):
    cards = [
        actor(territory, food, f"Acteur {n}", ("99704", "99705")[n % 2], f"Une épicerie au bourg {n % 3}")
        for n in range(12)
    ]
    for card in cards[::2]:
        Resource.objects.create(
            actor=card, direction=Direction.OFFERS, kind=ResourceKind.PLACES, words="Un local au bourg",
            created_at=clock.now(),
        )  # fmt: skip
    PublicNeedFactory(territory=territory, theme=food, statement="Une épicerie au bourg")
    OrganisationMemberFactory(organisation=cards[3].organisation, person=chloe)
    first = computed(alice, territory)
    for rank, reason in ((0, Reason.TOO_FAR), (1, Reason.NOT_RELEVANT), (2, Reason.OTHER_THEME)):
        match = Match.objects.filter(run=first, project=projects[0], actor__isnull=False).order_by("rank")[
            rank
        ]
        answer_match(by=bilal, match=match, answer=Answer.DECLINED, reason=reason)
    straight = computed(alice, territory)

    def shuffled(where):
        read, chance = read_territory(where), random.Random(seed)
        for items in read.items.values():
            chance.shuffle(items)
        chance.shuffle(read.linked)
        return read

    monkeypatch.setattr(computation, "read_territory", shuffled)
    other = computed(alice, territory)
    assert stored(other) == stored(straight) != []
    assert other.input_digest == straight.input_digest
    assert other.method["learnt"] == straight.method["learnt"] != {}
