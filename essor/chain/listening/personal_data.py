"""Finding what could name or reach somebody in free words, so that a person looks before it is published.

Pure and quick (it reads every imported row). It prefers silence to noise: the name of a street, a school or
an elected role is no finding, whereas a mail, a phone number, a door number with its street, « M. Dupont »,
a list of first names with surnames and a signed last line are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from essor.chain.listening.enums import PersonalDataKind
from essor.chain.listening.first_names import FIRST_NAMES
from essor.common.text import plain

MASK = "[donnée personnelle retirée]"


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters ``start`` (included) to ``end`` (excluded) that look like personal data."""

    kind: str
    start: int
    end: int


_CAPITAL = "A-ZÀ-ÖØ-Þ"
_SURNAME = rf"(?<![\w’'-])[{_CAPITAL}][\w’'-]{{1,39}}"  # every repetition is bounded: time stays linear
_GAP = r"[ \u00a0]{1,3}"
_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\sarobase\s)\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){0,4}?"
    r"\s?\.\s?[a-z]{2,12}\b",
    re.IGNORECASE,
)
_EMAIL_HINT = re.compile(r"@|\(at\)|\[at\]|arobase", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)33[ .\u00a0\u202f-]?(?:\(0\))?[ .\u00a0\u202f-]?|0)[1-9]"
    r"(?:[ .\u00a0\u202f/-]?\d{2}){4}(?!\d)"
    r"|(?<![\w.])\+\d{1,3}(?:[ .\u00a0\u202f-]?\d{2,4}){3,5}(?!\d)"
)
_STREETS = r"rue|avenue|av\.|boulevard|bd|bld|impasse|all[ée]e|ruelle|venelle|lotissement|hameau|faubourg"
_WIDE_STREETS = r"place|chemin|route|rte|quai|cours|square|passage|r[ée]sidence|sentier|esplanade|mont[ée]e"
_LITTLE = r"(?:(?:de|du|des|la|le|les|à|aux|au)\s{1,3}|(?:l|d)[’']){0,3}"
_ADDRESS = re.compile(
    rf"(?<![\w.,])\d{{1,4}}(?:\s?(?:bis|ter|quater))?,?\s{{1,3}}"
    rf"(?:(?i:{_STREETS})\s{{1,3}}{_LITTLE}[\w’'-]{{1,40}}|(?i:{_WIDE_STREETS})\s{{1,3}}{_LITTLE}{_SURNAME})"
    rf"(?:[ -]{_SURNAME}){{0,3}}(?:,?\s{{1,3}}\d{{5}}(?:\s{{1,3}}{_SURNAME})?)?"
)
_ADDRESS_HINT = re.compile(rf"\d\D{{1,9}}(?:{_STREETS}|{_WIDE_STREETS})\b", re.IGNORECASE)
_TITLES = r"MM?\.|M|Mr\.?|Mrs\.?|Ms\.?|Mmes?|Mlles?|Dr\.?|Monsieur|Madame|Mademoiselle|Docteur|Ma[îi]tre"
_TITLED = re.compile(
    rf"(?<!\w)(?:{_TITLES}){_GAP}((?:[{_CAPITAL}]\.\s?)?{_SURNAME}(?:{_GAP}{_SURNAME}){{0,2}})"
)
_ROLE_NAMES = """
    maire prefet prefete president presidente depute deputee senateur senatrice ministre conseiller
    conseillere directeur directrice adjoint adjointe tout"""
_ROLES = frozenset(_ROLE_NAMES.split())
_ARTICLES = ("le", "la", "les")
_PAIRS = re.compile(rf"({_SURNAME}){_GAP}({_SURNAME}(?:{_GAP}{_SURNAME})?)")
_LISTED = re.compile(r"\s{0,2}(?:[,;/•\n]\s{0,3}(?:[-–*]\s{0,2})?|(?<=\s)(?:et|and)\s)\s{0,2}")
_CALLED = re.compile(
    rf"(?i:je m[’']appelle|mon nom est|my name is){_GAP}({_SURNAME}(?:{_GAP}{_SURNAME}){{0,2}})"
)
_SIGNED = re.compile(
    rf"(?:^|\n|[.!?…]\s)\s{{0,3}}"
    rf"(?:[-–—]\s?|(?i:sign[ée]{{1,2}}|cordialement|bien [àa] vous|merci)\s{{0,2}}[:,.]?\s{{0,2}})?"
    rf"((?:{_SURNAME}|[{_CAPITAL}]\.)(?:\s?{_SURNAME}){{1,2}})\.?$"
)
_LAST_LINE = 160


