"""Everything the site keeps about a person, in their hands."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models

from essor.chain.alliances.selectors import listing as alliances
from essor.chain.challenges.selectors import listing as challenges
from essor.chain.governance.selectors import seats
from essor.chain.holders.selectors import listing as holders
from essor.chain.listening.models import Contribution, Report, Speaker
from essor.chain.matches.selectors import listing as matches
from essor.chain.needs.models import Concern
from essor.chain.needs.selectors import opinions as opinion_evidence
from essor.chain.opinions.selectors import conversations as opinions
from essor.chain.projects.selectors import listing as projects
from essor.chain.projects.selectors import said
from essor.common import clock
from essor.ground.directory.selectors import listing as actors
from essor.ground.gatherings.services import registrations_of
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Muted, Notice
from essor.ground.people.models import Membership, OrganisationMember, Person
from essor.ground.people.services.accounts import proved_addresses

FORMAT = "essor-person-1"


def export_person(*, person: Person) -> dict[str, Any]:
    """All of a person's data as plain values; moments in ISO 8601. Secrets are never among them."""
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "account": _account(person),
        "memberships": _rows(
            Membership.objects.filter(person=person),
            ("territory__name", "role", "family", "commune_code", "joined_at", "left_at"),
        ),
        "organisations": _rows(
            OrganisationMember.objects.filter(person=person),
            ("organisation__territory__name", "organisation__name", "title", "is_contact"),
        ),
        "voices": [_voice(each) for each in _voices(person)],
        "concerns": _rows(
            Concern.objects.filter(speaker__person=person), ("need__territory__name", "need__statement", "at")
        ),
        "reports": _rows(Report.objects.filter(by=person), ("contribution_id", "reason", "comment", "at")),
        "registrations": _rows(
            registrations_of(person=person, addresses=proved_addresses(person=person)),
            ("gathering__title", "gathering__starts_at", "name", "email", "needs_help_with", "state")
            + ("created_at", "cancelled_at"),
        ),
        "notices": _rows(
            Notice.objects.filter(person=person),
            ("territory__name", "kind", "text", "url", "count", "created_at", "read_at", "digested_at"),
        ),
        "muted": _rows(Muted.objects.filter(person=person), ("territory__name", "kind")),
        "facts": _rows(
            Fact.objects.filter(by=person),
            ("at", "territory__name", "verb", "thing_type", "thing_id", "data"),
        ),
        **_of_the_second_half(person),
    }


def _of_the_second_half(person: Person) -> dict[str, Any]:
    """Cards, challenges, holders, projects, introductions and alliances, as each tells it."""
    parts = (
        actors,
        opinions,
        opinion_evidence,
        challenges,
        holders,
        projects,
        said,
        matches,
        alliances,
        seats,
    )
    return {
        name: [{key.replace("__", "_"): _plain(value) for key, value in row.items()} for row in rows]
        for part in parts
        for name, rows in part.personal_rows(person).items()
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "display_name": person.display_name,
        "language": person.language,
        "digest_rhythm": person.digest_rhythm,
        "joined_at": person.joined_at.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
        "addresses": _rows(EmailAddress.objects.filter(user=person), ("email", "verified", "primary")),
        "second_factors": _rows(
            Authenticator.objects.filter(user=person), ("type", "created_at", "last_used_at")
        ),
        "linked_accounts": _rows(
            SocialAccount.objects.filter(user=person), ("provider", "uid", "date_joined")
        ),
        "pseudonyms": _rows(Speaker.objects.of(person), ("territory__name", "pseudonym", "family")),
    }


def _voices(person: Person) -> "models.QuerySet[Contribution]":
    return (
        Contribution.objects.filter(speaker__person=person)
        .select_related("territory", "consultation", "gathering", "theme", "question")
        .prefetch_related("versions", "decisions", "appeals")
        .order_by("said_at", "id")
    )


def _voice(voice: Contribution) -> dict[str, Any]:
    return {
        "id": voice.pk,
        "territory": voice.territory.name,
        "consultation": voice.consultation.title if voice.consultation else None,
        "question": voice.question.text if voice.question else None,
        "gathering": voice.gathering.title if voice.gathering else None,
        "theme": voice.theme.name if voice.theme else None,
        "state": voice.state,
        "channel": voice.channel,
        "family": voice.family,
        "title": voice.title,
        "words": voice.words,
        "commune_code": voice.commune_code,
        "place_label": voice.place_label,
        "said_at": voice.said_at.isoformat(),
        "versions": [
            {
                "number": each.number,
                "title": each.title,
                "words": each.words,
                "why": each.why,
                "at": each.at.isoformat(),
            }
            for each in voice.versions.all()
        ],
        "decisions": [
            {
                "act": each.act,
                "reason": each.reason,
                "explanation": each.explanation,
                "at": each.at.isoformat(),
            }
            for each in voice.decisions.all()
        ],
        "appeals": [
            {"words": each.words, "state": each.state, "answer": each.answer, "at": each.at.isoformat()}
            for each in voice.appeals.all()
        ],
    }


def _rows(rows: "models.QuerySet[Any]", fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {name.replace("__", "_"): _plain(value) for name, value in row.items()}
        for row in rows.values(*fields)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
