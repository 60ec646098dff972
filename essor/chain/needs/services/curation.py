"""Curation: people rearrange what the calculation proposed. Every gesture can be undone.

A gesture is a set of changes to columns of groups and placements. ``CurationStep.before`` and ``after``
hold them as ``{"groups": {key: {column: value}}, "placements": {key: {column: value}}}``, so that undoing
is one piece of code: check that nothing changed since, then write ``before`` back. A group that is made
is first written as dissolved, so that making it is a change like another.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from essor.chain.needs.enums import CurationVerb, Hand, LeftAside, Stance, SynthesisState
from essor.chain.needs.models import CurationStep, Group, Placement, Synthesis
from essor.common import clock
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

Changes = list[tuple[Any, dict[str, Any]]]
LABEL_LENGTH = 160
_FACTS: dict[str, str] = {
    CurationVerb.RENAME: "group.renamed",
    CurationVerb.MERGE: "group.merged",
    CurationVerb.SPLIT: "group.split",
    CurationVerb.MAKE: "group.made",
    CurationVerb.MOVE: "voice.moved",
    CurationVerb.ASIDE: "voice.set_aside",
    CurationVerb.QUOTE: "voice.quoted",
    CurationVerb.STANCE: "voice.stance_marked",
}


class CurationRefused(Exception):
    """The gesture cannot be made or undone; the message says why and what to do."""


@transaction.atomic
def rename_group(*, by: Person, group: Group, label: str) -> CurationStep:
    """Give a group the name people decided. The calculated name stays readable beside it."""
    synthesis = _opened(group.synthesis)
    group = _standing(synthesis, group)
    label = _name(label)
    if label == group.label:
        raise CurationRefused(_("Ce groupe porte déjà ce nom : rien n’a changé."))
    return _write(
        by,
        synthesis,
        CurationVerb.RENAME,
        groups=[(group, {"label": label, "hand": Hand.PERSON})],
        about=group,
    )


@transaction.atomic
def merge_groups(*, by: Person, into: Group, groups: Sequence[Group]) -> CurationStep:
    """Bring the voices of other groups, and the groups inside them, into one."""
    synthesis = _opened(into.synthesis)
    into = _standing(synthesis, into)
    others = [_standing(synthesis, each) for each in groups if each.pk != into.pk]
    if not others:
        raise CurationRefused(_("Choisissez un autre groupe à réunir avec celui-ci."))
    if any((each.parent_id is None) != (into.parent_id is None) for each in others):
        raise CurationRefused(
            _("On réunit deux groupes de même finesse : deux de la vue d’ensemble, ou deux du détail.")
        )
    keys = [each.pk for each in others]
    inside = Group.objects.filter(parent__in=keys).standing()
    return _write(
        by,
        synthesis,
        CurationVerb.MERGE,
        groups=[(each, {"is_dissolved": True}) for each in others]
        + [(each, {"parent_id": into.pk}) for each in inside],
        placements=[
            (each, {"group_id": into.pk, "hand": Hand.PERSON})
            for each in Placement.objects.filter(synthesis=synthesis, group__in=keys)
        ],
        about=into,
        note={"merged": keys},
    )


@transaction.atomic
def split_group(*, by: Person, group: Group, voices: Iterable[int], label: str) -> Group:
    """Make a new group, beside this one, of some of its voices (keys of contributions)."""
    synthesis = _opened(group.synthesis)
    group = _standing(synthesis, group)
    chosen = _placements(synthesis, voices)
    if any(each.group_id != group.pk for each in chosen):
        raise CurationRefused(_("Ces voix ne sont pas toutes dans ce groupe : choisissez-les dans sa liste."))
    if Placement.objects.filter(group=group).count() == len(chosen):
        raise CurationRefused(_("Laissez au moins une voix dans le groupe, ou renommez-le."))
    made = _new_group(synthesis, label, group.parent, near=group)
    _write(
        by,
        synthesis,
        CurationVerb.SPLIT,
        groups=[(made, {"is_dissolved": False})],
        placements=[(each, {"group_id": made.pk, "hand": Hand.PERSON}) for each in chosen],
        about=group,
        note={"made": made.pk},
    )
    return made


@transaction.atomic
def make_group(
    *, by: Person, synthesis: Synthesis, label: str, parent: Group | None = None, voices: Iterable[int] = ()
) -> Group:
    """Make a group by hand, inside an overview group or beside them, with these voices."""
    synthesis = _opened(synthesis)
    if parent is not None:
        parent = _standing(synthesis, parent)
        if parent.parent_id is not None:
            raise CurationRefused(_("Un groupe de détail se range dans un groupe de la vue d’ensemble."))
    keys = list(voices)
    chosen = _placements(synthesis, keys) if keys else []
    made = _new_group(synthesis, label, parent, near=parent)
    _write(
        by,
        synthesis,
        CurationVerb.MAKE,
        groups=[(made, {"is_dissolved": False})],
        placements=[(each, _into(made)) for each in chosen],
        about=made,
        note={"made": made.pk},
    )
    return made


@transaction.atomic
def move_voices(*, by: Person, synthesis: Synthesis, voices: Iterable[int], to: Group) -> CurationStep:
    """Put voices (keys of contributions) into another group; those that nearly repeat them follow."""
    synthesis = _opened(synthesis)
    to = _standing(synthesis, to)
    if to.children.filter(is_dissolved=False).exists():
        raise CurationRefused(
            _("Ce groupe de la vue d’ensemble contient des groupes plus fins : choisissez l’un d’eux.")
        )
    chosen = [each for each in _placements(synthesis, voices) if each.group_id != to.pk]
    if not chosen:
        raise CurationRefused(_("Ces voix sont déjà dans ce groupe : rien n’a changé."))
    return _write(
        by, synthesis, CurationVerb.MOVE, placements=[(each, _into(to)) for each in chosen], about=to
    )


@transaction.atomic
def set_aside(*, by: Person, synthesis: Synthesis, voices: Iterable[int], why: str) -> CurationStep:
    """Take voices out of all groups, with a reason that stays readable. They still count elsewhere."""
    synthesis = _opened(synthesis)
    if not (why := " ".join(why.split())[:200]):
        raise CurationRefused(_("Dites en un mot pourquoi ces voix sont mises de côté."))
    gone = {"group_id": None, "reason": LeftAside.BY_HAND, "hand": Hand.PERSON, "is_quote": False}
    chosen = _placements(synthesis, voices)
    return _write(
        by,
        synthesis,
        CurationVerb.ASIDE,
        placements=[(each, gone) for each in chosen],
        note={"why": why},
    )


@transaction.atomic
def choose_quote(
    *, by: Person, synthesis: Synthesis, voices: Iterable[int], chosen: bool = True
) -> CurationStep:
    """Show voices first, as quotes of their group; or no longer."""
    synthesis = _opened(synthesis)
    rows = _placements(synthesis, voices, with_copies=False)
    if chosen and any(each.group_id is None for each in rows):
        raise CurationRefused(_("Une voix mise de côté ne peut pas être citée : déplacez-la d’abord."))
    changes: Changes = [(each, {"is_quote": chosen}) for each in rows]
    return _write(by, synthesis, CurationVerb.QUOTE, placements=changes)


@transaction.atomic
def mark_stance(*, by: Person, synthesis: Synthesis, voices: Iterable[int], stance: str) -> CurationStep:
    """Say that voices support what their group asks for, or are contrary to it. Contrary voices are kept."""
    synthesis = _opened(synthesis)
    changes: Changes = [(each, {"stance": Stance(stance)}) for each in _placements(synthesis, voices)]
    return _write(by, synthesis, CurationVerb.STANCE, placements=changes)


@transaction.atomic
def undo_last(*, by: Person, synthesis: Synthesis) -> CurationStep:
    """Undo the last gesture that stands."""
    step = synthesis.steps.filter(undone_at=None).first()
    if step is None:
        raise CurationRefused(_("Il n’y a plus rien à annuler : les groupes sont ceux du calcul."))
    return undo_step(by=by, step=step)


@transaction.atomic
def undo_step(*, by: Person, step: CurationStep) -> CurationStep:
    """Undo one gesture, even an older one, unless a later gesture changed the same groups or voices."""
    synthesis = _opened(step.synthesis)
    step = CurationStep.objects.get(pk=step.pk)
    if step.undone_at is not None:
        raise CurationRefused(_("Ce geste est déjà annulé."))
    for model, name in ((Group, "groups"), (Placement, "placements")):
        rows = _rows(model, synthesis, step.after[name])
        for key, expected in step.after[name].items():
            if key not in rows or _columns(rows[key], expected) != expected:
                raise _changed_since()
        _restore(rows, step.before[name])
    _check_nothing_is_lost(synthesis)
    step.undone_at = clock.now()
    step.save(update_fields=["undone_at"])
    ledger.record(
        by=by,
        verb="curation.undone",
        thing=synthesis,
        territory=synthesis.territory,
        data={"step": step.number, "verb": step.verb},
    )
    return step


def _changed_since() -> CurationRefused:
    return CurationRefused(
        _(
            "Ce geste ne peut plus être annulé seul : un geste plus récent a changé les mêmes "
            "groupes ou les mêmes voix. Annulez d’abord le plus récent."
        )
    )


def _check_nothing_is_lost(synthesis: Synthesis) -> None:
    """No voice may stand in a dissolved group, no group inside a dissolved one."""
    voices = Placement.objects.filter(synthesis=synthesis, group__is_dissolved=True)
    inside = Group.objects.filter(synthesis=synthesis, parent__is_dissolved=True).standing()
    if voices.exists() or inside.exists():
        raise _changed_since()


def _opened(synthesis: Synthesis) -> Synthesis:
    """The synthesis, locked so that gestures are numbered one after the other."""
    synthesis = (
        Synthesis.objects.select_for_update(of=("self",)).select_related("territory").get(pk=synthesis.pk)
    )
    if synthesis.state != SynthesisState.READY:
        raise CurationRefused(
            _("Cette synthèse est « %(state)s » : seules les synthèses prêtes se retouchent.")
            % {"state": synthesis.get_state_display()}
        )
    return synthesis


def _standing(synthesis: Synthesis, group: Group) -> Group:
    found = Group.objects.filter(synthesis=synthesis, pk=group.pk).standing().first()
    if found is None:
        raise CurationRefused(
            _("Ce groupe n’existe plus : il a été réuni à un autre. Rechargez la page pour voir ses voix.")
        )
    return found


def _name(label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise CurationRefused(_("Donnez un nom au groupe."))
    if len(label) > LABEL_LENGTH:
        raise CurationRefused(
            _("Ce nom a %(n)d signes : raccourcissez-le à %(limit)d au plus.")
            % {"n": len(label), "limit": LABEL_LENGTH}
        )
    return label


def _placements(synthesis: Synthesis, voices: Iterable[int], with_copies: bool = True) -> list[Placement]:
    keys = set(voices)
    if not keys:
        raise CurationRefused(_("Choisissez au moins une voix : cochez-la dans la liste."))
    placed = Placement.objects.filter(synthesis=synthesis)
    wanted = list(placed.filter(contribution__in=keys).order_by("pk"))
    if len(wanted) < len(keys):
        raise CurationRefused(_("Une de ces voix n’est pas dans cette synthèse : rechargez la page."))
    if with_copies:
        place_of = {each.contribution_id: each.group_id for each in wanted}
        copies = placed.filter(same_as__in=keys).exclude(contribution__in=keys).order_by("pk")
        wanted += [each for each in copies if each.group_id == place_of.get(each.same_as_id or 0, -1)]
    return wanted


def _into(group: Group) -> dict[str, Any]:
    return {"group_id": group.pk, "reason": "", "hand": Hand.PERSON}


def _new_group(synthesis: Synthesis, label: str, parent: Group | None, near: Group | None) -> Group:
    last = Group.objects.filter(synthesis=synthesis).aggregate(last=Max("position"))["last"]
    return Group.objects.create(
        synthesis=synthesis,
        parent=parent,
        label=_name(label),
        hand=Hand.PERSON,
        x=near.x if near else 0.0,
        y=near.y if near else 0.0,
        position=(last or 0) + 1,
        is_dissolved=True,
    )


def _write(
    by: Person,
    synthesis: Synthesis,
    verb: CurationVerb,
    *,
    groups: Changes | None = None,
    placements: Changes | None = None,
    about: Group | None = None,
    note: Mapping[str, Any] | None = None,
) -> CurationStep:
    """Make the changes, remember how things were, and record the fact."""
    before: dict[str, Any] = {"groups": {}, "placements": {}}
    after: dict[str, Any] = {"groups": {}, "placements": {}, **(note or {})}
    if about is not None:
        after["about"] = about.pk
    for name, changes in (("groups", groups or []), ("placements", placements or [])):
        for row, values in changes:
            before[name][str(row.pk)] = _columns(row, values)
            after[name][str(row.pk)] = {column: _plain(value) for column, value in values.items()}
        _apply(changes)
    step = CurationStep.objects.create(
        synthesis=synthesis,
        number=(synthesis.steps.aggregate(last=Max("number"))["last"] or 0) + 1,
        verb=verb,
        before=before,
        after=after,
        by=by,
        at=clock.now(),
    )
    ledger.record(
        by=by,
        verb=_FACTS[verb],
        thing=about or synthesis,
        territory=synthesis.territory,
        data={"synthesis": synthesis.pk, "step": step.number, "voices": len(placements or [])},
    )
    return step


def _apply(changes: Changes) -> None:
    by_columns: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = {}
    for row, values in changes:
        for column, value in values.items():
            setattr(row, column, value)
        by_columns.setdefault((type(row), tuple(values)), []).append(row)
    for (model, columns), rows in by_columns.items():
        model._default_manager.bulk_update(rows, columns, batch_size=500)


def _restore(rows: dict[str, Any], before: Mapping[str, Mapping[str, Any]]) -> None:
    _apply([(rows[key], dict(values)) for key, values in before.items()])


def _rows(model: Any, synthesis: Synthesis, changes: Mapping[str, Any]) -> dict[str, Any]:
    keys = [int(key) for key in changes]
    found: dict[str, Any] = {}
    for start in range(0, len(keys), 5000):  # a database bounds the length of a question
        rows = model.objects.filter(Q(synthesis=synthesis), pk__in=keys[start : start + 5000])
        found.update({str(row.pk): row for row in rows})
    return found


def _columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    """Choices as the text they are stored as."""
    return str(value) if isinstance(value, str) else value
