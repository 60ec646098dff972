"""Structures in the data·inclusion exchange schema (CSV or JSON lists): organisations only, no person.

Columns read: id, nom, siret, code_insee, commune, longitude, latitude, courriel, site_web,
presentation_resume, presentation_detail, typologie, thematiques. Others are left aside; so are telephone
numbers, and addresses of mail that name a person.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from essor.outside.issues import IssueLog, NotATable, RowIssue
from essor.outside.spreadsheets import open_table

_NOMINATIVE = re.compile(r"^[a-zà-ÿ]{2,}[._-][a-zà-ÿ]{2,}@", re.IGNORECASE)
_GENERAL = re.compile(
    r"^(contact|accueil|info|infos|mairie|secretariat|bonjour|asso|association)[._-]", re.IGNORECASE
)
NEEDED = ("id", "nom")


@dataclass(frozen=True)
class Structure:
    """One organisation, as it may be public."""

    line: int
    source: str
    name: str
    siren: str = ""
    commune_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contact: str = ""
    website: str = ""
    presentation: str = ""
    themes: tuple[str, ...] = ()


def is_nominative(address: str) -> bool:
    """Whether a mail address names a person.

    >>> is_nominative("jeanne.martin@asso.example"), is_nominative("contact@asso.example")
    (True, False)
    """
    return bool(_NOMINATIVE.match(address)) and not _GENERAL.match(address)


def read_structures(path: Path, name: str, issues: IssueLog) -> Iterator[Structure]:
    """Each structure of a CSV, a workbook or a JSON file. Raises ``UnreadableFile`` for a whole file."""
    for line, record in _records(path, name):
        found = _structure(line, record, issues)
        if found is not None:
            yield found


def _records(path: Path, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if name.lower().endswith(".json"):
        yield from enumerate(_json(path), start=1)
        return
    table = open_table(path, name=name)
    missing = [each for each in NEEDED if each not in table.columns]
    if missing:
        raise NotATable(
            f"La colonne « {missing[0]} » manque.",
            "Un fichier de structures data·inclusion a les colonnes « id » et « nom ».",
        )
    yield from table.records()


def _json(path: Path) -> list[Mapping[str, Any]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as broken:
        raise NotATable("Ce fichier n’est pas du JSON lisible.", "Téléchargez-le de nouveau.") from broken
    rows = read.get("items", read.get("structures")) if isinstance(read, dict) else read
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise NotATable("Ce JSON n’est pas une liste de structures.", "Choisissez le fichier des structures.")
    return rows


def _structure(line: int, record: Mapping[str, Any], issues: IssueLog) -> Structure | None:
    source, name = _text(record, "id"), _text(record, "nom")
    for column, value in (("id", source), ("nom", name)):
        if not value:
            issues.add(RowIssue(line, column, "Cette case est vide.", "Donnez un identifiant et un nom."))
            return None
    siret = re.sub(r"\D", "", _text(record, "siret"))
    if siret and len(siret) != 14:
        mend = "Corrigez-le ; la structure est lue sans."
        issues.add(RowIssue(line, "siret", "Un SIRET a quatorze chiffres.", mend, False))
        siret = ""
    contact = _text(record, "courriel")
    if contact and is_nominative(contact):
        mend = "Elle est laissée de côté : donnez-en une générale."
        issues.add(RowIssue(line, "courriel", "Cette adresse nomme une personne.", mend, False))
        contact = ""
    lat, lon = _number(record, "latitude"), _number(record, "longitude")
    here = lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180
    return Structure(
        line=line,
        source=source,
        name=name[:160],
        siren=siret[:9],
        commune_code=_text(record, "code_insee"),
        latitude=lat if here else None,
        longitude=lon if here else None,
        contact=contact,
        website=_text(record, "site_web"),
        presentation="\n\n".join(
            text
            for text in (_text(record, "presentation_resume"), _text(record, "presentation_detail"))
            if text
        )[:4000],
        themes=_themes(record.get("thematiques")),
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return "" if value is None else str(value).strip()


def _number(record: Mapping[str, Any], name: str) -> float | None:
    try:
        return float(_text(record, name).replace(",", "."))
    except ValueError:
        return None


def _themes(value: Any) -> tuple[str, ...]:
    """The first half of each theme: “mobilite--se-deplacer-sans-permis” is of “mobilite”."""
    parts = value if isinstance(value, list) else re.split(r"[,;|]", str(value or "").strip("[]{}"))
    names = (str(each).strip(" \"'").split("--")[0] for each in parts)
    return tuple(dict.fromkeys(name for name in names if name))
