"""The account of a synthesis: the method, enough to obtain it again, and its steps with their numbers."""

import hashlib
from collections.abc import Sequence

from essor.engines.synthesis.blending import (
    BASE,
    MOST,
    PER_WORD,
    SHORT,
    SHORT_AT_MOST,
    TEXTS_AT_MOST,
    WORDS_AT_MOST,
    Encoder,
)
from essor.engines.synthesis.graph import LEAN, NEIGHBOURS, STEPS
from essor.engines.synthesis.grouping import LANDMARKS, SMALLEST, Grouping
from essor.engines.synthesis.reading import Reading
from essor.engines.synthesis.result import Grain, Method, Step
from essor.engines.synthesis.stability import Stability
from essor.engines.synthesis.vectors import SMOOTHING
from essor.engines.synthesis.weak_words import WEAK

NAME = "essor.synthesis"
VERSION = "1.1"
PACKAGED = "essor-stems-128"


def method_of(
    texts: Sequence[str],
    names: list[str],
    grain: Grain,
    seed: int | None,
    encoder: Encoder | None,
    read: Reading,
) -> Method:
    """Name, version, parameters, seed, digest of the texts, and the vectors that were used."""
    digest = hashlib.sha256()
    for name, text in zip(names, texts, strict=True):
        digest.update(f"{len(name)}:{name}{len(text)}:{text}".encode("utf-8", "surrogatepass"))
    parameters: dict[str, object] = {
        "grain": grain,
        "smoothing": SMOOTHING,
        "weak_words": WEAK,
        "neighbours": NEIGHBOURS,
        "steps": STEPS,
        "lean": LEAN,
        "landmarks": LANDMARKS,
        "smallest": SMALLEST,
    }
    used = PACKAGED
    if encoder:
        parameters |= {"encoder_texts_at_most": TEXTS_AT_MOST, "encoder_words_at_most": WORDS_AT_MOST}
        parameters |= {"encoder_short_texts_at_most": SHORT_AT_MOST, "encoder_short": SHORT}
    if encoder and read.encoded:
        parameters |= {"encoder_share": BASE, "encoder_share_per_word": PER_WORD, "encoder_share_most": MOST}
        used = f"{PACKAGED} + {encoder.name}"
    return Method(NAME, VERSION, tuple(parameters.items()), seed, digest.hexdigest(), used)


def steps_of(
    read: Reading, grouping: Grouping, sure: Stability | None, overview: int, detail: int
) -> tuple[Step, ...]:
    """The steps in order, as codes and numbers."""
    corpus, texts = read.corpus, len(read.vectors)
    copies = sum(len(family) - 1 for family in read.families)
    aside = sum(reason is not None for reason in read.why)
    steps = [
        Step(
            "read",
            (("texts", len(corpus)), ("words", len(corpus.flat)), ("english", int(corpus.languages.sum()))),
        ),
        Step("fold", (("families", len(read.families)), ("copies", copies))),
        Step("vectors", (("texts", texts), ("dimensions", read.vectors.shape[1]))),
        Step("smooth", (("neighbours", NEIGHBOURS), ("steps", STEPS), ("landmarks", min(LANDMARKS, texts)))),
        Step("overview", (("groups", overview), ("tried", grouping.tried))),
        Step("detail", (("groups", detail), ("small_voices", len(grouping.small_voices)))),
        Step("left_aside", (("texts", aside), ("coverage", read.coverage))),
    ]
    if sure:
        figures = (("overall", sure.overall), ("runs", sure.runs), ("texts", sure.texts))
        steps.append(Step("stability", figures))
    return tuple(steps)
