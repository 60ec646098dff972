"""Writing the sheet of a project together. Two people who save at once lose nothing.

Each save names the version it was written from. If the section moved on meanwhile, both changes are put
together; if they touch the same sentence, nothing is overwritten: the writer is given both and decides.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.projects.models import Project, SheetSection, SheetVersion
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.sheet import BY_KEY
from essor.common import clock
from essor.common.merging import Merged, merge
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

LONGEST = 20_000


@dataclass(frozen=True)
class Saved:
    """What became of a save: the version written, or what clashes with the present words."""

    version: SheetVersion | None
    was_merged: bool = False
    merged: Merged | None = None
    present: str = ""
    number: int = 0

    @property
    def clashes(self) -> bool:
        return self.version is None and self.merged is not None


@transaction.atomic
def save_section(*, by: Person, project: Project, key: str, words: str, base: int, note: str = "") -> Saved:
    """Save the words of a section written from its version ``base``. Words that clash are not written."""
    if key not in BY_KEY:
        raise ProjectRefused(_("Cette rubrique n’existe pas dans la fiche d’un projet."))
    words = tidy(words)
    if len(words) > LONGEST:
        raise ProjectRefused(
            _("Cette rubrique a %(n)d signes : %(most)d au plus. Vos mots sont gardés ci-dessous.")
            % {"n": len(words), "most": LONGEST}
        )
    project = Project.objects.select_for_update(of=("self",)).select_related("territory").get(pk=project.pk)
    section = _section(project, key)
    if not 0 <= base <= section.number:
        raise ProjectRefused(
            _("Cette page est d’une version que personne ne connaît : ouvrez-la de nouveau.")
        )
    if words == section.words:
        return Saved(None, present=section.words, number=section.number)
    if base == section.number:
        return Saved(_write(by, project, section, words, base, note), number=section.number)
    found = merge(_words_of(project, key, base), words, section.words)
    if not found.is_clean:
        return Saved(None, merged=found, present=section.words, number=section.number)
    if found.text == section.words:
        return Saved(None, present=section.words, number=section.number)
    version = _write(by, project, section, found.text, base, note, was_merged=True)
    return Saved(version, was_merged=True, number=section.number)


@transaction.atomic
def restore_version(*, by: Person, version: SheetVersion) -> Saved:
    """Take the words of an earlier version again, as a new one: nothing in between is lost."""
    project = (
        Project.objects.select_for_update(of=("self",)).select_related("territory").get(pk=version.project_id)
    )
    section = _section(project, version.key)
    if section.words == version.words:
        return Saved(None, present=section.words, number=section.number)
    note = _("Version %(number)s reprise") % {"number": version.number}
    written = _write(by, project, section, version.words, section.number, note)
    return Saved(written, number=section.number)


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """What they wrote in a sheet belongs to its team and stays, without their name."""
    return SheetVersion.objects.filter(by=person).update(by=None)


def _section(project: Project, key: str) -> SheetSection:
    section, _is_new = SheetSection.objects.get_or_create(
        project=project, key=key, defaults={"changed_at": clock.now()}
    )
    section.project = project
    return section


def _words_of(project: Project, key: str, number: int) -> str:
    if number == 0:
        return ""
    return SheetVersion.objects.get(project=project, key=key, number=number).words


def _write(
    by: Person,
    project: Project,
    section: SheetSection,
    words: str,
    base: int,
    note: str,
    *,
    was_merged: bool = False,
) -> SheetVersion:
    now = clock.now()
    section.words, section.number, section.changed_at = words, section.number + 1, now
    section.save()
    project.sheet_number += 1
    project.changed_at = now
    project.save(update_fields=["sheet_number", "changed_at"])
    version = SheetVersion.objects.create(
        project=project,
        key=section.key,
        number=section.number,
        sheet_number=project.sheet_number,
        base=base,
        words=words,
        was_merged=was_merged,
        note=" ".join(note.split())[:200],
        by=by,
        at=now,
    )
    ledger.record(
        by=by,
        verb="project.sheet_saved",
        thing=project,
        territory=project.territory,
        data={"section": section.key, "number": section.number, "merged": was_merged},
    )
    return version
