"""Every page with a door is tried by those who must stay outside. Objects need not exist: the door comes first."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from essor.web import access
from tests.house.sources import none_of
from tests.house.test_pages import ours

pytestmark = pytest.mark.django_db

_SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x"}
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
# Rules that ask for a role in the territory of the page.
ROLES = (access.member, access.moderator, access.facilitator, access.administrator)
ABOVE_MEMBER = ROLES[1:]


def _address(path: str, territory: str) -> str:
    def fill(part: re.Match[str]) -> str:
        return territory if part[2] == "territory" else _SAMPLES.get(part[1] or "str", "x")

    return "/" + _PART.sub(fill, path)


def _knock(client: Client, address: str):
    answer = client.get(address)
    return client.post(address) if answer.status_code == 405 else answer


def _behind(rules, territory: str = "val-de-lume") -> list[str]:
    return [_address(path, territory) for path, pattern in ours() if pattern.callback.access in rules]


def test_there_are_doors_to_try():
    assert len(_behind(ABOVE_MEMBER)) > 5


def test_a_visitor_without_an_account_is_sent_to_the_sign_in_page(client_of, territory):
    """And comes back to the page, or for what is only posted to the page of its button."""
    visitor, door = client_of(None), reverse("account_login")
    broken = []
    for address in _behind([*ROLES, access.signed_in]):
        answer = _knock(visitor, address)
        led = answer.get("Location", "")
        if (
            answer.status_code != 302
            or not led.startswith(f"{door}?next=")
            or quote(address, safe="") not in led
        ):
            broken.append(f"{address}: {answer.status_code} {answer.get('Location', '')}")
    none_of(broken)


def test_farid_from_another_territory_is_refused_everywhere_a_role_is_asked(client_of, territory, farid):
    stranger = client_of(farid)
    answers = {address: _knock(stranger, address).status_code for address in _behind(ROLES)}
    none_of(f"{address}: {status}" for address, status in answers.items() if status != 403)


def test_a_plain_member_is_refused_where_a_higher_role_is_asked(client_of, territory, bilal):
    member = client_of(bilal)
    answers = {address: _knock(member, address).status_code for address in _behind(ABOVE_MEMBER)}
    none_of(f"{address}: {status}" for address, status in answers.items() if status != 403)


def test_a_facilitator_is_refused_where_an_administrator_is_asked(client_of, territory, alice):
    facilitator = client_of(alice)
    answers = {
        address: _knock(facilitator, address).status_code for address in _behind([access.administrator])
    }
    none_of(f"{address}: {status}" for address, status in answers.items() if status != 403)


def test_a_territory_that_does_not_exist_is_not_found(client_of, territory):
    visitor = client_of(None)
    inside = [path for path, _pattern in ours() if "<slug:territory>" in path]
    answers = {path: _knock(visitor, _address(path, "nulle-part")).status_code for path in inside}
    none_of(f"{path}: {status}" for path, status in answers.items() if status != 404)


def test_one_who_left_the_territory_is_a_stranger_again(client_of, territory, alice):
    alice.memberships.update(left_at="2026-01-01T00:00:00Z")
    former = client_of(alice)
    answers = {address: _knock(former, address).status_code for address in _behind(ROLES)}
    none_of(f"{address}: {status}" for address, status in answers.items() if status != 403)
