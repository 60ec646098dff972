"""The sheet of a project: what everybody reads of it, and what only its team does."""

import pytest

from essor.chain.projects.services.sheets import save_section
from essor.common import aligning
from tests.factories.chain import PublicProjectFactory, TeamMemberFactory


@pytest.fixture
def project(territory, bilal):
    made = PublicProjectFactory(territory=territory)
    TeamMemberFactory(project=made, person=bilal)
    return made


def sheet(project):
    return f"/t/val-de-lume/projets/{project.slug}/fiche/"


def test_a_version_of_a_word_that_comes_back_thousands_of_times_is_read_at_a_known_cost(
    project, bilal, client, monkeypatch
):
    tables = []

    def counted(one, two, _common=aligning._common):
        tables.append(len(one) * len(two))
        return _common(one, two)

    monkeypatch.setattr(aligning, "_common", counted)
    save_section(by=bilal, project=project, key="why", words="a b " * 4_500, base=0)
    save_section(by=bilal, project=project, key="why", words="b a " * 4_499 + "a", base=1)
    assert client.get(f"{sheet(project)}versions/2/").status_code == 200
    assert sum(tables) <= 2 * aligning.MOST


def test_a_clash_of_hostile_words_gives_both_back(project, bilal, alice, client_of):
    save_section(by=bilal, project=project, key="why", words="a b " * 4_500, base=0)
    save_section(by=alice, project=project, key="why", words="b a " * 4_499, base=1)
    answer = client_of(bilal).post(f"{sheet(project)}why/", {"words": "a c " * 4_500, "base": "1"})
    assert answer.status_code == 200
    assert "a c a c" in answer.content.decode()


def test_a_note_for_the_team_is_read_by_the_team_alone(project, bilal, alice, chloe, farid, client_of):
    save_section(by=bilal, project=project, key="why", words="Un car.", base=0, note="Dit à Paul")
    for page in ("versions/", "versions/1/"):
        for somebody in (bilal, alice):
            assert "Dit à Paul" in client_of(somebody).get(f"{sheet(project)}{page}").content.decode()
        for somebody in (None, chloe, farid):
            assert "Dit à Paul" not in client_of(somebody).get(f"{sheet(project)}{page}").content.decode()
