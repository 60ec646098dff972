import pytest
from django.db import connection

from essor.chain.challenges.models import Challenge
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common.full_text import matching
from essor.common.text import search_text
from tests.factories.chain import OpenChallengeFactory, PublicProjectFactory
from tests.factories.needs import DraftNeedFactory


def need_saying(territory, words):
    return DraftNeedFactory(territory=territory, statement=words, search=search_text(words))


@pytest.fixture
def school(territory):
    return need_saying(territory, "Garder l’école du village")


@pytest.mark.parametrize("asked", ["ecole", "ÉCOLES", "l’école du vill", "villages école", "écol"])
def test_a_search_forgives_accents_case_plurals_and_an_unfinished_word(school, asked):
    assert list(matching(Need.objects.all(), asked)) == [school]


@pytest.mark.parametrize("asked", ["hôpital", "école hôpital"])
def test_every_word_must_be_there(school, asked):
    assert list(matching(Need.objects.all(), asked)) == []


@pytest.mark.parametrize("asked", ["", "  ", "« »", "!!!"])
def test_a_question_without_words_gives_everything_back(school, asked):
    assert list(matching(Need.objects.all(), asked)) == [school]


@pytest.mark.parametrize(
    "asked", ['école" OR 1=1', "école'); DROP TABLE needs_need; --", "NEAR(école)", "a" * 5000]
)
def test_no_question_breaks_the_search(school, asked):
    list(matching(Need.objects.all(), asked))
    assert Need.objects.filter(pk=school.pk).exists()


def test_the_index_follows_changes_and_deletions(school):
    Need.objects.filter(pk=school.pk).update(search=search_text("Sauver la rivière"))
    assert list(matching(Need.objects.all(), "rivière")) == [school]
    assert not matching(Need.objects.all(), "école").exists()
    school.delete()
    assert not matching(Need.objects.all(), "rivière").exists()


def test_the_index_exists_on_this_database(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'needs_need_fts'")
        else:
            cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'needs_need_fts'")
        assert cursor.fetchone()[0] == 1


def test_every_index_follows_its_table(db):
    """A migration that rebuilds a table of SQLite drops its triggers, and the search goes silent."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its indexes when a table changes")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        indexes = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        triggers = {name for (name,) in cursor.fetchall()}
    assert indexes
    assert {f"{name}_{what}" for name in indexes for what in ("added", "changed", "deleted")} <= triggers


def test_projects_and_challenges_are_found_by_their_words(territory):
    project = PublicProjectFactory(territory=territory, search=search_text("Une épicerie du soir"))
    challenge = OpenChallengeFactory(territory=territory, search=search_text("Une navette du soir"))
    assert list(matching(Project.objects.all(), "epiceries")) == [project]
    assert list(matching(Challenge.objects.all(), "navettes")) == [challenge]
