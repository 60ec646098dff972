"""Codes by hand: the territory's table, and codes on voices."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.needs.enums import Hand
from essor.chain.needs.models import Code, VoiceCode
from essor.chain.needs.models.codes import code_shape
from essor.common import clock
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

MOST_CODES = 5000
_SPACES = re.compile(r"\s+")


class CodeRefused(Exception):
    """The code cannot be written or used so; the message says what to do."""


@dataclass(frozen=True)
class CodesImported:
    """What came of a table of codes: how many are new or reworded, and the lines that were not read."""

    added: int
    changed: int
    problems: tuple[tuple[int, str], ...]


@transaction.atomic
def add_code(*, by: Person, territory: Territory, value: str, meaning: str) -> Code:
    """Add a code to the territory's table."""
    value, meaning = _checked(value, meaning)
    if Code.objects.in_territory(territory).filter(value=value).exists():
        raise CodeRefused(_("Le code %(code)s existe déjà : changez sa signification.") % {"code": value})
    code = Code.objects.create(territory=territory, value=value, meaning=meaning)
    ledger.record(by=by, verb="code.changed", thing=code, territory=territory, data={"added": 1})
    return code


@transaction.atomic
def change_code(*, by: Person, code: Code, meaning: str) -> Code:
    """Reword what a code means. Its letters never change: the voices that bear it keep it."""
    _value, code.meaning = _checked(code.value, meaning)
    code.save(update_fields=["meaning"])
    ledger.record(by=by, verb="code.changed", thing=code, territory=code.territory, data={"changed": 1})
    return code


@transaction.atomic
def delete_code(*, by: Person, code: Code) -> None:
    """Take a code out of the table. One that was ever put on a voice stays, so that history can be read."""
    if code.uses.exists():
        raise CodeRefused(_("Le code %(code)s a déjà servi : il reste dans la table.") % {"code": code.value})
    ledger.record(by=by, verb="code.changed", thing=code, territory=code.territory, data={"removed": 1})
    code.delete()


@transaction.atomic
def import_codes(*, by: Person, territory: Territory, lines: Iterable[tuple[int, str, str]]) -> CodesImported:
    """Add or reword codes from (line, code, meaning). Unreadable lines are told; the rest is kept."""
    known = {code.value: code for code in Code.objects.in_territory(territory)}
    added: dict[str, Code] = {}
    changed: list[Code] = []
    problems: list[tuple[int, str]] = []
    for line, raw_value, raw_meaning in lines:
        try:
            value, meaning = _checked(raw_value, raw_meaning)
        except CodeRefused as refused:
            problems.append((line, str(refused)))
            continue
        if value in added:
            problems.append(
                (line, _("Le code %(code)s est déjà plus haut dans ce fichier.") % {"code": value})
            )
        elif value not in known:
            added[value] = Code(territory=territory, value=value, meaning=meaning)
        elif known[value].meaning != meaning:
            known[value].meaning = meaning
            changed.append(known[value])
    if len(known) + len(added) > MOST_CODES:
        raise CodeRefused(
            _("Une table de codes en compte 5 000 au plus : découpez-la, ou retirez des codes.")
        )
    Code.objects.bulk_create(added.values(), batch_size=500)
    Code.objects.bulk_update(changed, ["meaning"], batch_size=500)
    figures = {"added": len(added), "changed": len(changed), "problems": len(problems)}
    ledger.record(by=by, verb="code.changed", thing=territory, territory=territory, data=figures)
    return CodesImported(len(added), len(changed), tuple(problems))


@transaction.atomic
def apply_code(*, by: Person, contribution: Contribution, code: Code, sign: int = 0) -> VoiceCode:
    """Put a code on a voice, in one's own name. Put again with another sign, the earlier one ends."""
    if code.territory_id != contribution.territory_id:
        raise CodeRefused(_("Ce code et cette voix sont de deux territoires : choisissez un code d’ici."))
    if sign not in (-1, 0, 1):
        raise CodeRefused(_("Le signe d’un code est −, + ou rien."))
    mine = VoiceCode.objects.filter(contribution=contribution, code=code, by=by, removed_at=None).first()
    if mine is not None and mine.sign == sign:
        return mine
    if mine is not None:
        mine.removed_at = clock.now()
        mine.save(update_fields=["removed_at"])
    made = VoiceCode.objects.create(
        contribution=contribution, code=code, sign=sign, hand=Hand.PERSON, by=by, at=clock.now()
    )
    _record(by, contribution, {"code": code.value, "sign": sign})
    return made


@transaction.atomic
def remove_code(*, by: Person, contribution: Contribution, code: Code) -> None:
    """Take one's own code off a voice. The codes other people put stay: that is what double coding is for."""
    ended = VoiceCode.objects.filter(contribution=contribution, code=code, by=by, removed_at=None).update(
        removed_at=clock.now()
    )
    if not ended:
        raise CodeRefused(_("Vous n’avez pas mis ce code sur cette voix : chacun retire les siens."))
    _record(by, contribution, {"code": code.value, "removed": 1})


def _record(by: Person, contribution: Contribution, data: dict[str, str | int]) -> None:
    ledger.record(by=by, verb="voice.coded", thing=contribution, territory=contribution.territory, data=data)


def _checked(value: str, meaning: str) -> tuple[str, str]:
    value = _SPACES.sub("", value)
    try:
        code_shape(value)
    except ValidationError as refused:
        words = {"code": value[:24], "why": refused.messages[0]}
        raise CodeRefused(_("« %(code)s » : %(why)s") % words) from refused
    if len(value) > 24:
        raise CodeRefused(_("Le code %(code)s… a plus de 24 signes.") % {"code": value[:24]})
    if not (meaning := " ".join(meaning.split())[:200]):
        raise CodeRefused(_("Le code %(code)s n’a pas de signification : écrivez-la.") % {"code": value})
    return value, meaning
