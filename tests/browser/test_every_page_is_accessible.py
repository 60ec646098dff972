"""Every page of the site, on a phone by day and on a desktop by night: axe, one title, no sideways scroll.

The fixture `watch` adds: no error in the console, no request that leaves the machine.
"""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Error

from essor.chain.listening.services.consultations import add_question, close_consultation, draft_consultation
from essor.chain.listening.services.consultations import open_consultation as open_one
from essor.chain.needs.enums import Stance
from essor.chain.needs.services.codes import add_code
from essor.chain.needs.services.needs import draft_need, publish_need, set_evidence
from essor.chain.needs.services.syntheses import ask_synthesis
from essor.ground.notices import less
from essor.ground.people.services.accounts import make_sign_in_link
from essor.ground.people.services.invitations import invite
from tests.browser import pages, world
from tests.factories.people import PASSWORD

VIEWS = {"phone by day": ("phone", "light"), "desktop by night": ("desktop", "dark")}


@pytest.fixture
def things(small_world, alice, elise, moderator, bilal, chloe, driss, association):
    """What the addresses of every page name."""
    territory, voices = small_world.territory, small_world.voices
    found = SimpleNamespace(**vars(small_world), voice=voices[0])
    found.moderated = world.moderated(small_world, moderator)
    found.appeal = found.moderated["hidden"].contribution.appeals.get()
    found.phase = small_world.consultation.phases.first()
    found.document = world.published_document(small_world, alice)
    world.heard_at_interview(small_world, alice)
    found.slips = world.pasted_slips(small_world, alice)
    found.imports = world.imported_files(small_world, alice)
    found.draft_consultation, found.closed_consultation = _other_consultations(territory, alice)
    found.synthesis = ask_synthesis(by=alice, territory=territory, title="Ce que nous avons entendu")
    found.synthesis.refresh_from_db()
    found.group = found.synthesis.groups.standing().exclude(parent=None).first()
    found.draft_need = _need(alice, territory, "Trouver un médecin près de chez soi", voices[:3])
    found.need = publish_need(by=alice, need=_need(alice, territory, "Pouvoir rentrer le soir", voices[3:8]))
    found.code = add_code(by=alice, territory=territory, value="A01-11", meaning="manque de transport")
    found.link_secret = make_sign_in_link(person=bilal)
    found.invitation_secret = invite(by=elise, territory=territory, email="x@example.org", role="member")[1]
    found.less = less.sign(bilal)
    found.membership = bilal.memberships.get()
    found.theme = territory.themes.first()
    found.organisation = association
    found.alice, found.elise, found.moderator, found.bilal, found.chloe = (
        alice,
        elise,
        moderator,
        bilal,
        chloe,
    )
    found.driss = driss
    for section in pages.LATER:
        section.furnish(found)
    return found


def _need(alice, territory, statement, voices):
    need = draft_need(by=alice, territory=territory, statement=statement, context="Ce que l’on en sait.")
    stances = {each: Stance.CONTRARY if rank == 1 else Stance.SUPPORTS for rank, each in enumerate(voices)}
    return set_evidence(by=alice, need=need, voices=stances)


def _other_consultations(territory, alice):
    draft = draft_consultation(by=alice, territory=territory, title="À venir", summary="Bientôt.")
    closed = draft_consultation(by=alice, territory=territory, title="L’an dernier", summary="Finie.")
    for each in (draft, closed):
        add_question(by=alice, consultation=each, text="Et vous ?")
    open_one(by=alice, consultation=closed)
    return draft, close_consultation(by=alice, consultation=closed)


@pytest.fixture
def walk(page_of_size, live_server, axe):
    """Opens these addresses one after the other in both views, and tells all that is wrong at once."""

    def through(addresses: list[str], client: Client | None = None) -> None:
        told = []
        for view, (size, scheme) in VIEWS.items():
            page = page_of_size(size, color_scheme=scheme)
            _take_cookies(page.context, client, live_server.url)
            told += [f"{view}: {each}" for address in addresses for each in _look(page, address, axe)]
        if told:
            pytest.fail("\n".join(told), pytrace=False)

    return through


def _take_cookies(context: BrowserContext, client: Client | None, home: str) -> None:
    for cookie in client.cookies.values() if client else ():
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": home + (cookie["path"] or "/")}]
        )


def _look(page, address, axe) -> list[str]:
    try:
        answer = page.goto(address)
    except Error as broken:
        return [f"{address}: {broken.message.splitlines()[0]}"]
    told = []
    if urlsplit(page.url).path != urlsplit(address).path:
        told.append(f"{address}: leads to {page.url}, so it is not seen here")
    if answer.status not in (200, 401, 410):
        told.append(f"{address}: answers {answer.status}")
    headings = page.locator("h1:visible").count()
    if headings != 1:
        told.append(f"{address}: {headings} titles of first level, not one")
    if not page.title().strip(" –"):
        told.append(f"{address}: the page has no title")
    try:
        axe(page)
    except pytest.fail.Exception as found:
        told.append(str(found))
    return told


def _signed_in(person) -> Client:
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert settings.SESSION_COOKIE_NAME in client.cookies
    return client


def _visitor(things) -> Client:
    """Somebody who has just given a voice, opened another with its code, and kept a place."""
    client, slug = Client(), things.territory.slug
    sheet = reverse("territory:contribute", args=[slug, things.consultation.slug])
    stamp = client.get(sheet).context["form"].initial["stamp"]
    client.post(sheet, {"words": "Un banc devant la mairie.", "stamp": stamp, "question": things.question.pk})
    code = things.moderated["hidden"].receipt
    client.post(reverse("territory:my_voice", args=[slug]), {"code": code})
    client.post(reverse("territory:gathering_register", args=[slug, things.to_come.slug]), {"name": "Bilal"})
    return client


def test_every_address_of_the_site_is_a_page_seen_here_or_says_why_not():
    assert pages.named_addresses() - pages.told_addresses() == set(), "a page without a case"
    assert pages.told_addresses() - pages.named_addresses() == set(), "a case without a page"


def test_the_pages_of_the_site_are_accessible(walk, things, other_territory, watch):
    watch.expected.append("login/error")  # it rightly answers 401, which the console tells
    walk([pages.address(name, arguments, things) for name, arguments in pages.SITE.items()])


def test_the_public_pages_of_the_territory_are_accessible(walk, things):
    walk(pages.addresses_in(things.territory, pages.TERRITORY, things), _visitor(things))


def test_the_pages_of_an_account_are_accessible(walk, things, bilal):
    section = [pages.address(name, arguments, things) for name, arguments in pages.ACCOUNT.items()]
    inside = pages.addresses_in(things.territory, pages.MEMBER, things)
    walk([*section, *inside], _signed_in(bilal))


@pytest.mark.parametrize("section", pages.ATELIER)
def test_the_pages_of_the_atelier_are_accessible(section, walk, things, elise):
    client = Client()
    client.force_login(elise)
    walk(pages.addresses_in(things.territory, pages.ATELIER[section], things), client)
