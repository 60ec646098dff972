"""The door of the engine: texts in, a `SynthesisResult` out.

Steps: read and stem (`normalise`), fold the copies (`duplicates`), vectors weighted by frequency (`vectors`),
smoothing on the neighbour graph (`graph`), two nested grains (`grouping`), names (`labels`), quotes
(`quotes`),
re-runs (`stability`), places (`layout`). Cost: linear in the number of texts beyond `grouping.LANDMARKS`.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from essor.engines.synthesis.duplicates import fold
from essor.engines.synthesis.errors import BadInput, TooFewTexts
from essor.engines.synthesis.graph import LEAN, NEIGHBOURS, STEPS
from essor.engines.synthesis.grouping import LANDMARKS, SMALLEST, Grouping, group_texts
from essor.engines.synthesis.normalise import Corpus, read_corpus
from essor.engines.synthesis.portrait import portray
from essor.engines.synthesis.result import Aside, Grain, Group, Method, Step, SynthesisResult
from essor.engines.synthesis.setting_aside import reasons
from essor.engines.synthesis.stability import Stability, measure_stability
from essor.engines.synthesis.vectors import (
    SMOOTHING,
    Encoder,
    Floats,
    centred,
    known_stems,
    stem_matrix,
    text_vectors,
)

NAME = "essor.synthesis"
VERSION = "1.0"
PACKAGED = "essor-stems-128"
Progress = Callable[[float, str], None]


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
    or the
    number of overview groups. `seed` is an integer or a generator. `progress(share, step)` is called with a
    share
    from 0 to 1 and the code of the step. `encoder` replaces the packaged vectors.

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
    method = _method(texts, names, grain, seed, encoder)
    with threadpool_limits(limits=1):  # sums in one order: the same result on every machine
        return _run(texts, names, grain, rng, encoder, tell, method, with_stability)


def _run(
    texts: Sequence[str],
    names: list[str],
    grain: Grain,
    rng: np.random.Generator,
    encoder: Encoder | None,
    tell: Progress,
    method: Method,
    with_stability: bool,
) -> SynthesisResult:
    tell(0.0, "read")
    corpus = read_corpus(texts)
    counts = stem_matrix(corpus)
    known = known_stems(corpus, counts)
    tell(0.15, "fold")
    folding = fold(texts)
    why = reasons(texts, corpus, counts, known)
    tell(0.3, "vectors")
    raw = text_vectors(counts, known) if encoder is None else centred(encoder.encode(list(texts)))
    for text in np.flatnonzero(~raw.any(axis=1)):
        why[text] = why[text] or "far_from_everything"
    placed = np.array([reason is None for reason in why], dtype=bool)
    speakers = np.flatnonzero(placed & (folding.keeper == np.arange(len(texts))))
    if len(speakers) < SMALLEST:
        raise TooFewTexts(needed=SMALLEST, found=len(speakers))
    vectors = centred(raw[speakers])
    tell(0.4, "group")
    number = grain if isinstance(grain, int) else None
    grouping = group_texts(vectors, rng, number=number, report=lambda share: tell(0.4 + 0.3 * share, "group"))
    tell(0.7, "stability")
    sure = measure_stability(vectors, grouping.overview, rng) if with_stability else None
    tell(0.8, "name")
    overview, detail, positions = portray(
        corpus, counts, known, folding, speakers, vectors, grouping, sure, names
    )
    aside = tuple(Aside(names[i], str(reason)) for i, reason in enumerate(why) if reason is not None)
    families = tuple(tuple(names[i] for i in family) for family in folding.families() if placed[family[0]])
    coverage = round(float(placed.mean()), 4)
    steps = _steps(corpus, families, aside, vectors, grouping, overview, detail, sure, coverage)
    tell(1.0, "done")
    return SynthesisResult(
        method=method,
        grain=grain,
        overview=overview,
        detail=detail,
        left_aside=aside,
        duplicates=families,
        positions=positions,
        coverage=coverage,
        stability=sure.overall if sure else None,
        steps=steps,
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


def _method(
    texts: Sequence[str],
    names: list[str],
    grain: Grain,
    seed: int | np.random.Generator,
    encoder: Encoder | None,
) -> Method:
    digest = hashlib.sha256()
    for name, text in zip(names, texts, strict=True):
        digest.update(f"{len(name)}:{name}{len(text)}:{text}".encode("utf-8", "surrogatepass"))
    parameters = (
        ("grain", grain),
        ("smoothing", SMOOTHING),
        ("neighbours", NEIGHBOURS),
        ("steps", STEPS),
        ("lean", LEAN),
        ("landmarks", LANDMARKS),
        ("smallest", SMALLEST),
    )
    known_seed = seed if isinstance(seed, int) else None
    return Method(
        NAME, VERSION, parameters, known_seed, digest.hexdigest(), encoder.name if encoder else PACKAGED
    )


def _steps(
    corpus: Corpus,
    families: tuple[tuple[str, ...], ...],
    aside: tuple[Aside, ...],
    vectors: Floats,
    grouping: Grouping,
    overview: tuple[Group, ...],
    detail: tuple[Group, ...],
    sure: Stability | None,
    coverage: float,
) -> tuple[Step, ...]:
    steps = [
        Step(
            "read",
            (("texts", len(corpus)), ("words", len(corpus.flat)), ("english", int(corpus.languages.sum()))),
        ),
        Step("fold", (("families", len(families)), ("copies", sum(len(family) - 1 for family in families)))),
        Step("vectors", (("texts", len(vectors)), ("dimensions", vectors.shape[1]))),
        Step(
            "smooth",
            (("neighbours", NEIGHBOURS), ("steps", STEPS), ("landmarks", min(LANDMARKS, len(vectors)))),
        ),
        Step("overview", (("groups", len(overview)), ("tried", grouping.tried))),
        Step("detail", (("groups", len(detail)), ("small_voices", len(grouping.small_voices)))),
        Step("left_aside", (("texts", len(aside)), ("coverage", coverage))),
    ]
    if sure:
        steps.append(
            Step("stability", (("overall", sure.overall), ("runs", sure.runs), ("texts", sure.texts)))
        )
    return tuple(steps)