def find(words: str) -> list[Finding]:
    """What looks like personal data, in order and without overlap.

    >>> [(each.kind, "Voir M. Dupont au 06 12 34 56 78"[each.start:each.end])
    ...  for each in find("Voir M. Dupont au 06 12 34 56 78")]
    [('name', 'M. Dupont'), ('phone', '06 12 34 56 78')]
    >>> find("Le lycée Jean Moulin et la place de la Mairie, à 20 h")
    []
    """
    found: list[Finding] = []
    if _EMAIL_HINT.search(words):
        found += [Finding(PersonalDataKind.EMAIL, *each.span()) for each in _EMAIL.finditer(words)]
    if any(letter.isdigit() for letter in words):
        found += [Finding(PersonalDataKind.PHONE, *each.span()) for each in _PHONE.finditer(words)]
        if _ADDRESS_HINT.search(words):
            found += [Finding(PersonalDataKind.ADDRESS, *each.span()) for each in _ADDRESS.finditer(words)]
    found += [Finding(PersonalDataKind.NAME, start, end) for start, end in _names(words)]
    return _apart(found)


def mask(words: str, findings: Iterable[Finding]) -> str:
    """The words with each finding replaced by a neutral mention.

    >>> mask("Écrivez à a@b.fr", find("Écrivez à a@b.fr"))
    'Écrivez à [donnée personnelle retirée]'
    """
    for each in sorted(findings, key=lambda one: one.start, reverse=True):
        words = words[: each.start] + MASK + words[each.end :]
    return words


def as_rows(findings: Iterable[Finding]) -> list[list[str | int]]:
    """Findings as they are stored on a voice: ``[kind, start, end]``."""
    return [[str(each.kind), each.start, each.end] for each in findings]


def from_rows(rows: Iterable[tuple[str, int, int]], words: str) -> list[Finding]:
    """Stored findings that still lie inside the words, in order and without overlap."""
    return _apart([Finding(kind, start, end) for kind, start, end in rows if 0 <= start < end <= len(words)])


def _names(words: str) -> list[tuple[int, int]]:
    spans = [each.span() for each in _TITLED.finditer(words) if not _is_a_role(each[1])]
    spans += [each.span(1) for each in _CALLED.finditer(words)]
    spans += _names_in_a_list(words)
    before = max(0, len(words) - _LAST_LINE)
    signed = _SIGNED.search(words[before:].rstrip())
    if signed and _is_a_signature(signed[1]):
        spans.append((before + signed.start(1), before + signed.end(1)))
    return spans


def _names_in_a_list(words: str) -> list[tuple[int, int]]:
    """First name and surname, at least twice in a row: one alone is more often a street or a school."""
    pairs = [each for each in _PAIRS.finditer(words) if _is_a_first_name(each[1])]
    listed: set[tuple[int, int]] = set()
    for one, two in pairwise(pairs):
        if _LISTED.fullmatch(words, one.end(), two.start()):
            listed |= {one.span(), two.span()}
    return sorted(listed)


def _is_a_role(name: str) -> bool:
    words = plain(name).split()
    return words[0] in _ROLES or (words[0] in _ARTICLES and (len(words) == 1 or words[1] in _ROLES))


def _is_a_first_name(word: str) -> bool:
    return all(part in FIRST_NAMES for part in plain(word).split("-"))


def _is_a_signature(line: str) -> bool:
    parts = line.split()
    initial = re.fullmatch(rf"[{_CAPITAL}]\.", parts[0]) is not None
    return len(parts) > 1 and (initial or any(_is_a_first_name(part) for part in parts))


def _apart(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
