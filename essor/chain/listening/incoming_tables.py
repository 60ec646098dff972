"""The rows of any table, read with a mapping, as voices on their way in."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from essor.chain.listening.enums import ImportField
from essor.chain.listening.incoming import Incoming, Reading, author_digest, prepared
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.places import Places
from essor.common.text import plain, tidy
from essor.ground.people.enums import StakeholderFamily
from essor.outside.dates import Order, UnreadableDate, order_of, read_moment
from essor.outside.issues import MissingColumn, RowIssue
from essor.outside.tables import Row, Table

ORDER_SAMPLE = 2000
NAME_LENGTH, QUESTION_LENGTH = 60, 300
_FAMILY_WORDS = (
    (StakeholderFamily.ASSOCIATION, "association associatif associative benevole collectif"),
    (StakeholderFamily.COMPANY, "entreprise societe commerce commercant artisan company business employeur"),
    (
        StakeholderFamily.PUBLIC_BODY,
        "collectivite elu elue mairie commune public institution departement region council authority",
    ),
    (
        StakeholderFamily.RESEARCHER,
        "recherche chercheur chercheuse universite universitaire research researcher",
    ),
    (
        StakeholderFamily.WORKER,
        "professionnel professionnelle salarie salariee agent travailleur worker professional soignant",
    ),
    (
        StakeholderFamily.CITIZEN,
        "habitant habitante citoyen citoyenne citizen particulier resident riverain usager",
    ),
)


class TableReader:
    """Reads one table; what is doubtful in a cell is told once per value, what loses a row at each row."""

    def __init__(
        self,
        table: Table,
        mapping: ImportMapping,
        places: Places,
        reading: Reading,
        scope: str,
        now: datetime,
    ) -> None:
        self.table, self.mapping, self.places, self.reading = table, mapping, places, reading
        self.latest = now + timedelta(days=1)
        self.origin = f"table:{scope}:{mapping.origin or mapping.signature}"
        self._at = {name: place for place, name in enumerate(table.columns)}
        self._told: set[tuple[str, str]] = set()
        self._families: dict[str, str] = {}
        self._check_columns()
        self._words = [(self._at[name], name) for name in mapping.columns_of(ImportField.WORDS)]
        self._place = {
            each: self._at[column]
            for each in ImportField.values
            if each and (column := mapping.column_of(each))
        }
        self._order = self._date_order()

    def voices(self) -> Iterator[Incoming]:
        for row in self.table.rows():
            yield from self._voices_of(row)

    def _check_columns(self) -> None:
        missing = [name for name, given in self.mapping.columns.items() if given and name not in self._at]
        if missing:
            raise MissingColumn(
                _("La colonne « %(column)s » n’est pas dans le fichier.") % {"column": missing[0]},
                _("Ses colonnes sont : %(columns)s.") % {"columns": ", ".join(self.table.columns)},
                column=missing[0],
            )
        if not self.mapping.columns_of(ImportField.WORDS):
            raise MissingColumn(
                _("Aucune colonne ne donne les mots."),
                _("Choisissez la colonne qui contient ce que les personnes ont dit."),
                column="",
            )

    def _voices_of(self, row: Row) -> Iterator[Incoming]:
        texts = [(place, name) for place, name in self._words if row.cells[place].strip()]
        title = self._cell(row, ImportField.TITLE)
        if not texts and not title:
            column = self._words[0][1]
            self._tell(
                row, column, _("La cellule des mots est vide : il n’y a pas de voix sur cette ligne."),
                _("Écrivez les mots dans cette colonne, ou laissez la ligne de côté."), skipped=True,
            )  # fmt: skip
            return
        for place, name in texts or self._words[:1]:
            yield self._voice(row, place, name, title)

    def _voice(self, row: Row, place: int, name: str, title: str) -> Incoming:
        identifier = self._cell(row, ImportField.IDENTIFIER)
        author = self._cell(row, ImportField.AUTHOR)
        several = len(self._words) > 1
        return prepared(
            key=self._key(row, identifier, place if several else None),
            repeats=not identifier,
            words=row.cells[place],
            title=title,
            said_at=self._moment(row),
            author=self._author(author, row, several),
            family=self._family(row),
            theme=self._name(row, ImportField.THEME, NAME_LENGTH, self.reading.themes),
            question=self._question(row, name),
            commune_code=self._commune(row),
            place_label=self._cell(row, ImportField.PLACE),
            language=self.mapping.constant("language"),
            file=self.table.name,
            line=row.line,
        )

    def _cell(self, row: Row, wanted: str) -> str:
        place = self._place.get(wanted)
        return row.cells[place].strip() if place is not None else ""

    def _key(self, row: Row, identifier: str, place: int | None) -> str:
        if not identifier or len(identifier) > 100:
            content = "\x1f".join(row.cells).encode(errors="replace")
            identifier = "#" + hashlib.blake2b(content, digest_size=12).hexdigest()
        return f"{self.origin}:{identifier}" if place is None else f"{self.origin}:{identifier}:{place}"

    def _author(self, author: str, row: Row, several: bool) -> str:
        if author:
            scope = "table" if "@" in author else self.origin
            return author_digest(f"{scope}:{plain(author)}")
        if several:  # the answers of one row are one person's
            return author_digest(self._key(row, self._cell(row, ImportField.IDENTIFIER), -1))
        return ""

    def _moment(self, row: Row) -> datetime | None:
        written = self._cell(row, ImportField.DATE) or self.mapping.constant(ImportField.DATE)
        if not written:
            return None
        try:
            moment = read_moment(written, order=self._order)
        except UnreadableDate as error:
            self._tell(row, self.mapping.column_of(ImportField.DATE), error.reason, error.mend)
            return None
        if moment > self.latest:
            self._tell(
                row, self.mapping.column_of(ImportField.DATE),
                _("La date « %(date)s » est à venir : celle de l’import la remplace.")
                % {"date": written[:40]},
                _("Vérifiez l’ordre du jour et du mois, ou l’année."),
            )  # fmt: skip
            return None
        return moment

    def _date_order(self) -> Order | None:
        if self.mapping.date_order in {"day_first", "month_first"}:
            return self.mapping.date_order  # type: ignore[return-value]
        place = self._place.get(ImportField.DATE)
        if place is None:
            return "day_first"
        return order_of(row.cells[place] for row in self.table.preview(ORDER_SAMPLE)) or "day_first"

    def _family(self, row: Row) -> str:
        written = self._cell(row, ImportField.FAMILY)
        fallback = self.mapping.constant(ImportField.FAMILY) or StakeholderFamily.CITIZEN
        if not written:
            return fallback
        if written not in self._families:
            found = family_named(written)
            if not found:
                self._tell_once(
                    row, ImportField.FAMILY, written,
                    _("« %(value)s » n’est pas une famille connue : la voix est rangée dans « %(family)s ».")
                    % {"value": written[:40], "family": StakeholderFamily(fallback).label},
                    _("Écrivez habitant, association, entreprise, collectivité, recherche ou professionnel."),
                )  # fmt: skip
            self._families[written] = found or fallback
        return self._families[written]

    def _name(self, row: Row, wanted: str, length: int, names: dict[str, None]) -> str:
        written = self._cell(row, wanted)
        name = (tidy(written)[:length] if written else "") or self.mapping.constant(wanted)
        if name:
            names.setdefault(name)
        return name

    def _question(self, row: Row, column: str) -> str:
        written = self._cell(row, ImportField.QUESTION)
        text = tidy(written).replace("\n", " ") if written else ""
        if not text and self.mapping.question_from_column:
            text = column
        text = (text or self.mapping.constant(ImportField.QUESTION))[:QUESTION_LENGTH]
        if text:
            self.reading.questions.setdefault(text, "")
        return text

    def _commune(self, row: Row) -> str:
        written = self._cell(row, ImportField.COMMUNE)
        code = self.places.named(written) if written else ""
        if written and not code:
            self._tell_once(
                row, ImportField.COMMUNE, written,
                _("« %(value)s » n’est pas une commune du territoire : la voix est gardée sans commune.")
                % {"value": written[:40]},
                _("Écrivez le nom de la commune ou son code INSEE, ou ajoutez-la au périmètre."),
            )  # fmt: skip
        return code or self._commune_of_point(row) or self.mapping.constant(ImportField.COMMUNE)

    def _commune_of_point(self, row: Row) -> str:
        latitude = self._cell(row, ImportField.LATITUDE).replace(",", ".")
        longitude = self._cell(row, ImportField.LONGITUDE).replace(",", ".")
        try:
            return self.places.at(float(latitude), float(longitude)) if latitude and longitude else ""
        except ValueError:
            return ""

    def _tell(self, row: Row, column: str, reason: str, mend: str, *, skipped: bool = False) -> None:
        self.table.issues.add(RowIssue(row.line, column, reason, mend, skipped))

    def _tell_once(self, row: Row, wanted: str, value: str, reason: str, mend: str) -> None:
        if (wanted, value) not in self._told:
            self._told.add((wanted, value))
            self._tell(row, self.mapping.column_of(wanted), reason, mend)


def family_named(text: str) -> str:
    """The family of actors that a word names, or ``""``.

    >>> str(family_named("Habitant·e")), family_named("martien")
    ('citizen', '')
    """
    if text in StakeholderFamily.values:
        return text
    words = "".join(sign if sign.isalnum() else " " for sign in plain(text)).split()
    for family, names in _FAMILY_WORDS:
        known = names.split()
        if any(word in known or word.removesuffix("s") in known for word in words):
            return str(family)
    return ""
