"""What people get wrong between a need and an alliance: the page says what and how to mend it, nothing is lost."""

import re
from datetime import timedelta

import pytest

from essor.chain.alliances.enums import MemberState
from essor.chain.alliances.models import Alliance, Commitment
from essor.chain.alliances.services.members import consent, invite_member, leave
from essor.chain.challenges.models import Challenge
from essor.chain.projects.models import ProjectNeed
from essor.common import clock
from tests.factories.chain import (
    OrganisationActorFactory,
    PublicAllianceFactory,
    PublicNeedFactory,
    PublicProjectFactory,
    TeamMemberFactory,
)

HOME = "/t/val-de-lume/"
FAR = timedelta(days=30)


def text_of(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


# A circular alliance


def test_a_long_circle_of_alliances_is_named_whole_and_nothing_is_lost(territory, alice, client_of):
    large = PublicAllianceFactory(territory=territory, title="La grande")
    middle = PublicAllianceFactory(territory=territory, title="La moyenne", parent=large)
    small = PublicAllianceFactory(territory=territory, title="La petite", parent=middle)
    typed = {"title": "La grande, redite", "purpose": "Manger ici.", "unusual": "Un notaire et un boulanger.",
             "parent": small.pk}  # fmt: skip
    page = text_of(client_of(alice).post(f"{HOME}alliances/{large.slug}/modifier/", typed))
    assert "dans elle-même" in page
    assert "La moyenne" in page, "the way round is told"
    for words in ("La grande, redite", "Manger ici.", "Un notaire et un boulanger."):
        assert words in page
    assert re.search(rf'value="{small.pk}"[^>]*checked', page), "the choice is still ticked"
    large.refresh_from_db()
    assert (large.title, large.parent) == ("La grande", None)


def test_an_alliance_is_not_inside_itself_nor_inside_one_of_elsewhere(
    territory, other_territory, alice, client_of
):
    mine = PublicAllianceFactory(territory=territory)
    theirs = PublicAllianceFactory(territory=other_territory)
    address = f"{HOME}alliances/{mine.slug}/modifier/"
    for parent, words in ((mine, "dans elle-même"), (theirs, "de ce territoire")):
        page = text_of(
            client_of(alice).post(address, {"title": "La nôtre", "purpose": "Mes mots.", "parent": parent.pk})
        )
        assert words in page
        assert "Mes mots." in page
    assert theirs.title not in page
    assert Alliance.objects.get(pk=mine.pk).parent is None


# A withdrawn member


@pytest.fixture
def gone(territory, alice, association, chloe):
    """Les Semeurs said yes, then left."""
    alliance = PublicAllianceFactory(territory=territory)
    card = OrganisationActorFactory(territory=territory, organisation=association)
    member = invite_member(by=alice, alliance=alliance, actor=card)
    consent(by=chloe, member=member)
    leave(by=chloe, member=member, because="Plus le temps.")
    member.refresh_from_db()
    return member


@pytest.mark.parametrize(
    ("gesture", "typed", "kept"),
    [
        ("engagement/", {"kind": "time", "words": "Deux jours de bras"}, "Deux jours de bras"),
        ("interet/", {"words": "Ma sœur y travaille."}, "Ma sœur y travaille."),
        ("partir/", {"because": "Encore une fois."}, "Encore une fois."),
    ],
)
def test_who_has_left_reads_why_it_cannot_be_done_and_keeps_what_was_typed(
    gone, chloe, client_of, gesture, typed, kept
):
    address = f"{HOME}alliances/{gone.alliance.slug}/table/{gone.pk}/{gesture}"
    answer = client_of(chloe).post(address, typed)
    if answer.status_code in (403, 404):
        pytest.fail("a member who left reads a sentence, not a closed door")
    page = text_of(answer)
    assert "nvite" in page or "parti" in page, "the mend: be invited again"
    assert kept in page
    gone.refresh_from_db()
    assert gone.state == MemberState.LEFT
    assert not Commitment.objects.exists()


def test_a_facilitator_cannot_note_the_yes_of_who_left_and_reads_the_mend(gone, alice, client_of):
    address = f"{HOME}alliances/{gone.alliance.slug}/table/{gone.pk}/accord/"
    page = text_of(client_of(alice).post(address, {"manner": "spoken"}))
    assert "Invitez-le de nouveau" in page
    gone.refresh_from_db()
    assert gone.state == MemberState.LEFT


def test_who_left_is_invited_again_from_the_same_page(gone, alice, client_of):
    address = f"{HOME}alliances/{gone.alliance.slug}/table/"
    answer = client_of(alice).post(address, {"actor": gone.actor.pk, "role": "brings", "college": ""})
    assert answer.status_code == 302
    gone.refresh_from_db()
    assert gone.state == MemberState.INVITED


def test_an_actor_taken_out_of_the_directory_is_not_invited(territory, alice, client_of):
    alliance = PublicAllianceFactory(territory=territory)
    card = OrganisationActorFactory(territory=territory, state="withdrawn")
    typed = {"actor": card.pk, "role": "brings", "college": "Usagers de la ligne"}
    page = text_of(client_of(alice).post(f"{HOME}alliances/{alliance.slug}/table/", typed))
    assert "choisissez dans la liste" in page
    assert "Usagers de la ligne" in page


# A project that answers a need of another territory


@pytest.fixture
def project(territory, bilal):
    found = PublicProjectFactory(territory=territory)
    TeamMemberFactory(project=found, person=bilal)
    return found


def test_a_need_of_another_territory_is_refused_on_its_field_and_how_is_kept(
    project, bilal, other_territory, client_of
):
    theirs = PublicNeedFactory(territory=other_territory, statement="Un secret de Hautes-Roches")
    typed = {"need": theirs.pk, "how": "En ouvrant le soir."}
    page = text_of(client_of(bilal).post(f"{HOME}projets/{project.slug}/besoins/", typed))
    assert "Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici." in page
    assert 'aria-invalid="true"' in page
    assert "En ouvrant le soir." in page
    assert "Un secret" not in page
    assert not ProjectNeed.objects.exists()


def test_a_challenge_and_an_alliance_take_no_need_of_elsewhere_either(
    territory, other_territory, alice, client_of
):
    theirs = PublicNeedFactory(territory=other_territory)
    typed = {"title": "Rouler le soir", "summary": "Essayer une navette.", "need": theirs.pk}
    page = text_of(client_of(alice).post(f"{HOME}defis/nouveau/", typed))
    assert "choisissez-en un d’ici" in page
    assert "Essayer une navette." in page
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    page = text_of(client_of(alice).post(f"{HOME}alliances/{alliance.slug}/confier/", {"need": theirs.pk}))
    assert "choisissez-en un d’ici" in page


def test_a_new_project_for_a_need_of_elsewhere_begins_without_it(
    bilal, territory, other_territory, client_of
):
    theirs = PublicNeedFactory(territory=other_territory, slug="un-besoin-de-la-bas", statement="Là-bas")
    answer = client_of(bilal).get(f"{HOME}projets/nouveau/?besoin={theirs.slug}")
    assert answer.status_code in (200, 404)
    assert "Là-bas" not in answer.content.decode()


# A challenge without dates


def dated(**changes):
    """The form of a challenge, with its three phases one after the other."""
    day = clock.today() + FAR
    typed = {"title": "Une navette du soir", "summary": "Trouver deux chauffeurs."}
    for kind in ("learn", "create", "act"):
        typed |= {f"{kind}_aim": f"Le but de {kind}", f"{kind}_starts_on": day.isoformat()}
        typed[f"{kind}_ends_on"] = (day + FAR).isoformat()
        day += FAR + timedelta(days=1)
    return {**typed, **changes}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"create_starts_on": ""}, "n’a pas de dates"),
        ({"create_ends_on": ""}, "n’a pas de dates"),
        ({"act_starts_on": "", "act_ends_on": ""}, "n’a pas de dates"),
        ({"learn_aim": ""}, "n’a pas de but"),
    ],
)
def test_a_challenge_without_dates_stays_a_draft_and_says_which_phase(
    bilal, territory, client_of, change, words
):
    browser = client_of(bilal)
    assert browser.post(f"{HOME}defis/nouveau/", dated(**change)).status_code == 302
    made = Challenge.objects.get()
    page = text_of(browser.post(f"{HOME}defis/{made.slug}/lancer/", follow=True))
    assert words in page
    assert "La phase «" in page
    made.refresh_from_db()
    assert made.state == "draft"
    form = text_of(browser.get(f"{HOME}defis/{made.slug}/modifier/"))
    assert "Trouver deux chauffeurs." in form
    browser.post(f"{HOME}defis/{made.slug}/modifier/", dated())
    assert words not in text_of(browser.post(f"{HOME}defis/{made.slug}/lancer/", follow=True))


