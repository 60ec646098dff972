"""The parts of the engine, each against a small case worked by hand."""

import numpy as np
import pytest

from essor.engines.synthesis.blending import affordable, blended
from essor.engines.synthesis.duplicates import fold, letters_cosine
from essor.engines.synthesis.graph import neighbours, smooth
from essor.engines.synthesis.grouping import group_texts
from essor.engines.synthesis.kmeans import kmeans, nearest
from essor.engines.synthesis.layout import place_groups, radii
from essor.engines.synthesis.merging import merge
from essor.engines.synthesis.naming_words import action_words
from essor.engines.synthesis.normalise import read_corpus, readable, stem
from essor.engines.synthesis.stability import best_jaccards
from essor.engines.synthesis.stem_table import stem_table
from essor.engines.synthesis.vectors import known_stems, stem_matrix, text_vectors, unit
from essor.engines.synthesis.weak_words import weak_stems


def clouds(rng, sizes, d=16, spread=0.3):
    centres = unit(rng.normal(size=(len(sizes), d)).astype(np.float32))
    rows = [c + spread * rng.normal(size=(n, d)) / np.sqrt(d) for c, n in zip(centres, sizes, strict=True)]
    return unit(np.vstack(rows).astype(np.float32)), np.repeat(np.arange(len(sizes)), sizes)


def test_words_typed_without_accents_are_the_same_words():
    with_accents = read_corpus(["Rénover l’école élémentaire"])
    without = read_corpus(["renover l ecole elementaire"])
    assert with_accents.stems == without.stems


def test_ligatures_and_composed_letters_are_read_alike():
    assert readable("cœur e\u0301te\u0301") == "coeur été"
    assert stem("Élèves") == stem("eleve")


def test_a_language_is_guessed_for_each_text():
    corpus = read_corpus(["Nous voulons des bus le soir", "We want more buses in the evening", "vélo"])
    assert corpus.languages.tolist() == [0, 1, 0]


def test_synonyms_are_closer_than_strangers():
    corpus = read_corpus(["vélo", "bicyclette", "médecin", "docteur", "loyer", "forêt"])
    counts = stem_matrix(corpus)
    x = text_vectors(counts, known_stems(corpus, counts))
    assert x[0] @ x[1] > max(x[0] @ x[2], x[0] @ x[4], x[0] @ x[5])
    assert x[2] @ x[3] > max(x[2] @ x[0], x[2] @ x[4], x[2] @ x[5])


def test_a_typing_slip_is_read_through():
    corpus = read_corpus(["la bibliothecque"])
    rows = known_stems(corpus, stem_matrix(corpus))
    assert stem_table().find(stem("bibliothecque"), "fr") == -1
    assert rows[0] == stem_table().find(stem("bibliothèque"), "fr") >= 0


def test_the_packaged_table_is_small_and_whole():
    table = stem_table()
    assert table.vectors.shape == (45_000, 128)
    assert np.isfinite(table.vectors).all()
    assert (table.probability > 0).all()


def test_near_copies_are_folded_and_neighbours_in_meaning_are_not():
    folded = fold(
        [
            "Il faut plus de pistes cyclables sécurisées dans la ville",
            "Il faut plus de pistes cyclables securisees dans la ville !!",
            "Il faut davantage de trottoirs larges au centre du bourg",
        ]
    )
    assert folded.families() == [[0, 1]]
    assert folded.keepers.tolist() == [0, 2]


def test_letters_cosine_by_hand():
    # abcd -> abc, bcd; abce -> abc, bce: 1 shared out of 2 and 2.
    assert letters_cosine("abcd", "abce") == pytest.approx(0.5)


def test_kmeans_finds_clouds_whatever_the_seed():
    points, truth = clouds(np.random.default_rng(0), [40, 40, 40])
    for seed in range(5):
        labels = kmeans(points, 3, np.random.default_rng(seed)).labels
        assert len({(a, b) for a, b in zip(labels.tolist(), truth.tolist(), strict=True)}) == 3


def test_kmeans_leaves_no_group_empty_even_on_copies():
    points = np.ones((6, 2), dtype=np.float32)
    assert set(kmeans(points, 4, np.random.default_rng(0)).labels.tolist()) == {0, 1, 2, 3}


