"""The log of those who are met, as facilitators use it together."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from essor.chain.holders.models import Encounter, ProjectHolder
from essor.chain.holders.services.encounters import record_encounter
from essor.chain.holders.services.holders import HolderWords, add_holder
from essor.common import clock

LOG = "/t/val-de-lume/atelier/porteurs/"


@pytest.fixture
def simone(territory, alice):
    words = HolderWords(name="Simone", idea="Un repas.", next_step="Rappeler", next_on=clock.today())
    return add_holder(by=alice, territory=territory, words=words)


def test_a_next_step_without_a_date_shows_on_the_card_the_board_and_the_list(territory, alice, client_of):
    words = HolderWords(name="Marius", idea="Un four.", next_step="Visiter le fournil")
    card = add_holder(by=alice, territory=territory, words=words)
    for address in (LOG, f"{LOG}liste/", f"{LOG}{card.pk}/"):
        assert "Visiter le fournil" in client_of(alice).get(address).content.decode()


def _form(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_two_browsers_on_one_card_lose_nothing(simone, alice, elise, client_of):
    hers, theirs = client_of(alice), client_of(elise)
    address = f"{LOG}{simone.pk}/modifier/"
    first, second = _form(hers, address), _form(theirs, address)
    hers.post(address, first | {"idea": "Un grand repas du jeudi.", "phone": "06 00 00 00 01"})
    answer = theirs.post(address, second | {"idea": "Une cantine mobile.", "email": "s@example.org"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Quelqu’un a écrit en même temps" in page
    assert "Un grand repas du jeudi." in page
    assert "Une cantine mobile." in page
    simone.refresh_from_db()
    assert (simone.idea, simone.email) == ("Un grand repas du jeudi.", "")
    again = answer.context["form"]
    given = {name: again[name].value() or "" for name in again.fields}
    assert (given["phone"], given["email"]) == ("06 00 00 00 01", "s@example.org")
    assert theirs.post(address, given | {"idea": "Une cantine mobile, un grand repas."}).status_code == 302
    simone.refresh_from_db()
    assert (simone.idea, simone.phone, simone.email) == (
        "Une cantine mobile, un grand repas.",
        "06 00 00 00 01",
        "s@example.org",
    )


def test_a_token_somebody_touched_overwrites_nothing(simone, elise, client_of):
    address = f"{LOG}{simone.pk}/modifier/"
    browser = client_of(elise)
    answer = browser.post(address, _form(browser, address) | {"name": "Autre", "base": "touché"})
    assert answer.status_code == 200
    simone.refresh_from_db()
    assert simone.name == "Simone"


def test_a_meeting_noted_from_the_card_keeps_the_next_step_set_meanwhile(simone, alice, elise, client_of):
    browser = client_of(elise)
    form = browser.get(f"{LOG}{simone.pk}/").context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    given |= {"on": clock.today().isoformat(), "manner": "face", "privacy": "team", "note": "Vue au marché."}
    ProjectHolder.objects.update(next_step="Visiter la salle")
    answer = browser.post(f"{LOG}{simone.pk}/rencontre/", given | {"next_step": "Écrire"})
    assert "Visiter la salle" in answer.content.decode()
    assert "Vue au marché." in answer.content.decode()
    assert not Encounter.objects.exists()
    browser.post(f"{LOG}{simone.pk}/rencontre/", given)
    assert Encounter.objects.get().note == "Vue au marché."
    simone.refresh_from_db()
    assert simone.next_step == "Visiter la salle"


def test_a_note_is_reworded_by_its_author_and_completed_by_others(simone, alice, elise, client_of):
    note = record_encounter(by=alice, holder=simone, manner="face", on=clock.today(), note="Un four.")
    card, one = f"{LOG}{simone.pk}/", f"{LOG}{simone.pk}/notes/{note.pk}/"
    hers, theirs = client_of(alice), client_of(elise)
    assert "Reprendre la note" in hers.get(card).content.decode()
    page = theirs.get(card).content.decode()
    assert "Reprendre la note" not in page
    assert "Ajouter ma note" in page
    assert theirs.get(one).status_code == 302
    theirs.post(one, {"note": "Effacé !", "privacy": "team"})
    theirs.post(f"{one}retirer/")
    note.refresh_from_db()
    assert (note.note, note.removed_at) == ("Un four.", None)
    theirs.post(f"{one}ajouter/", {"note": "Et une salle.", "privacy": "team"})
    assert "Et une salle." in hers.get(card).content.decode()
    hers.post(one, _form(hers, one) | {"note": "Deux fours."})
    hers.post(f"{one}retirer/")
    assert "Deux fours." not in theirs.get(card).content.decode()
    hers.post(f"{one}retirer/", {"back": "1"})
    assert "Deux fours." in theirs.get(card).content.decode()


def test_the_card_says_until_when_it_is_kept_and_a_contact_renews_it(simone, alice, client_of):
    browser = client_of(alice)
    ProjectHolder.objects.update(last_contact_on=clock.months_after(clock.today(), -23), next_on=None)
    assert "J’ai de ses nouvelles" in browser.get(f"{LOG}{simone.pk}/").content.decode()
    assert "1 fiche sera effacée" in browser.get(LOG).content.decode().replace("\u202f", " ")
    browser.post(f"{LOG}{simone.pk}/nouvelles/")
    simone.refresh_from_db()
    assert simone.last_contact_on == clock.today()
    assert "J’ai de ses nouvelles" not in browser.get(f"{LOG}{simone.pk}/").content.decode()


def test_next_steps_go_to_the_calendar_as_the_list_filters_them(simone, territory, alice, client_of):
    words = HolderWords(name="Marius", next_step="Visiter", next_on=clock.today() - timedelta(days=4))
    add_holder(by=alice, territory=territory, words=words)
    add_holder(by=alice, territory=territory, words=HolderWords(name="Sans date"))
    browser = client_of(alice)
    answer = browser.get(f"{LOG}prochains-pas.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in events] == ["Marius : Visiter", "Simone : Rappeler"]
    assert events[1].decoded("DTSTART") == clock.today()
    late = Calendar.from_ical(browser.get(f"{LOG}prochains-pas.ics?due=late").content).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in late] == ["Marius : Visiter"]
    assert "Simone" not in browser.get(f"{LOG}liste/?due=late").content.decode()


@pytest.mark.parametrize("path", ["prochains-pas.ics", "liste/?due=late"])
def test_nobody_else_has_the_next_steps(path, simone, bilal, farid, client_of):
    assert client_of(None).get(f"{LOG}{path}").status_code == 302
    assert client_of(bilal).get(f"{LOG}{path}").status_code == 403
    assert client_of(farid).get(f"{LOG}{path}").status_code == 403
