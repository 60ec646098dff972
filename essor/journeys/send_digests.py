"""The digest that people can bear: one mail, grouped, newest first, at most one a day or a week."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext, override

from essor.ground.notices import less
from essor.ground.notices.models import Notice
from essor.ground.notices.selectors import digest_due, grouped, persons_with_something_to_tell
from essor.ground.notices.services import mark_digested, put_back
from essor.ground.people.models import Person
from essor.outside import mail

log = logging.getLogger(__name__)


def run() -> int:
    """Send every digest that is due; returns how many left. Safe to run at any time, and twice."""
    return sum(send_digest(key) for key in persons_with_something_to_tell())


def send_digest(key: int) -> bool:
    """Send the digest of one person if it is due; False when it is not, or when the mail cannot leave.

    The notices are taken first, in one short transaction that two runs cannot share, so that no lock is
    held while the mail server answers; when it refuses, they are put back and the next run tries again.
    """
    person, due = _take(key)
    if not due:
        return False
    try:
        mail.send(_letter(person, due))
    except (SMTPException, OSError):
        log.exception("the digest of person %s could not leave; the next run tries again", key)
        put_back(notices=due)
        return False
    return True


@transaction.atomic
def _take(key: int) -> tuple[Person, list[Notice]]:
    person = Person.objects.select_for_update().get(pk=key)
    due = digest_due(person)
    mark_digested(notices=due)
    return person, due


def _letter(person: Person, due: Sequence[Notice]) -> mail.Letter:
    language = person.language or settings.LANGUAGE_CODE
    all_less = mail.absolute(reverse("notices_less", args=[less.sign(person)]))
    with override(language):
        subject = ngettext(
            "%(n)s nouvelle depuis la dernière fois", "%(n)s nouvelles depuis la dernière fois", len(due)
        ) % {"n": len(due)}
        parts = _parts(person, due)
    territories = {each.territory_id for each in due}
    return mail.Letter(
        to=person.email,
        subject=subject,
        template="digest",
        language=language,
        context={
            "parts": parts,
            "territory": due[0].territory if len(territories) == 1 else None,
            "weekly": person.digest_rhythm == "weekly",
            "notices_url": mail.absolute(reverse("notices")),
            "settings_url": mail.absolute(reverse("notice_settings")),
            "all_less_url": all_less,
        },
        headers={
            "List-Unsubscribe": f"<{all_less}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _parts(person: Person, due: Sequence[Notice]) -> list[dict[str, object]]:
    """Territories, then kinds with their own word of less, then what is told with whole addresses."""
    return [
        {
            "territory": each.territory,
            "kinds": [
                {
                    "label": kind.label,
                    "notices": [(told, mail.absolute(told.url)) for told in kind.notices],
                    "less_url": mail.absolute(reverse("notices_less", args=[less.sign(person, kind.kind)])),
                }
                for kind in each.kinds
            ],
        }
        for each in grouped(due)
    ]
