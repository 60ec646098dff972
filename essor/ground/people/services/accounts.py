"""A person's own account: profile, links that sign in, erasure."""

import secrets
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.codes import digest
from essor.common.text import tidy
from essor.ground.people.enums import DigestRhythm
from essor.ground.people.models import Invitation, Membership, OrganisationMember, Person, SignInLink

LINK_LASTS: Final = timedelta(minutes=15)


class LinkUnusable(ValueError):
    """The link that signs in was used, is too old or never existed; the message says what to do."""


@transaction.atomic
def open_account(
    *, email: str, password: str | None = None, display_name: str = "", language: str = "", **more: bool
) -> Person:
    """An account whose address is known to be right, such as those made from the command line.

    ``more``: ``is_staff`` and ``is_superuser`` for the support screens.
    """
    person = Person.objects.create_user(
        email, password, display_name=tidy(display_name), language=language, **more
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def prove_address(*, person: Person) -> None:
    """The person has just shown that they read the mail of their account.

    A password chosen before anybody had shown it may be somebody else's: it stops working.
    """
    address, _is_new = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": False}
    )
    if address.verified:
        return
    if not _is_new and person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
    address.verified = True
    address.save(update_fields=["verified"])


@transaction.atomic
def change_profile(
    *,
    person: Person,
    display_name: str | None = None,
    language: str | None = None,
    digest_rhythm: str | None = None,
) -> None:
    """Change what the person says of themselves; None leaves a field as it is."""
    if display_name is not None:
        person.display_name = tidy(display_name)
    if language is not None:
        person.language = language
    if digest_rhythm is not None:
        person.digest_rhythm = DigestRhythm(digest_rhythm)
    person.save(update_fields=["display_name", "language", "digest_rhythm"])


@transaction.atomic
def make_sign_in_link(*, person: Person) -> str:
    """A secret that signs this person in once, within 15 minutes. Earlier ones stop working."""
    SignInLink.objects.filter(person=person, used_at=None).delete()
    secret = secrets.token_urlsafe(24)
    SignInLink.objects.create(person=person, digest=digest(secret, "sign-in"), created_at=clock.now())
    return secret


def person_to_write_to(*, email: str) -> Person | None:
    """Whose account a link sent to this address may open: its owner's, proved or given at sign-up."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
    address = proved.select_related("user").first()
    if address is not None:
        return address.user
    return Person.objects.filter(email__iexact=email, is_active=True).first()


def proved_addresses(*, person: Person) -> list[str]:
    """The addresses that the person has shown to be theirs."""
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))


def is_sign_in_link_usable(*, secret: str) -> bool:
    """Whether the link would sign somebody in, without using it."""
    return SignInLink.objects.filter(**_usable(secret)).exists()


@transaction.atomic
def use_sign_in_link(*, secret: str) -> Person:
    """The person whose link this is; it cannot be used again, even by two requests at once."""
    link = SignInLink.objects.select_related("person").filter(**_usable(secret)).first()
    # The row itself is asked again: a condition on another table would be read before the row is held.
    if link is None or not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()):
        raise LinkUnusable(
            _("Ce lien a déjà servi, ou date de plus de quinze minutes : demandez-en un nouveau.")
        )
    return link.person


def _usable(secret: str) -> dict[str, object]:
    return {
        "digest": digest(secret, "sign-in"),
        "used_at": None,
        "created_at__gt": clock.now() - LINK_LASTS,
        "person__is_active": True,
    }


@transaction.atomic
def scrub_account(*, person: Person) -> None:
    """Empty an account for ever: name, address, password, sessions, second factors, links, memberships.

    The row stays, with nothing that tells who it was, because facts of the past point to it.
    """
    Invitation.objects.filter(email__iexact=person.email).update(email=_nobody(), cancelled_at=clock.now())
    person.email = _nobody()
    person.display_name = person.language = ""
    person.set_unusable_password()
    person.digest_rhythm = DigestRhythm.NEVER
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login, person.erased_at = None, clock.now()
    person.save()
    for table in (EmailAddress, Authenticator, SocialAccount):
        table.objects.filter(user=person).delete()
    SignInLink.objects.filter(person=person).delete()
    OrganisationMember.objects.filter(person=person).delete()
    Membership.objects.filter(person=person).update(commune_code="")
    Membership.objects.filter(person=person, left_at=None).update(left_at=clock.now())
    close_sessions(person=person)


def close_sessions(*, person: Person) -> int:
    """End every open session of the person, on all devices. Returns how many."""
    mine = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=clock.now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
    return len(mine)


def _nobody() -> str:
    """An address that is nobody's: the domain is reserved and receives nothing."""
    return f"{secrets.token_hex(12)}@efface.invalid"
