"""One organisation of a file becomes a card, or changes the one it already had."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening.enums import PersonalDataKind
from essor.chain.listening.personal_data import Finding, find, mask
from essor.common.text import plain, tidy
from essor.ground.directory.enums import ActorState, BatchKind, BatchState, Direction, ResourceKind
from essor.ground.directory.models import Actor, ActorBatch
from essor.ground.directory.services.actors import add_organisation_actor
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.directory.services.reimports import FIELDS, follow_file, remember_said, take_up_again
from essor.ground.directory.services.resources import add_resource
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Organisation
from essor.ground.people.services import organisations
from essor.ground.people.services.organisations import OrganisationRefused
from essor.ground.territories.models import Theme
from essor.outside.issues import IssueLog, RowIssue
from essor.outside.organisation_tables import bare
from essor.outside.structures import MOST_MAIL, MOST_SITE, Structure, could_be_somebody

FIELD_NAMES = {
    "name": "nom", "family": "famille", "presentation": "présentation", "contact": "courriel",
    "website": "site", "commune_code": "commune", "latitude": "latitude", "longitude": "longitude",
    "themes": "thèmes",
}  # fmt: skip
_HINTS = (
    (ResourceKind.PLACES, ("salle", "local", "lieu", "terrain", "bureau", "atelier", "hangar", "maison")),
    (ResourceKind.MONEY, ("euro", "argent", "financ", "pret", "don", "subvention")),
    (ResourceKind.EQUIPMENT, ("materiel", "vehicule", "camion", "outil", "machine", "equipement")),
    (ResourceKind.TIME, ("temps", "benevol", "heure", "bras")),
    (ResourceKind.DATA, ("donnee", "mesure", "statisti", "releve")),
)


class Writer:
    """Writes organisations with their cards; counts what is new, what changed and what was known."""

    def __init__(self, batch: ActorBatch, issues: IssueLog) -> None:
        self.batch, self.issues, self.territory = batch, issues, batch.territory
        self.counts = {"added": 0, "changed": 0, "known": 0}
        self.lines: dict[str, int] = {}  # key → first line
        self.seen: dict[int, int] = {}  # organisation → first line
        communes = list(self.territory.communes.all())
        self.communes = {each.code: each.code for each in communes}
        self.communes |= {bare(each.name): each.code for each in communes}
        themes = list(Theme.objects.in_territory(self.territory).in_use())
        self.themes = {bare(each.slug): each.pk for each in themes}
        self.themes |= {bare(each.name): each.pk for each in themes}
        self.unknown_themes: set[str] = set()
        self.families = {bare(str(label)): value for value, label in StakeholderFamily.choices}
        self.families |= {bare(value): value for value in StakeholderFamily.values}

    def write(self, structure: Structure) -> None:
        """Add or follow one organisation; what cannot be done is told with its line, column and mend."""
        key = f"{self.batch.kind}:{structure.source}"
        if key in self.lines:
            said = {"line": self.lines[key]}
            reason = _("Cette structure est déjà donnée à la ligne %(line)d.") % said
            mend = _("Gardez une seule ligne, ou donnez un identifiant à chacune.")
            self._tell(structure, "id", reason, mend, skipped=True)
            return
        self.lines[key] = structure.line
        if self._is_of_elsewhere(structure):
            return
        try:
            with transaction.atomic():
                self._write(structure, key)
        except (ActorRefused, OrganisationRefused) as refused:
            mend = _("Corrigez la ligne, et importez de nouveau.")
            self._tell(structure, "nom", str(refused), mend, skipped=True)

    def _write(self, structure: Structure, key: str) -> None:
        card = Actor.objects.in_territory(self.territory).filter(source_key=key).first()
        organisation = card.organisation if card else self._organisation(structure)
        if organisation is not None and organisation.pk in self.seen:
            said = {"line": self.seen[organisation.pk], "name": organisation.name}
            reason = _("C’est la même organisation que « %(name)s », à la ligne %(line)d.") % said
            mend = _("Une organisation a une fiche : réunissez les deux lignes, ou distinguez les noms.")
            self._tell(structure, "nom", reason, mend, skipped=True)
            return
        card = card or Actor.objects.filter(organisation=organisation).exclude(organisation=None).first()
        if card is None:
            self._add(structure, key, organisation)
        elif self._was_undone(card):
            said = self._said(structure)
            take_up_again(by=self.batch.created_by, batch=self.batch, actor=card, source_key=key, said=said)
            if organisation is not None:
                organisations.archive_organisation(organisation=organisation, archived=False)
            self._give_things(card, said)
            self._count("added", card, structure)
        elif card.source_key == key and card.state == ActorState.LISTED:
            self._follow(structure, card)
        else:
            self._count("known", card, structure)

    def _was_undone(self, card: Actor) -> bool:
        batch = card.batch
        return card.state == ActorState.WITHDRAWN and batch is not None and batch.state == BatchState.UNDONE

    def _count(self, what: str, card: Actor, structure: Structure) -> None:
        self.counts[what] += 1
        if card.organisation_id is not None:
            self.seen[card.organisation_id] = structure.line

    def _organisation(self, structure: Structure) -> Organisation | None:
        """The one with this SIREN; or with this name, unless their SIREN say that they are two."""
        here = Organisation.objects.in_territory(self.territory)
        if structure.siren and (known := here.filter(siren=structure.siren).first()):
            return known
        same = here.filter(name__iexact=structure.name)
        return (same.filter(siren="") if structure.siren else same).first()

    def _add(self, structure: Structure, key: str, organisation: Organisation | None) -> None:
        said = self._said(structure)
        if organisation is None:
            organisation = organisations.add_organisation(
                territory=self.territory,
                name=structure.name,
                family=said["family"],
                siren=structure.siren,
                commune_code=said["commune_code"],
                website=said["website"],
                description=said["presentation"],
            )
            self.batch.journal.setdefault("organisations", []).append(organisation.pk)
        card = add_organisation_actor(
            by=self.batch.created_by,
            organisation=organisation,
            themes=Theme.objects.filter(pk__in=said["themes"]),
            batch=self.batch,
            source_key=key,
            **{name: said[name] for name in FIELDS},
        )
        remember_said(actor=card, said=said)
        self._give_things(card, said)
        self._count("added", card, structure)

    def _give_things(self, card: Actor, said: dict[str, Any]) -> None:
        by, standing = self.batch.created_by, {each.words for each in card.resources.current()}
        for direction in (Direction.OFFERS, Direction.SEEKS):
            for words in said[direction]:
                if words not in standing:
                    add_resource(by=by, actor=card, direction=direction, kind=kind_of(words), words=words)

    def _follow(self, structure: Structure, card: Actor) -> None:
        said = self._said(structure)
        kinds = {words: kind_of(words) for words in (*said["offers"], *said["seeks"])}
        done = follow_file(by=self.batch.created_by, batch=self.batch, actor=card, said=said, kinds=kinds)
        changed = bool(done.changed) | self._follow_siren(structure, card.organisation)
        for name in done.kept:
            reason = _("Cette fiche a été modifiée ici depuis : le texte d’ici est gardé.")
            mend = _("Modifiez la fiche, si c’est le fichier qui a raison.")
            self._tell(structure, FIELD_NAMES[name], reason, mend)
        self._count("changed" if changed else "known", card, structure)

    def _follow_siren(self, structure: Structure, organisation: Organisation | None) -> bool:
        if organisation is None or organisation.siren or not structure.siren:
            return False
        organisations.change_organisation(organisation=organisation, siren=structure.siren)
        self.batch.journal.setdefault("sirens", []).append(organisation.pk)
        return True

    def _said(self, structure: Structure) -> dict[str, Any]:
        """What the row says, as the card would keep it."""
        code = self._commune(structure)
        is_here = bool(code) or not (structure.commune_code or structure.commune)
        return {
            "name": _line(structure.name),
            "family": self._family(structure),
            "presentation": tidy(_nfc(self._public(structure, "présentation", structure.presentation))),
            "contact": self._contact(structure),
            "website": self._website(structure),
            "commune_code": code,
            "latitude": structure.latitude if is_here else None,
            "longitude": structure.longitude if is_here else None,
            "themes": self._themes(structure),
            "offers": [_line(self._public(structure, "propose", each))[:200] for each in structure.offers],
            "seeks": [_line(self._public(structure, "cherche", each))[:200] for each in structure.seeks],
        }

    def _public(self, structure: Structure, column: str, text: str) -> str:
        """The text without the mail addresses and mobile numbers that may be somebody’s."""
        found = [each for each in find(text) if _is_personal(each, text, structure.name)]
        if not found:
            return text
        reason = _("Ce texte a une adresse ou un numéro qui peut être celui d’une personne : il est masqué.")
        mend = _("Retirez-le du fichier, ou donnez une adresse ou un numéro général.")
        self._tell(structure, column, reason, mend)
        return mask(text, found)

    def _is_of_elsewhere(self, structure: Structure) -> bool:
        """A national file holds structures of every territory: only those of this one are taken."""
        code = structure.commune_code
        if self.batch.kind != BatchKind.DATA_INCLUSION or not self.communes or not code:
            return False
        if code in self.communes:
            return False
        said = {"said": f"{structure.commune} ({code})" if structure.commune else code}
        reason = _("« %(said)s » n’est pas une commune du territoire.") % said
        mend = _("Rien à faire si elle est d’ailleurs ; sinon, ajoutez la commune au périmètre.")
        self._tell(structure, "code_insee", reason, mend, skipped=True)
        return True

    def _family(self, structure: Structure) -> str:
        family = self.families.get(bare(structure.family))
        if family is not None and family != StakeholderFamily.CITIZEN:
            return family
        if structure.family:
            reason = _("« %(said)s » n’est pas une famille d’organisations.") % {
                "said": structure.family[:60]
            }
            mend = _("La fiche est dite « association » : modifiez-la si besoin.")
            self._tell(structure, "famille", reason, mend)
        return StakeholderFamily.ASSOCIATION.value

    def _commune(self, structure: Structure) -> str:
        for said in (structure.commune_code, structure.commune):
            code = self.communes.get(said, self.communes.get(bare(said), ""))
            if code:
                return code
        if said := structure.commune or structure.commune_code:
            reason = _("« %(said)s » n’est pas une commune du territoire.") % {"said": said[:60]}
            mend = _("La fiche est créée sans commune : ajoutez-la au périmètre, ou corrigez.")
            self._tell(structure, "commune", reason, mend)
        return ""

    def _themes(self, structure: Structure) -> list[int]:
        unknown = [each for each in structure.themes if bare(each) not in self.themes]
        new = [each for each in unknown if bare(each) not in self.unknown_themes]
        self.unknown_themes |= {bare(each) for each in new}
        if new:
            names = ", ".join(f"« {each[:40]} »" for each in new[:5])
            reason = _("Le territoire n’a pas ces thèmes : %(names)s.") % {"names": names}
            mend = _("Créez-les dans les réglages et importez de nouveau, ou laissez ; dit une seule fois.")
            self._tell(structure, "thématiques", reason, mend)
        return sorted({self.themes[bare(each)] for each in structure.themes if bare(each) in self.themes})

    def _contact(self, structure: Structure) -> str:
        try:
            if structure.contact:
                validate_email(structure.contact)
        except ValidationError:
            reason, mend = _("Cette adresse n’en est pas une."), _("Elle est laissée vide : corrigez-la.")
            self._tell(structure, "courriel", reason, mend)
            return ""
        return structure.contact if len(structure.contact) <= MOST_MAIL else ""

    def _website(self, structure: Structure) -> str:
        address = structure.website
        if address and "://" not in address:
            address = f"https://{address}"
        try:
            if address:
                URLValidator(schemes=["http", "https"])(address)
                if len(address) > MOST_SITE:
                    raise ValidationError("long")
        except ValidationError:
            reason = _("Ce site n’a pas une adresse lisible, ou elle est trop longue.")
            self._tell(structure, "site", reason, _("Il est laissé vide : corrigez-le."))
            return ""
        return address

    def _tell(self, at: Structure, column: str, reason: str, mend: str, skipped: bool = False) -> None:
        self.issues.add(RowIssue(at.line, column, reason, mend, skipped))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _line(text: str) -> str:
    return " ".join(_nfc(text).split())


def _is_personal(found: Finding, text: str, organisation: str) -> bool:
    words = text[found.start : found.end]
    if found.kind == PersonalDataKind.EMAIL:
        return could_be_somebody(words, organisation)
    return found.kind == PersonalDataKind.PHONE and _is_mobile(words)


def _is_mobile(number: str) -> bool:
    digits = "".join(each for each in number if each.isdigit())
    return digits.removeprefix("0033").removeprefix("33").removeprefix("0")[:1] in {"6", "7"}


def kind_of(words: str) -> str:
    """The kind that the words suggest; skills when none does."""
    text = bare(plain(words))
    kinds = (kind for kind, hints in _HINTS if any(hint in text for hint in hints))
    return str(next(kinds, ResourceKind.SKILLS))