def test_ties_go_to_the_first_centre():
    labels, cosine = nearest(np.array([[1, 1]], np.float32), np.array([[1, 0], [0, 1]], np.float32))
    assert labels.tolist() == [0]
    assert cosine.tolist() == [1.0]


def test_the_graph_is_symmetric_and_knows_no_negative_weight():
    points, _ = clouds(np.random.default_rng(1), [30, 30])
    graph = neighbours(points, 5)
    assert abs(graph - graph.T).max() == 0
    assert graph.data.min() > 0


def test_smoothing_draws_a_cloud_together():
    points, truth = clouds(np.random.default_rng(2), [50, 50], spread=0.8)
    before, after = (unit(x)[truth == 0] for x in (points - points.mean(axis=0), smooth(points)))
    assert (after @ after.T).mean() > (before @ before.T).mean()


def test_ward_merges_the_cheapest_pair_by_hand():
    # costs: {0,1}: 1/2·1 = .5; {2,3}: 100·1/101·.25 ≈ .25; so 2 and 3 first, then 0 and 1.
    centres = np.array([[0.0], [1.0], [9.0], [9.5]])
    assert merge(centres, np.array([1, 1, 100, 1]), 3).tolist() == [0, 1, 2, 2]
    assert merge(centres, np.array([1, 1, 100, 1]), 2).tolist() == [0, 0, 1, 1]


def test_a_small_distinct_voice_is_not_swallowed():
    rng = np.random.default_rng(5)
    points, _ = clouds(rng, [200, 200, 200], d=64, spread=1.0)
    axis = np.zeros(64, dtype=np.float32)
    axis[7] = 1
    few = unit((axis - points[:3].mean(axis=0) + 0.05 * rng.normal(size=(5, 64))).astype(np.float32))
    found = group_texts(np.vstack([points, few]), rng, number=3)
    ours = set(found.detail[-5:].tolist())
    assert len(ours) == 1
    assert (found.detail == ours.pop()).sum() <= 12


def test_jaccard_is_not_a_number_for_an_unseen_group():
    assert np.isnan(best_jaccards(np.array([0, 0]), np.array([0, 1]), 2)[1])


def test_discs_of_groups_do_not_overlap():
    rng = np.random.default_rng(3)
    sizes = rng.integers(5, 200, 12)
    places, radius = place_groups(unit(rng.normal(size=(12, 8)).astype(np.float32)), sizes), radii(sizes)
    distance = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2)) + 9 * np.eye(12)
    assert (distance >= 0.97 * (radius[:, None] + radius[None, :]) * (1 - np.eye(12))).all()


def test_a_long_text_listens_more_to_the_encoder_than_a_short_one():
    words = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.float32)
    encoded = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    both = blended(words, np.arange(4), encoded, np.array([4, 4, 200, 200]))
    # texts 0 and 1 agree for the encoder only, and so do 2 and 3: shares .42 and .85;
    # once centred, what the encoder says of the two pairs is +1 and -1.
    assert both[0] @ both[1] == pytest.approx(0.42, abs=1e-3)
    assert both[2] @ both[3] == pytest.approx(0.85, abs=1e-3)


def test_an_encoder_is_left_out_beyond_its_budget():
    assert affordable(1_500, 12_000)
    assert affordable(4_000, 400_000)
    assert not affordable(4_000, 31_000)
    assert not affordable(20_000, 140_000)
    assert not affordable(5_000, 1_000_000)


def test_numbers_days_and_units_are_weak_and_a_pond_is_not_a_month():
    corpus = read_corpus(["vingt euros le samedi en mars", "la mare et les mares du village"])
    weak = {corpus.stems[stem] for stem in np.flatnonzero(weak_stems(corpus))}
    assert {"vingt", "samed"} <= weak
    assert stem("village") not in weak


def test_a_verb_is_told_from_a_noun_by_the_word_before():
    corpus = read_corpus(["le bus ne passe plus", "on passe par la gare", "acheter un bus", "la gare ouvre"])
    actions = {word for word, acts in zip(corpus.words, action_words(corpus), strict=True) if acts}
    assert {"passe", "acheter"} <= actions
    assert not {"bus", "gare"} & actions
