"""The signed word by which one click in a mail means: less."""

from dataclasses import dataclass
from typing import Final

from django.core import signing

from essor.ground.notices.enums import NoticeKind
from essor.ground.people.models import Person

SALT: Final = "essor.notices.less"


@dataclass(frozen=True, slots=True)
class Less:
    """Whose mail, and which kind of notice; an empty kind means all mail."""

    person: int
    kind: str


def sign(person: Person, kind: str = "") -> str:
    """A word for an address, which nobody can make for somebody else. It does not expire."""
    return signing.dumps([person.pk, kind], salt=SALT)


def read(word: str) -> Less | None:
    """What a word asks for, or None when it was not signed here."""
    try:
        person, kind = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Less(int(person), str(kind)) if kind in ("", *NoticeKind.values) else None
