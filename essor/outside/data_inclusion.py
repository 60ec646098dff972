"""Structures in the data·inclusion exchange schema, v0 and v1 (CSV, workbook or JSON): organisations only.

Columns read: source, id, nom, siret, code_insee, commune, longitude, latitude, courriel, site_web,
presentation_resume and presentation_detail (v0) or description (v1), typologie (v0) or reseaux_porteurs (v1),
thematiques. Others are left aside; so are telephone numbers, and mail addresses that may be somebody’s.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from essor.outside.issues import IssueLog, MissingColumn, NotATable, RowIssue
from essor.outside.organisation_tables import insee, public_contact, tell_of_the_file
from essor.outside.spreadsheets import open_table, refuse_size
from essor.outside.structures import MOST_NAME, MOST_SOURCE, MOST_WORDS, Structure, cell, cut, siren_of
from essor.outside.words import gettext as _

NEEDED = ("id", "nom")
# Typologies of v0 and networks of v1, once lower and without signs.
_PUBLIC_WORDS = """
    mun cc epci dept reg etat ccas cias ccascias caf cafs cpam carsat msa pe francetravail ft pjj spip
    pmi departements departement communes mairies mairie regions prefecture souspref franceservices chu
    bib cdas mds mdph"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())
_COMPANY_WORDS = """
    ei etti ea eatt scop scic eiti entreprisesadaptees"""
_COMPANY = frozenset(_COMPANY_WORDS.split())


def read_structures(path: Path, name: str, issues: IssueLog) -> Iterator[Structure]:
    """Each structure of a CSV, a workbook or a JSON file. Raises ``UnreadableFile`` for a whole file."""
    for line, record in _records(path, name, issues):
        found = _structure(line, record, issues)
        if found is not None:
            yield found


def _records(path: Path, name: str, issues: IssueLog) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if is_json(path, name):
        yield from enumerate(_json(path), start=1)
        return
    table = open_table(path, name=name)
    missing = [each for each in NEEDED if each not in table.columns]
    if missing:
        raise MissingColumn(
            _("La colonne « %(name)s » manque.") % {"name": missing[0]},
            _("Un fichier de structures data·inclusion a les colonnes « id » et « nom »."),
        )
    yield from table.records()
    tell_of_the_file(table, issues)


def is_json(path: Path, name: str) -> bool:
    """Whether the file is JSON, whatever its name."""
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    return name.lower().endswith(".json") or start.startswith((b"{", b"[{"))


def _json(path: Path) -> list[Mapping[str, Any]]:
    refuse_size(path.stat().st_size)
    content = path.read_bytes()
    try:
        read = _loaded(content)
    except (ValueError, RecursionError) as broken:
        raise NotATable(
            _("Ce fichier n’est pas du JSON lisible : il est peut-être coupé."),
            _("Téléchargez-le de nouveau, puis déposez-le."),
        ) from broken
    rows = read.get("items", read.get("structures")) if isinstance(read, dict) else read
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise NotATable(
            _("Ce JSON n’est pas une liste de structures."), _("Choisissez le fichier des structures.")
        )
    return rows


def _loaded(content: bytes) -> Any:
    """JSON in UTF-8, 16 or 32, with its mark or not; failing that, in the encoding of an old Windows."""
    try:
        return json.loads(content)
    except UnicodeDecodeError:
        return json.loads(content.decode("cp1252"))


def _structure(line: int, record: Mapping[str, Any], issues: IssueLog) -> Structure | None:
    key, name = cell(record, "id"), cell(record, "nom")
    for column, value in (("id", key), ("nom", name)):
        if not value:
            mend = _("Donnez un identifiant et un nom à cette ligne.")
            issues.add(RowIssue(line, column, _("Cette case est vide."), mend))
            return None
    source = cell(record, "source")
    latitude, longitude = _spot(line, record, issues)
    found = Structure(
        line=line,
        # Before v1, the same id may come from two sources; from v1, it begins with its source.
        source=(key if not source or key.startswith(f"{source}--") else f"{source}--{key}")[:MOST_SOURCE],
        name=cut(name, MOST_NAME, line, "nom", issues),
        siren=siren_of(cell(record, "siret"), line, "siret", issues),
        commune_code=insee(cell(record, "code_insee")),
        commune=cell(record, "commune"),
        latitude=latitude,
        longitude=longitude,
        website=cell(record, "site_web"),
        presentation=cut(_presentation(record), MOST_WORDS, line, "presentation_detail", issues),
        family=_family(record),
        themes=_themes(record.get("thematiques")),
    )
    return replace(found, contact=public_contact(cell(record, "courriel"), found, "courriel", issues))


def _presentation(record: Mapping[str, Any]) -> str:
    summary, detail = cell(record, "presentation_resume"), cell(record, "presentation_detail")
    if detail.startswith(summary.rstrip("… .")):
        summary = ""  # the summary is often the beginning of the rest
    return "\n\n".join(text for text in (summary, detail or cell(record, "description")) if text)


def _spot(line: int, record: Mapping[str, Any], issues: IssueLog) -> tuple[float | None, float | None]:
    said = cell(record, "latitude"), cell(record, "longitude")
    if not any(said):
        return None, None
    try:
        lat, lon = (float(each.replace(",", ".")) for each in said)
    except ValueError:
        lat = lon = math.nan
    if abs(lat) <= 90 and abs(lon) <= 180:
        return lat, lon
    reason, mend = _("Ce point n’est pas sur la Terre."), _("Corrigez-le ; la structure est lue sans.")
    issues.add(RowIssue(line, "latitude", reason, mend, False))
    return None, None


def _family(record: Mapping[str, Any]) -> str:
    """The family that the typology or a network tells; an association when neither does."""
    codes = [re.sub(r"[^a-z0-9]", "", each.lower()) for each in _list(record.get("reseaux_porteurs"))]
    codes.append(re.sub(r"[^a-z0-9]", "", cell(record, "typologie").lower()))
    if any(each in _PUBLIC for each in codes):
        return "public_body"
    return "company" if any(each in _COMPANY for each in codes) else "association"


def _themes(value: Any) -> tuple[str, ...]:
    """The first half of each theme: “mobilite--se-deplacer-sans-permis” is of “mobilite”."""
    names = (each.split("--")[0] for each in _list(value))
    return tuple(dict.fromkeys(name for name in names if name))


def _list(value: Any) -> list[str]:
    """A list, as JSON gives it or as it is written in a cell."""
    parts = value if isinstance(value, list) else re.split(r"[,;|]", str(value or "").strip("[]{}"))
    return [text for text in (str(each).strip(" \"'") for each in parts) if text]