@pytest.mark.parametrize("day", ["31/02/2027", "hier", "2027-13-01"])
def test_a_day_that_does_not_exist_is_told_on_its_field_and_the_rest_is_kept(
    bilal, territory, client_of, day
):
    page = text_of(client_of(bilal).post(f"{HOME}defis/nouveau/", dated(create_ends_on=day)))
    assert 'aria-invalid="true"' in page
    assert "Le but de act" in page
    assert not Challenge.objects.exists()


def test_a_phase_that_ends_before_it_begins_is_told_on_its_field(bilal, territory, client_of):
    page = text_of(
        client_of(bilal).post(f"{HOME}defis/nouveau/", dated(learn_ends_on=clock.today().isoformat()))
    )
    assert "échangez ses dates" in page
    assert 'aria-invalid="true"' in page
    assert "Le but de learn" in page


def test_an_open_challenge_does_not_lose_its_dates_by_a_rewording(bilal, territory, client_of):
    browser = client_of(bilal)
    browser.post(f"{HOME}defis/nouveau/", dated())
    made = Challenge.objects.get()
    browser.post(f"{HOME}defis/{made.slug}/lancer/")
    before = list(made.phases.order_by("pk").values_list("starts_on", "ends_on"))
    without = dated(learn_starts_on="", learn_ends_on="", summary="D’autres mots.")
    answer = browser.post(f"{HOME}defis/{made.slug}/modifier/", without)
    made.refresh_from_db()
    if made.published_at is not None:
        page = text_of(answer)
        assert "n’a pas de dates" in page
        assert "D’autres mots." in page
        assert list(made.phases.order_by("pk").values_list("starts_on", "ends_on")) == before
