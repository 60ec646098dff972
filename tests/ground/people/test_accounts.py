"""Links that sign in once, profiles, and accounts that are emptied for ever."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.ground.people.models import Membership, SignInLink
from essor.ground.people.services import accounts

pytestmark = pytest.mark.django_db


def test_a_link_signs_in_once(bilal):
    secret = accounts.make_sign_in_link(person=bilal)
    assert accounts.is_sign_in_link_usable(secret=secret)
    assert accounts.use_sign_in_link(secret=secret) == bilal
    with pytest.raises(accounts.LinkUnusable, match="déjà servi"):
        accounts.use_sign_in_link(secret=secret)


def test_a_link_lasts_fifteen_minutes(bilal, at):
    clock = at("2026-03-03T10:00:00+01:00")
    secret = accounts.make_sign_in_link(person=bilal)
    clock.shift(14 * 60 + 59)
    assert accounts.is_sign_in_link_usable(secret=secret)
    clock.shift(1)
    with pytest.raises(accounts.LinkUnusable):
        accounts.use_sign_in_link(secret=secret)


def test_a_new_link_ends_the_former_and_only_a_digest_is_kept(bilal):
    first = accounts.make_sign_in_link(person=bilal)
    second = accounts.make_sign_in_link(person=bilal)
    assert not accounts.is_sign_in_link_usable(secret=first)
    assert second not in str(SignInLink.objects.values().get())


def test_the_link_of_a_closed_account_signs_nobody_in(bilal):
    secret = accounts.make_sign_in_link(person=bilal)
    bilal.is_active = False
    bilal.save()
    with pytest.raises(accounts.LinkUnusable):
        accounts.use_sign_in_link(secret=secret)


def test_nothing_of_an_emptied_account_tells_who_it_was(bilal, territory, client_of):
    EmailAddress.objects.create(user=bilal, email=bilal.email, verified=True, primary=True)
    browser = client_of(bilal)
    accounts.make_sign_in_link(person=bilal)
    accounts.scrub_account(person=bilal)
    bilal.refresh_from_db()
    assert "bilal" not in f"{bilal.email} {bilal.display_name} {bilal}".lower()
    assert not bilal.has_usable_password()
    assert bilal.erased_at is not None
    assert not EmailAddress.objects.exists()
    assert not SignInLink.objects.exists()
    assert not Session.objects.exists()
    assert Membership.objects.current().filter(person=bilal).count() == 0
    assert "_auth_user_id" not in browser.session


def test_two_accounts_can_be_emptied(bilal, chloe):
    accounts.scrub_account(person=bilal)
    accounts.scrub_account(person=chloe)
    assert bilal.email != chloe.email


def test_a_profile_changes_only_what_is_given(bilal):
    accounts.change_profile(person=bilal, display_name="  Bil   al ")
    accounts.change_profile(person=bilal, digest_rhythm="never")
    bilal.refresh_from_db()
    assert (bilal.display_name, bilal.digest_rhythm) == ("Bil al", "never")


def test_a_link_is_used_up_by_one_condition_on_its_own_row(bilal):
    """With a subquery PostgreSQL lets two requests at once use it: it reads the subquery before it waits."""
    secret = accounts.make_sign_in_link(person=bilal)
    with CaptureQueriesContext(connection) as asked:
        accounts.use_sign_in_link(secret=secret)
    (update,) = [each["sql"] for each in asked if each["sql"].startswith("UPDATE")]
    assert "SELECT" not in update
    assert '"used_at" IS NULL' in update
