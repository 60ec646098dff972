"""A real browser on a desktop and on a phone. A test fails on any console error and on any request elsewhere."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from essor.ground.people.models import Person
from essor.ground.territories.models import Territory
from essor.web.listening import forms as listening_forms
from tests.browser.world import World, build

CHROMIUM = Path(os.environ.get("ESSOR_CHROMIUM", "/usr/bin/chromium"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
AXE = Axe()
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser; without one it is skipped on one's own machine, and fails in CI."""
    here = Path(__file__).parent
    for each in items:
        if here in each.path.parents:
            each.add_marker("browser")
            each.add_marker(pytest.mark.django_db(transaction=True))
            if not CHROMIUM.exists() and os.environ.get("CI", "").lower() not in {"1", "true"}:
                each.add_marker(pytest.mark.skip(reason=f"no browser at {CHROMIUM}: install chromium"))


@pytest.fixture(scope="session", autouse=True)
def _database_from_the_browser_thread(playwright: object) -> None:
    """Playwright keeps an event loop in this thread; Django would take it for asynchronous code.

    It starts before the database, so that both have the same door to it.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The site, started once the database of the tests has its name: a file lets each request have its own door."""
    return live_server


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": str(CHROMIUM), "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"}


@dataclass
class Watch:
    """What went wrong in the browser. `expected` holds parts of messages a test provokes on purpose."""

    home: str
    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(self.home).netloc:
            self.problems.append(f"request elsewhere: {request.url}")

    def unexpected(self) -> list[str]:
        return [each for each in self.problems if not any(part in each for part in self.expected)]


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    """Watches every page of the test; the test fails at its end if something unexpected happened."""
    seen = Watch(home=live_server.url)
    yield seen
    assert seen.unexpected() == []


@pytest.fixture
def page_of_size(new_context, live_server, watch: Watch) -> Callable[..., Page]:
    """Opens a page: `page_of_size("phone")`, or without scripts `page_of_size("phone", java_script_enabled=False)`."""

    def open_page(size: str = "desktop", **options: object) -> Page:
        context: BrowserContext = new_context(base_url=live_server.url, **{**SIZES[size], **options})
        context.set_default_timeout(10_000)
        context.on("request", watch.request)
        page = context.new_page()
        page.on("console", watch.console)
        page.on("pageerror", lambda error: watch.problems.append(f"script: {error}"))
        return page

    return open_page


@pytest.fixture
def desktop(page_of_size: Callable[..., Page]) -> Page:
    """A page 1280 wide."""
    return page_of_size("desktop")


@pytest.fixture
def phone(page_of_size: Callable[..., Page]) -> Page:
    """A page 390 wide, touched with a finger."""
    return page_of_size("phone")


@pytest.fixture(params=sorted(SIZES))
def screen(request: pytest.FixtureRequest, page_of_size: Callable[..., Page]) -> Page:
    """The same test on the desktop, then on the phone."""
    return page_of_size(request.param)


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, Person], None]:
    """Signs somebody in without going through the form: `sign_in(page, alice)`."""

    def sign(page: Page, person: Person) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return sign


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Checks the accessibility of what the page shows now, and that it never scrolls sideways."""

    def check(page: Page) -> None:
        found = AXE.run(page, options=AXE_OPTIONS).response["violations"]
        told = [
            f"{each['id']} ({each['impact']}): {each['help']}\n      "
            + "\n      ".join(f"{node['target']} {node['html'][:160]}" for node in each["nodes"][:4])
            for each in found
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            told.append(f"the page is {wide} px wider than the screen")
        if told:
            pytest.fail(f"{page.url}\n   " + "\n   ".join(told), pytrace=False)

    return check


@pytest.fixture(autouse=True)
def _fingers_as_fast_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A robot fills the sheet of a voice faster than anybody; here the robot is one of us."""
    monkeypatch.setattr(listening_forms, "TOO_FAST", 0)


@pytest.fixture
def small_world(territory: Territory, alice: Person, db: None) -> World:
    """Val-de-Lume on a small scale: a consultation that listens, meetings, voices."""
    return build(territory, alice)
