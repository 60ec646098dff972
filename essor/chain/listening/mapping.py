"""Which column of a table is what: the typed face of ``ImportBatch.mapping``, and good first guesses."""

import hashlib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from essor.chain.listening.enums import ImportField
from essor.common.text import plain

ONE_COLUMN_ONLY = frozenset(ImportField.values) - {ImportField.SKIP, ImportField.WORDS}
_NAMES: tuple[tuple[str, str], ...] = (
    (ImportField.IDENTIFIER, "id identifiant identifier uuid numero reference ref"),
    (ImportField.LATITUDE, "latitude lat"),
    (ImportField.LONGITUDE, "longitude lon lng long"),
    (
        ImportField.DATE,
        "date horodateur horodatage timestamp created_at published_at submitted_at jour moment",
    ),
    (
        ImportField.AUTHOR,
        "auteur autrice author pseudo pseudonyme participant repondant user utilisateur email mail",
    ),
    (ImportField.FAMILY, "famille profil statut family vous_etes qui_etes_vous categorie_d_acteur"),
    (ImportField.COMMUNE, "commune ville insee code_insee city municipality"),
    (ImportField.THEME, "theme thematique categorie category rubrique sujet topic"),
    (ImportField.QUESTION, "question debat"),
    (ImportField.PLACE, "lieu adresse address place"),
    (ImportField.TITLE, "titre title intitule objet"),
    (
        ImportField.WORDS,
        "avis contribution texte verbatim reponse body commentaire comment proposition message contenu words"
        " text description idee remarque opinion expression temoignage answer voix parole",
    ),
)
_SHORT_TEXT = 25


@dataclass(frozen=True)
class ImportMapping:
    """How a file becomes voices. Unknown keys of the JSON are ignored, so that old batches stay readable."""

    columns: AnyMapping[str, str] = field(default_factory=dict)
    constants: AnyMapping[str, str] = field(default_factory=dict)
    question_from_column: bool = False
    create_themes: bool = False
    debates_as_questions: bool = True
    date_order: str = ""
    origin: str = ""
    sheet: str = ""
    signature: str = ""
    notes: Sequence[str] = ()

    @classmethod
    def from_json(cls, data: AnyMapping[str, Any]) -> "ImportMapping":
        names = {each.name for each in fields(cls)}
        return cls(**{key: value for key, value in data.items() if key in names})

    def as_json(self) -> dict[str, Any]:
        return {each.name: _plain_value(getattr(self, each.name)) for each in fields(self)}

    def columns_of(self, wanted: str) -> list[str]:
        """The columns that give this field, in the order of the file."""
        return [column for column, given in self.columns.items() if given == wanted]

    def column_of(self, wanted: str) -> str:
        """The first column that gives this field, or ``""``."""
        return next(iter(self.columns_of(wanted)), "")

    def constant(self, wanted: str) -> str:
        return str(self.constants.get(wanted, ""))


def signature_of(columns: Sequence[str]) -> str:
    """What stays the same from one file of a kind to the next: its column titles, in any case.

    >>> signature_of(["Avis", "Date"]) == signature_of(["avis ", "DATE"])
    True
    """
    joined = "\x1f".join(plain(each).strip() for each in columns)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def guess_columns(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """A field for each column: by its title first; failing that, the words are the column of long texts.

    >>> guess_columns(["Horodateur", "Votre commune", "Que manque-t-il ?"], [["1/1", "Lys", "un bus " * 9]])
    {'Horodateur': 'date', 'Votre commune': 'commune', 'Que manque-t-il ?': 'words'}
    """
    guessed = dict.fromkeys(columns, str(ImportField.SKIP))
    taken: set[str] = set()
    for column in columns:
        found = _by_title(column)
        if found and (found == ImportField.WORDS or found not in taken):
            guessed[column] = found
            taken.add(found)
    lengths = {column: _mean_length(rows, place) for place, column in enumerate(columns)}
    if ImportField.WORDS in taken:
        _keep_the_longest_words(guessed, lengths)
    else:
        free = [column for column in columns if guessed[column] in {ImportField.SKIP, ImportField.TITLE}]
        longest = max(free, key=lambda column: lengths[column], default="")
        if longest:
            guessed[longest] = str(ImportField.WORDS)
    return guessed


def _keep_the_longest_words(guessed: dict[str, str], lengths: AnyMapping[str, float]) -> None:
    """Several columns may look like words; those that are empty or hold short codes are left out."""
    words = [column for column, found in guessed.items() if found == ImportField.WORDS]
    longest = max(lengths[column] for column in words)
    for column in words:
        if lengths[column] < min(_SHORT_TEXT, longest):
            guessed[column] = str(ImportField.SKIP)


def _by_title(column: str) -> str:
    title = "_".join("".join(sign if sign.isalnum() else " " for sign in plain(column)).split())
    parts = set(title.split("_"))
    for wanted, names in _NAMES:
        if title in names.split():
            return str(wanted)
    for wanted, names in _NAMES:
        if wanted != ImportField.QUESTION and parts & set(names.split()):
            return str(wanted)
    return ""


def _mean_length(rows: Sequence[Sequence[str]], place: int) -> float:
    cells = [row[place] for row in rows if place < len(row)]
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, dict) else value
