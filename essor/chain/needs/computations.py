"""The door to the synthesis engine: voices out of the tables, a dated snapshot of groups back into them."""

from collections import Counter
from collections.abc import Callable, Iterator
from math import hypot

from django.db import transaction

from essor.chain.needs.enums import Hand
from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.scopes import Scope
from essor.chain.needs.selectors.syntheses import voices_in_scope
from essor.common import clock
from essor.engines.synthesis.errors import SynthesisError, TooFewTexts
from essor.engines.synthesis.result import Group as Found
from essor.engines.synthesis.result import SynthesisResult
from essor.engines.synthesis.synthesise import synthesise
from essor.outside.sentence_encoder import sentence_encoder

__all__ = ["SynthesisError", "TooFewTexts", "compute", "fetch", "store"]
Tell = Callable[[float, str], None]
LABEL_LENGTH = 160


def fetch(synthesis: Synthesis) -> tuple[list[str], list[str]]:
    """Identifiers and texts (title, then words) of the voices in scope, in a fixed order."""
    voices = voices_in_scope(
        synthesis.territory, synthesis.consultation, Scope.read(synthesis.scope)
    ).values_list("pk", "title", "words")
    keys: list[str] = []
    texts: list[str] = []
    for pk, title, words in voices.iterator(chunk_size=5000):
        keys.append(str(pk))
        texts.append(f"{title}. {words}" if title else words)
    return keys, texts


def compute(synthesis: Synthesis, tell: Tell | None = None) -> SynthesisResult:
    """Run the engine on the voices in scope, with the seed of the synthesis. Writes nothing."""
    keys, texts = fetch(synthesis)
    return synthesise(
        texts,
        keys,
        grain=synthesis.grain,
        seed=synthesis.seed,
        encoder=sentence_encoder(),
        progress=tell,
    )


@transaction.atomic
def store(synthesis: Synthesis, result: SynthesisResult) -> None:
    """Write the snapshot: both grains, where each voice stands or why it is aside, the method and figures.

    What an earlier, unfinished run left behind is replaced.
    """
    Placement.objects.filter(synthesis=synthesis).delete()
    Group.objects.filter(synthesis=synthesis, parent__isnull=False).delete()
    Group.objects.filter(synthesis=synthesis).delete()
    overview = _write_groups(synthesis, result.overview, {})
    detail = _write_groups(synthesis, result.detail, overview)
    Placement.objects.bulk_create(_placements(synthesis, result, overview, detail), batch_size=1000)
    synthesis.method = result.method.to_dict()
    synthesis.input_digest = result.method.digest
    synthesis.figures = figures_of(result)
    synthesis.voices_count = len(result.positions) + len(result.left_aside)
    synthesis.computed_at = clock.now()
    synthesis.save(update_fields=["method", "input_digest", "figures", "voices_count", "computed_at"])


def figures_of(result: SynthesisResult) -> dict[str, object]:
    """Coverage, stability, what was folded and left aside, and the steps: numbers and codes only."""
    return {
        "coverage": result.coverage,
        "stability": result.stability,
        "overview": len(result.overview),
        "detail": len(result.detail),
        "small_voices": len(result.small_voices),
        "families": len(result.duplicates),
        "copies": sum(len(family) - 1 for family in result.duplicates),
        "left_aside": dict(sorted(Counter(each.reason for each in result.left_aside).items())),
        "steps": result.explain(),
    }


def _write_groups(
    synthesis: Synthesis, found: tuple[Found, ...], parents: dict[int, Group]
) -> dict[int, Group]:
    rows = [
        Group(
            synthesis=synthesis,
            parent=parents.get(each.parent) if each.parent is not None else None,
            label=_label(each),
            machine_label=_label(each),
            terms=[[term, round(float(weight), 3)] for term, weight in each.terms],
            cohesion=each.cohesion,
            stability=each.stability,
            x=each.x,
            y=each.y,
            hand=Hand.MACHINE,
            position=rank,
            is_small_voice=each.is_small_voice,
        )
        for rank, each in enumerate(found)
    ]
    Group.objects.bulk_create(rows, batch_size=500)
    return {each.index: row for each, row in zip(found, rows, strict=True)}


def _label(found: Found) -> str:
    text = found.label or ", ".join(term for term, _weight in found.terms[:3]) or str(found.index + 1)
    return text[:LABEL_LENGTH]


def _placements(
    synthesis: Synthesis, result: SynthesisResult, overview: dict[int, Group], detail: dict[int, Group]
) -> Iterator[Placement]:
    first_of = {key: family[0] for family in result.duplicates for key in family[1:]}
    placed: set[str] = set()
    for found, rows in ((result.detail, detail), (result.overview, overview)):
        for each in found:
            quotes = set(each.quotes)
            for key in each.members:
                if key in placed:
                    continue
                placed.add(key)
                x, y = result.positions.get(key, (each.x, each.y))
                yield Placement(
                    synthesis=synthesis,
                    contribution_id=int(key),
                    group=rows[each.index],
                    machine_group=rows[each.index],
                    is_quote=key in quotes,
                    nearness=_nearness(each, x, y),
                    same_as_id=int(first_of[key]) if key in first_of else None,
                    x=x,
                    y=y,
                )
    for aside in result.left_aside:
        yield Placement(synthesis=synthesis, contribution_id=int(aside.id), reason=aside.reason)


def _nearness(found: Found, x: float, y: float) -> float:
    """1 in the middle of the group’s disc, ½ at its edge, towards 0 beyond."""
    return round(1 / (1 + hypot(x - found.x, y - found.y) / max(found.radius, 1e-6)), 4)
