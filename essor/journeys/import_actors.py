"""A file of organisations from elsewhere becomes cards of the directory. Run twice, it adds nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from essor.common.text import plain
from essor.ground.directory.enums import BatchKind, Direction, ResourceKind
from essor.ground.directory.models import Actor, ActorBatch
from essor.ground.directory.services.actors import add_organisation_actor
from essor.ground.directory.services.imports import fail_batch, finish_batch, mark_running
from essor.ground.directory.services.resources import add_resource
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Organisation
from essor.ground.people.services.organisations import OrganisationRefused, add_organisation
from essor.ground.territories.models import Theme
from essor.outside.data_inclusion import Structure, is_nominative, read_structures
from essor.outside.issues import IssueLog, NotATable, RowIssue, UnreadableFile
from essor.outside.spreadsheets import open_table

# What each column of a plain table may be called.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("nom", "name", "organisation", "structure", "raison sociale", "intitule"),
    "family": ("famille", "family", "type"),
    "siren": ("siren", "siret"),
    "commune_code": ("code insee", "insee", "code commune"),
    "commune": ("commune", "ville", "city"),
    "contact": ("courriel", "mail", "email", "e-mail", "adresse electronique", "contact"),
    "website": ("site", "site web", "website", "url"),
    "presentation": ("presentation", "description", "activite", "objet"),
    "themes": ("themes", "theme", "thematiques", "thematique"),
    "offers": ("propose", "offre", "offers", "ce qu elle propose"),
    "seeks": ("cherche", "besoin", "seeks", "ce qu elle cherche"),
    "id": ("id", "identifiant", "reference"),
}
MOST_ISSUES = 500


def run(batch_id: int) -> None:
    """Read the file and add what is new."""
    batch = ActorBatch.objects.select_related("territory", "created_by").get(pk=batch_id)
    if not mark_running(batch=batch):
        return
    with TemporaryDirectory(prefix="essor-actors-") as folder:
        path = Path(folder) / "file"
        with batch.file.open("rb") as source, path.open("wb") as target:
            for chunk in iter(lambda: source.read(1 << 20), b""):
                target.write(chunk)
        try:
            _read(batch, path)
        except UnreadableFile as unreadable:
            fail_batch(batch=batch, words=str(unreadable))


@transaction.atomic
def _read(batch: ActorBatch, path: Path) -> None:
    issues = IssueLog(MOST_ISSUES)
    writer = _Writer(batch, issues)
    rows = 0
    for structure, more in _structures(batch, path, issues):
        rows += 1
        writer.write(structure, more)
    finish_batch(
        batch=batch,
        added=writer.added,
        known=writer.known,
        rows=rows,
        issues=[(each.line, each.column, each.reason, each.mend) for each in issues],
    )


def _structures(
    batch: ActorBatch, path: Path, issues: IssueLog
) -> Iterator[tuple[Structure, dict[str, str]]]:
    if batch.kind == BatchKind.DATA_INCLUSION:
        for structure in read_structures(path, batch.filename, issues):
            yield structure, {}
        return
    table = open_table(path, name=batch.filename)
    columns = {_bare(each): each for each in table.columns}
    known = {
        field: next((columns[name] for name in names if name in columns), "")
        for field, names in COLUMNS.items()
    }
    if not known["name"]:
        raise NotATable(
            _("Aucune colonne ne donne le nom des organisations."),
            _("Nommez-la « nom », et importez de nouveau."),
        )
    for line, record in table.records():
        row = {field: record.get(column, "").strip() if column else "" for field, column in known.items()}
        if not row["name"]:
            issues.add(
                RowIssue(line, known["name"], _("Le nom est vide."), _("Donnez un nom à cette ligne."))
            )
            continue
        yield _from_row(line, row), row


def _from_row(line: int, row: dict[str, str]) -> Structure:
    digits = re.sub(r"\D", "", row["siren"])
    return Structure(
        line=line,
        source=row["id"] or f"{_bare(row['name'])}|{_bare(row['commune'] or row['commune_code'])}",
        name=row["name"][:160],
        siren=digits[:9] if len(digits) in (9, 14) else "",
        commune_code=row["commune_code"],
        contact=row["contact"],
        website=row["website"],
        presentation=row["presentation"][:4000],
        themes=tuple(each.strip() for each in re.split(r"[,;|]", row["themes"]) if each.strip()),
    )


class _Writer:
    """Writes structures as organisations with their card; counts what is new and what is known."""

    def __init__(self, batch: ActorBatch, issues: IssueLog) -> None:
        self.batch, self.issues = batch, issues
        self.territory = batch.territory
        self.added = self.known = 0
        self.communes = {each.code: each.code for each in self.territory.communes.all()}
        self.communes |= {_bare(each.name): each.code for each in self.territory.communes.all()}
        self.themes = {_bare(each.slug): each for each in Theme.objects.in_territory(self.territory).in_use()}
        self.themes |= {
            _bare(each.name): each for each in Theme.objects.in_territory(self.territory).in_use()
        }
        self.families = {_bare(str(label)): value for value, label in StakeholderFamily.choices}
        self.families |= {value: value for value in StakeholderFamily.values}

    def write(self, structure: Structure, more: dict[str, str]) -> None:
        key = f"{self.batch.kind}:{structure.source}"[:200]
        if Actor.objects.in_territory(self.territory).filter(source_key=key).exists():
            self.known += 1
            return
        organisation = self._organisation(structure, more)
        if organisation is None:
            return
        if Actor.objects.filter(organisation=organisation).exists():
            self.known += 1
            return
        actor = add_organisation_actor(
            by=self.batch.created_by,
            organisation=organisation,
            themes=self._themes(structure),
            batch=self.batch,
            source_key=key,
            contact=self._contact(structure),
            latitude=structure.latitude,
            longitude=structure.longitude,
        )
        self.added += 1
        for direction, column in ((Direction.OFFERS, "offers"), (Direction.SEEKS, "seeks")):
            for words in (each.strip() for each in re.split(r"[;|]", more.get(column, "")) if each.strip()):
                add_resource(
                    by=self.batch.created_by, actor=actor, direction=direction, kind=_kind(words), words=words
                )

    def _organisation(self, structure: Structure, more: dict[str, str]) -> Organisation | None:
        here = Organisation.objects.in_territory(self.territory)
        known = here.filter(siren=structure.siren).first() if structure.siren else None
        known = known or here.filter(name__iexact=structure.name).first()
        if known is not None:
            return known
        try:
            return add_organisation(
                territory=self.territory,
                name=structure.name,
                family=self._family(more.get("family", ""), structure),
                siren=structure.siren,
                commune_code=self._commune(structure, more),
                website=self._website(structure),
                description=structure.presentation,
            )
        except OrganisationRefused as refused:
            self._tell(structure, "nom", str(refused), _("Corrigez la ligne, et importez de nouveau."), True)
            return None

    def _family(self, said: str, structure: Structure) -> str:
        family = self.families.get(_bare(said), StakeholderFamily.ASSOCIATION)
        return family if family != StakeholderFamily.CITIZEN else StakeholderFamily.ASSOCIATION

    def _commune(self, structure: Structure, more: dict[str, str]) -> str:
        said = structure.commune_code or more.get("commune", "")
        code = self.communes.get(said, self.communes.get(_bare(said), ""))
        if said and not code:
            mend = _("La fiche est créée sans commune : ajoutez-la au périmètre, ou corrigez.")
            self._tell(
                structure, "commune", _("« %(said)s » n’est pas du territoire.") % {"said": said}, mend
            )
        return code

    def _themes(self, structure: Structure) -> list[Theme]:
        found = {
            self.themes[_bare(each)].pk: self.themes[_bare(each)]
            for each in structure.themes
            if _bare(each) in self.themes
        }
        return list(found.values())

    def _contact(self, structure: Structure) -> str:
        if not structure.contact:
            return ""
        try:
            validate_email(structure.contact)
        except ValidationError:
            self._tell(
                structure, "courriel", _("Cette adresse n’en est pas une."), _("Elle est laissée vide.")
            )
            return ""
        if is_nominative(structure.contact):
            self._tell(
                structure,
                "courriel",
                _("Cette adresse nomme une personne."),
                _("Donnez une adresse générale."),
            )
            return ""
        return structure.contact

    def _website(self, structure: Structure) -> str:
        address = structure.website
        if address and "://" not in address:
            address = f"https://{address}"
        try:
            if address:
                URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            self._tell(structure, "site", _("Ce site n’a pas une adresse lisible."), _("Il est laissé vide."))
            return ""
        return address[:200]

    def _tell(self, structure: Structure, column: str, reason: str, mend: str, skipped: bool = False) -> None:
        self.issues.add(RowIssue(structure.line, column, reason, mend, skipped))


def _bare(text: Any) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(str(text))).split())


_HINTS = (
    (ResourceKind.PLACES, ("salle", "local", "lieu", "terrain", "bureau", "atelier", "hangar", "maison")),
    (ResourceKind.MONEY, ("euro", "argent", "financ", "pret", "don", "subvention")),
    (ResourceKind.EQUIPMENT, ("materiel", "vehicule", "camion", "outil", "machine", "equipement")),
    (ResourceKind.TIME, ("temps", "benevol", "heure", "bras")),
    (ResourceKind.DATA, ("donnee", "mesure", "statisti", "releve")),
)


def _kind(words: str) -> str:
    """The kind that the words suggest; skills when none does."""
    bare = _bare(words)
    return next((kind for kind, hints in _HINTS if any(hint in bare for hint in hints)), ResourceKind.SKILLS)
