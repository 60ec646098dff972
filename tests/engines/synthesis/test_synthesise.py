"""What a person who hands texts to the engine may count on."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from essor.engines.synthesis import blending
from essor.engines.synthesis.errors import BadInput, TooFewTexts
from essor.engines.synthesis.result import REASONS
from essor.engines.synthesis.synthesise import synthesise
from tests.engines.synthesis.voices import ABOUT, VOICES


def groups_of(result, ids):
    where = {member: group.index for group in result.overview for member in group.members}
    return [where.get(name, -1) for name in ids]


def test_four_subjects_come_out_as_four_groups():
    result = synthesise(VOICES, grain=4)
    assert adjusted_rand_score(ABOUT, groups_of(result, [str(i) for i in range(len(VOICES))])) > 0.6


def test_a_label_is_made_of_words_people_wrote():
    result = synthesise(VOICES, grain=4)
    said = " ".join(VOICES).lower()
    for group in result.overview:
        assert group.label
        for part in group.label.lower().split(", "):
            assert part in said


def test_numbers_and_days_never_make_a_label():
    texts = [
        "Dix euros par mois pour le bus, c’est cher",
        "Le samedi, dix minutes de bus et deux heures à pied",
        "Un bus le samedi et le dimanche, dix personnes l’attendent",
        "Mon bus coûte vingt euros, dix de trop",
        "Six mois pour voir le médecin",
        "Le médecin vient le lundi, vingt minutes en tout",
        "Vingt kilomètres et six heures d’attente chez le médecin",
        "Trouver un médecin le lundi, il faut six appels",
    ]
    labels = " ".join(group.label.lower() for group in synthesise(texts, grain=2).overview)
    assert "bus" in labels
    assert "médecin" in labels
    assert not {"dix", "vingt", "euros", "mois", "samedi", "lundi", "minutes"} & set(
        labels.replace(",", " ").split()
    )


def test_a_frequent_phrase_names_better_than_its_words():
    texts = [f"Une maison de santé {place}" for place in ("ici", "au bourg", "pour tous", "vite", "demain")]
    texts += [f"Un bus {when}" for when in ("le soir", "tôt", "direct", "propre", "gratuit")]
    labels = [group.label.lower() for group in synthesise(texts, grain=2).overview]
    assert any("maison de santé" in label for label in labels)


def test_accents_come_back_in_labels_of_texts_typed_without():
    texts = ["plus d ecoles pour la campagne", "une ecole pres de chez nous", "l ecole ferme trop tot"]
    result = synthesise(
        texts * 1 + ["un medecin au village", "trouver un medecin", "le medecin part"], grain=2
    )
    labels = " ".join(group.label.lower() for group in result.overview)
    assert "école" in labels
    assert "médecin" in labels


def test_the_detail_is_nested_in_the_overview():
    result = synthesise(VOICES * 1, grain="detail")
    for group in result.overview:
        inside = [member for part in result.inside(group.index) for member in part.members]
        assert sorted(inside) == sorted(group.members)
    assert result.groups == result.detail


def test_copies_are_folded_and_still_have_their_group():
    texts = [*VOICES, "Planter des arbres sur la place pour avoir de l'ombre !", VOICES[0].upper()]
    result = synthesise(texts, grain=4)
    families = {frozenset(family) for family in result.duplicates}
    assert frozenset({"18", "24"}) in families
    assert frozenset({"0", "25"}) in families
    found = groups_of(result, [str(i) for i in range(len(texts))])
    assert found[24] == found[18]
    assert found[25] == found[0]


def test_a_campaign_of_copies_does_not_make_the_quotes():
    texts = VOICES + ["Signez pour la gratuité totale des trains et des bus dans la région"] * 200
    result = synthesise(texts, grain=4)
    for group in result.overview:
        assert len(group.quotes) == len(set(group.quotes))
        assert sum(texts[int(quote)] == texts[-1] for quote in group.quotes) <= 1
        assert group.distinct <= group.size


def test_each_text_left_aside_says_why():
    texts = [*VOICES, "", "   ", "de la", "1234 !!! 😀😀", "просим новую остановку автобуса", "\x00\x01"]
    aside = {each.id: each.reason for each in synthesise(texts, grain=4).left_aside}
    assert aside == {
        "24": "empty",
        "25": "empty",
        "26": "too_short",
        "27": "not_words",
        "28": "language_unknown",
        "29": "not_words",
    }


def test_a_cell_of_one_megabyte_and_odd_characters_do_no_harm():
    texts = [*VOICES, "école " * 170_000, "a\ud800b piste cyclable", "é" * 1_000_000, "🚲" * 5000]
    result = synthesise(texts, grain=4)
    assert len(result.positions) + len(result.left_aside) == len(texts)


def test_english_and_french_meet_in_one_group():
    texts = [
        *VOICES,
        "More buses in the evening for the station",
        "We need a doctor and a nurse at the hospital",
    ]
    result = synthesise(texts, grain=4)
    found = groups_of(result, [str(i) for i in range(len(texts))])
    assert found[24] == found[0] or found[24] == found[4]
    assert found[25] == found[6] or found[25] == found[8]


def test_the_same_seed_gives_the_same_result():
    assert synthesise(VOICES, seed=3).to_dict() == synthesise(VOICES, seed=3).to_dict()
    by_generator = synthesise(VOICES, seed=np.random.default_rng(3))
    assert by_generator.overview == synthesise(VOICES, seed=3).overview


def test_the_order_of_texts_hardly_matters():
    order = np.random.default_rng(1).permutation(len(VOICES))
    ids = [f"v{i}" for i in range(len(VOICES))]
    straight = synthesise(VOICES, ids, grain=4)
    mixed = synthesise([VOICES[i] for i in order], [ids[i] for i in order], grain=4)
    assert adjusted_rand_score(groups_of(straight, ids), groups_of(mixed, ids)) > 0.6


def test_the_result_is_plain_json_of_the_agreed_shape():
    data = json.loads(json.dumps(synthesise(VOICES).to_dict(), allow_nan=False))
    assert {"method", "groups", "left_aside", "overview", "detail", "positions"} <= set(data)
    assert {"label", "terms", "size", "members", "quotes"} <= set(data["groups"][0])
    assert data["method"]["seed"] == 0
    assert len(data["method"]["digest"]) == 64
    assert data["steps"][0]["code"] == "read"


def test_progress_goes_from_nothing_to_all():
    heard = []
    synthesise(VOICES, progress=lambda share, step: heard.append((share, step)))
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert heard[0] == (0.0, "read")
    assert heard[-1] == (1.0, "done")


def test_an_encoder_reads_beside_the_packaged_words():
    class Letters:
        name = "letters"

        def encode(self, texts):
            return np.array([[text.count(c) for c in "aeioubst"] for text in texts], dtype=np.float32)

    result = synthesise(VOICES, grain=3, encoder=Letters())
    assert result.method.encoder == "essor-stems-128 + letters"
    assert dict(result.method.parameters)["encoder_share"] == 0.4
    assert sum(group.size for group in result.overview) == len(VOICES)


def test_an_encoder_is_told_to_be_left_out_where_the_texts_are_too_many(monkeypatch):
    class Never:
        name = "never"

        def encode(self, texts):
            raise AssertionError("beyond its budget it must not be called")

    monkeypatch.setattr(blending, "TEXTS_AT_MOST", 3)
    method = synthesise(VOICES, grain=3, encoder=Never()).method
    assert method.encoder == "essor-stems-128"
    assert "encoder_share" not in dict(method.parameters)


@pytest.mark.parametrize(
    ("texts", "arguments", "where"),
    [
        ("un texte", {}, "texts"),
        (["a", None], {}, r"texts\[1\]"),
        (["a", "b"], {"ids": ["1"]}, "ids"),
        (["a", "b"], {"ids": ["1", "1"]}, "stands twice"),
        (["a"], {"grain": "huge"}, "grain"),
        (["a"], {"grain": 0}, "grain"),
        (["a"], {"grain": True}, "grain"),
    ],
)
def test_bad_input_is_named(texts, arguments, where):
    with pytest.raises(BadInput, match=where):
        synthesise(texts, **arguments)


@pytest.mark.parametrize("texts", [[], [""], ["un vélo", "un médecin"], ["Bonjour"] * 50])
def test_too_few_texts_are_said_to_be_too_few(texts):
    with pytest.raises(TooFewTexts, match="at least 3"):
        synthesise(texts)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(VOICES) | st.text(max_size=40), min_size=3, max_size=40),
    st.sampled_from(["overview", "detail", 1, 3, 40]),
)
def test_every_text_is_once_in_a_group_or_once_left_aside(texts, grain):
    try:
        result = synthesise(texts, grain=grain, with_stability=False)
    except TooFewTexts:
        return
    names = sorted(str(i) for i in range(len(texts)))
    aside = [each.id for each in result.left_aside]
    for groups in (result.overview, result.detail):
        assert sorted([m for group in groups for m in group.members] + aside) == names
        for group in groups:
            assert group.size == len(group.members) > 0
            assert set(group.quotes) <= set(group.members)
    assert {each.reason for each in result.left_aside} <= set(REASONS)
    assert sorted(result.positions) == sorted(set(names) - set(aside))
