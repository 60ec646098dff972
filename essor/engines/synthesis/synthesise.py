"""The door of the engine: texts in, a `SynthesisResult` out.

Steps: read and stem (`normalise`), fold the copies (`duplicates`), vectors weighted by frequency (`vectors`),
an encoder beside them (`blending`), smoothing on the neighbour graph (`graph`), two nested grains
(`grouping`), names (`labels`), quotes (`quotes`), re-runs (`stability`), places (`layout`).
Cost: linear in the number of texts beyond `grouping.LANDMARKS`.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from essor.engines.synthesis.account import method_of, steps_of
from essor.engines.synthesis.blending import Encoder
from essor.engines.synthesis.errors import BadInput, TooFewTexts
from essor.engines.synthesis.grouping import SMALLEST, group_texts
from essor.engines.synthesis.portrait import portray
from essor.engines.synthesis.reading import Progress, read_texts
from essor.engines.synthesis.result import Aside, Grain, SynthesisResult
from essor.engines.synthesis.stability import measure_stability


def synthesise(
    texts: Sequence[str],
    ids: Sequence[str] | None = None,
    *,
    grain: Grain = "overview",
    seed: int | np.random.Generator = 0,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    with_stability: bool = True,
) -> SynthesisResult:
    """Group texts by what they talk about.

    `grain` is "overview" (5 to 12 groups, the number chosen), "detail" (20 to 60, nested in the overview)
    or the number of overview groups. `seed` is an integer or a generator. `progress(share, step)` is called
    with a share from 0 to 1 and the code of the step. `encoder` reads beside the packaged vectors, unless the
    texts are too many for it (`blending`); `method` says which vectors were used.

    Raises `BadInput` (ids that are not unique or not as many as the texts, a text that is not a string, a bad
    grain) or `TooFewTexts`.

    >>> texts = ["Plus de pistes cyclables", "Des pistes pour le vélo", "Vélo et trottinette : des pistes",
    ...          "Ouvrir un centre de santé", "Trouver un médecin", "Des médecins et une maison de santé", ""]
    >>> found = synthesise(texts, grain=2)
    >>> sorted(group.members for group in found.groups)
    [('0', '1', '2'), ('3', '4', '5')]
    >>> found.left_aside
    (Aside(id='6', reason='empty'),)
    """
    names = _checked(texts, ids, grain)
    rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)
    tell = progress or (lambda share, step: None)
    known_seed = seed if isinstance(seed, int) else None
    with threadpool_limits(limits=1):  # sums in one order: the same result on every machine
        return _run(texts, names, rng, tell, encoder, grain, known_seed, with_stability)


def _run(
    texts: Sequence[str],
    names: list[str],
    rng: np.random.Generator,
    tell: Progress,
    encoder: Encoder | None,
    grain: Grain,
    seed: int | None,
    with_stability: bool,
) -> SynthesisResult:
    read = read_texts(texts, encoder, tell)
    if len(read.speakers) < SMALLEST:
        raise TooFewTexts(needed=SMALLEST, found=len(read.speakers))
    tell(0.4, "group")
    number = grain if isinstance(grain, int) else None
    grouping = group_texts(
        read.vectors, rng, number=number, report=lambda share: tell(0.4 + 0.3 * share, "group")
    )
    tell(0.7, "stability")
    sure = measure_stability(read.vectors, grouping.overview, rng) if with_stability else None
    tell(0.8, "name")
    overview, detail, positions = portray(read, grouping, sure, names)
    families = tuple(tuple(names[i] for i in family) for family in read.families)
    tell(1.0, "done")
    return SynthesisResult(
        method=method_of(texts, names, grain, seed, encoder, read),
        grain=grain,
        overview=overview,
        detail=detail,
        left_aside=tuple(Aside(names[i], why) for i, why in enumerate(read.why) if why is not None),
        duplicates=families,
        positions=positions,
        coverage=read.coverage,
        stability=sure.overall if sure else None,
        steps=steps_of(read, grouping, sure, len(overview), len(detail)),
    )


def _checked(texts: Sequence[str], ids: Sequence[str] | None, grain: Grain) -> list[str]:
    if isinstance(texts, str):
        raise BadInput("texts", "a list of texts is needed, not one string")
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise BadInput(f"texts[{position}]", f"a string is needed, not {type(text).__name__}")
    names = [str(i) for i in range(len(texts))] if ids is None else [str(name) for name in ids]
    if len(names) != len(texts):
        raise BadInput("ids", f"{len(names)} identifiers for {len(texts)} texts")
    if len(set(names)) != len(names):
        twice = Counter(names).most_common(1)[0][0]
        raise BadInput("ids", f"the identifier {twice!r} stands twice")
    if isinstance(grain, bool) or not (
        grain in ("overview", "detail") or (isinstance(grain, int) and grain >= 1)
    ):
        raise BadInput("grain", f"'overview', 'detail' or a number of groups, not {grain!r}")
    return names
