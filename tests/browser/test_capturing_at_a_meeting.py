"""Noting what is said at a meeting with the keyboard alone, while the network comes and goes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.listening.models import Contribution

SAVED = "li[data-state=saved]"


@pytest.fixture
def noting(screen, small_world, alice, sign_in):
    """Alice in front of the screen of the meeting, before anybody has spoken."""
    Contribution.objects.filter(gathering=small_world.held).update(gathering=None)
    sign_in(screen, alice)
    screen.goto(
        reverse("territory:atelier_capture_meeting", args=[small_world.territory.slug, small_world.held.slug])
    )
    expect(screen.get_by_label("Ce qui est dit")).to_be_focused()
    return screen


def _note(page, words):
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def _saved(page, count):
    expect(page.locator("[data-log]").locator(SAVED)).to_have_count(count)
    expect(page.locator("[data-total]")).to_have_text(str(count))


def _heard(world):
    return list(Contribution.objects.filter(gathering=world.held).order_by("pk"))


def test_several_lines_are_noted_without_leaving_the_keyboard(noting, small_world, axe):
    noting.keyboard.press("Alt+3")
    noting.keyboard.press("Alt+F")
    _note(noting, "Il manque un bus.")
    _note(noting, "+ Et un train.")
    _note(noting, "Moi je marche.")
    _saved(noting, 3)
    axe(noting)
    bus, train, walk = _heard(small_world)
    assert [each.words for each in (bus, train, walk)] == [
        "Il manque un bus.",
        "Et un train.",
        "Moi je marche.",
    ]
    assert {each.table for each in (bus, train, walk)} == {"3"}
    assert bus.speaker_id == train.speaker_id != walk.speaker_id
    assert bus.family != "citizen"


def test_table_and_lines_survive_a_reload(noting):
    noting.keyboard.press("Alt+5")
    _note(noting, "Il manque un bus.")
    _saved(noting, 1)
    noting.reload()
    expect(noting.get_by_label("5", exact=True)).to_be_checked()
    expect(noting.get_by_label("Ce qui est dit")).to_be_focused()
    _note(noting, "+ Et un train.")
    _saved(noting, 2)


def test_lines_noted_without_network_wait_here_and_then_go(noting, small_world, watch):
    watch.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    noting.context.set_offline(True)
    _note(noting, "Il manque un bus.")
    _note(noting, "+ Et un train.")
    expect(noting.get_by_text("Hors connexion : les lignes sont gardées sur cet appareil")).to_be_visible()
    expect(noting.locator("[data-waiting]")).to_have_text("2 · gardée ici")
    assert _heard(small_world) == []
    noting.context.set_offline(False)
    _saved(noting, 2)
    bus, train = _heard(small_world)
    assert bus.speaker_id == train.speaker_id


def test_lines_not_yet_sent_survive_a_reload(noting, small_world, watch):
    watch.expected.append("ERR_FAILED")
    lines = "**/lignes/**"
    noting.route(lines, lambda route: route.abort())
    _note(noting, "Il manque un bus.")
    expect(noting.locator("[data-waiting]")).to_have_text("1 · gardée ici")
    noting.reload()
    expect(noting.locator("[data-log] li")).to_contain_text("Il manque un bus.")
    assert _heard(small_world) == []
    noting.unroute(lines)
    noting.reload()
    _saved(noting, 1)
    assert len(_heard(small_world)) == 1


def test_the_line_before_is_corrected_and_its_first_wording_kept(noting, small_world):
    _note(noting, "Il manque un bas.")
    _saved(noting, 1)
    noting.keyboard.press("Alt+ArrowUp")
    expect(noting.get_by_label("Ce qui est dit")).to_have_value("Il manque un bas.")
    noting.get_by_label("Ce qui est dit").fill("Il manque un bus.")
    noting.keyboard.press("Enter")
    expect(noting.locator("[data-waiting]")).to_be_hidden()
    expect(noting.locator("[data-log] li [data-words]")).to_have_text("Il manque un bus.")
    (voice,) = _heard(small_world)
    assert voice.words == "Il manque un bus."
    assert voice.versions.order_by("number").first().words == "Il manque un bas."


def test_the_last_line_is_withdrawn_with_one_key(noting, small_world):
    _note(noting, "Il manque un bus.")
    _saved(noting, 1)
    noting.keyboard.press("Alt+Z")
    _saved(noting, 0)
    assert [each.state for each in _heard(small_world)] == ["withdrawn"]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_line_is_noted_without_scripts(size, page_of_size, small_world, alice, sign_in):
    page = page_of_size(size, java_script_enabled=False)
    sign_in(page, alice)
    page.goto(
        reverse("territory:atelier_capture_meeting", args=[small_world.territory.slug, small_world.held.slug])
    )
    page.get_by_label("Ce qui est dit").fill("Il manque un bus.")
    page.get_by_role("button", name="Garder cette ligne").click()
    expect(page.locator("[data-log] li").last).to_contain_text("Il manque un bus.")
