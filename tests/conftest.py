"""The cast: always the same persons in the same place, so that a test reads as a sentence.

Alice runs the consultation, Bilal lives here, Chloé speaks for an association, Driss funds projects,
Élise is the mayor and administers the site. Farid runs another territory and must see nothing private here.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, settings

from essor.ground.people.enums import Role, StakeholderFamily
from essor.ground.people.models import Organisation, Person
from essor.ground.territories.models import Territory
from tests.factories.people import (
    MembershipFactory,
    OrganisationFactory,
    OrganisationMemberFactory,
    PersonFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.flushing import let_tests_flush

# Examples are judged by what they show, not by how busy the machine is.
settings.register_profile("essor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("essor")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    kept = [each for each in items if _uses_database(each)]
    config.hook.pytest_deselected(items=[each for each in items if each not in set(kept)])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & DATABASE_FIXTURES)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The database of the tests; the ledger, which nobody may empty, is emptied between tests that commit."""
    let_tests_flush()


@pytest.fixture(autouse=True)
def _a_clean_start(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test starts with an empty cache and in French."""
    cache.clear()
    with override("fr"):
        yield


@pytest.fixture
def territory(db: None) -> Territory:
    """Val-de-Lume, where the cast lives."""
    return TerritoryFactory(slug="val-de-lume", name="Val-de-Lume")


@pytest.fixture
def other_territory(db: None) -> Territory:
    """Hautes-Roches, the territory of Farid."""
    return TerritoryFactory(slug="hautes-roches", name="Hautes-Roches")


def _cast(name: str, territory: Territory, role: Role, family: StakeholderFamily) -> Person:
    person = PersonFactory(email=f"{name.lower()}@example.org", display_name=name)
    MembershipFactory(person=person, territory=territory, role=role, family=family)
    return person


@pytest.fixture
def alice(territory: Territory) -> Person:
    """Alice facilitates the territory."""
    return _cast("Alice", territory, Role.FACILITATOR, StakeholderFamily.WORKER)


@pytest.fixture
def bilal(territory: Territory) -> Person:
    """Bilal lives there and is a member."""
    return _cast("Bilal", territory, Role.MEMBER, StakeholderFamily.CITIZEN)


@pytest.fixture
def chloe(territory: Territory) -> Person:
    """Chloé is a member who speaks for an association."""
    person = _cast("Chloé", territory, Role.MEMBER, StakeholderFamily.ASSOCIATION)
    association = OrganisationFactory(territory=territory, slug="les-semeurs", name="Les Semeurs")
    OrganisationMemberFactory(organisation=association, person=person, title="présidente")
    return person


@pytest.fixture
def association(chloe: Person, territory: Territory) -> Organisation:
    """The association Chloé speaks for."""
    return Organisation.objects.in_territory(territory).get(slug="les-semeurs")


@pytest.fixture
def driss(territory: Territory) -> Person:
    """Driss is a member from a company that funds projects."""
    return _cast("Driss", territory, Role.MEMBER, StakeholderFamily.COMPANY)


@pytest.fixture
def elise(territory: Territory) -> Person:
    """Élise is the mayor and administers the territory."""
    return _cast("Élise", territory, Role.ADMINISTRATOR, StakeholderFamily.PUBLIC_BODY)


@pytest.fixture
def moderator(territory: Territory) -> Person:
    """Maud moderates."""
    return _cast("Maud", territory, Role.MODERATOR, StakeholderFamily.CITIZEN)


@pytest.fixture
def farid(other_territory: Territory) -> Person:
    """Farid facilitates another territory: here he is a stranger."""
    return _cast("Farid", other_territory, Role.FACILITATOR, StakeholderFamily.WORKER)


@pytest.fixture
def client_of(db: None) -> Callable[[Person | None], Client]:
    """The browser of somebody: `client_of(alice).get(…)`; `client_of(None)` is a visitor without account."""

    def open_for(person: Person | None) -> Client:
        browser = Client()
        if person is not None:
            browser.force_login(person)
        return browser

    return open_for


@pytest.fixture
def at() -> Iterator[Callable[[str | datetime], time_machine.Traveller]]:
    """Moves the clock and stops it there: `at("2026-03-03T19:00:00+01:00")`, then `.shift(60)`."""
    travels: list[time_machine.travel] = []

    def go(moment: str | datetime) -> time_machine.Traveller:
        when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        travel = time_machine.travel(when, tick=False)
        travels.append(travel)
        return travel.start()

    yield go
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture(scope="session")
def in_ci() -> bool:
    """Whether this is the forge's run, where nothing may be skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true"}
