"""Codes by hand, after SPIRAL."""

import doctest
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from essor.chain.listening.enums import VoiceState
from essor.chain.needs import agreement, scopes, spiral
from essor.chain.needs.enums import Hand
from essor.chain.needs.models import Code, VoiceCode
from essor.chain.needs.selectors import codes as selectors
from essor.chain.needs.services import codes as services
from essor.chain.needs.services.codes import CodeRefused
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.factories.needs import HeardGatheringFactory, HeardVoiceFactory, PlacementFactory


@pytest.mark.parametrize("module", [spiral, agreement, scopes])
def test_the_examples_in_the_words_of_a_module_run(module):
    assert doctest.testmod(module) == (0, doctest.testmod(module).attempted)


@pytest.fixture
def table(territory, alice):
    values = {"A": "vivre", "A01": "manger", "A01/P": "ne pas pouvoir", "A01/P15": "faute d’argent"}
    values |= {"A01/P15/k": "pour ses enfants", "B02": "se déplacer"}
    lines = [(n, value, meaning) for n, (value, meaning) in enumerate(values.items(), start=2)]
    services.import_codes(by=alice, territory=territory, lines=lines)
    return {code.value: code for code in Code.objects.in_territory(territory)}


def test_a_code_counts_under_every_more_general_code(territory, alice, table):
    voice = HeardVoiceFactory(territory=territory)
    services.apply_code(by=alice, contribution=voice, code=table["A01/P15/k"], sign=-1)
    counts = {row.code.value: row.tally.voices for row in selectors.codes_with_counts(territory)}
    assert counts == {"A": 1, "A01": 1, "A01/P": 1, "A01/P15": 1, "A01/P15/k": 1, "B02": 0}


def test_a_voice_that_bears_two_precise_codes_counts_once_in_the_general_one(territory, alice, bilal, table):
    voice = HeardVoiceFactory(territory=territory)
    services.apply_code(by=alice, contribution=voice, code=table["A01/P15/k"])
    services.apply_code(by=alice, contribution=voice, code=table["A01/P"])
    services.apply_code(by=bilal, contribution=voice, code=table["A01/P15"])
    rows = {row.code.value: row.tally for row in selectors.codes_with_counts(territory)}
    assert rows["A01"].voices == 1
    assert len(rows["A01"].own) == 0


def test_a_hidden_voice_counts_for_nothing(territory, alice, table):
    voice = HeardVoiceFactory(territory=territory, state=VoiceState.HIDDEN)
    services.apply_code(by=alice, contribution=voice, code=table["A01"])
    assert all(row.tally.voices == 0 for row in selectors.codes_with_counts(territory))


def test_a_suggestion_counts_for_nothing_until_a_person_accepts_it(territory, table):
    voice = HeardVoiceFactory(territory=territory)
    VoiceCode.objects.create(contribution=voice, code=table["A01"], hand=Hand.MACHINE, at=clock.now())
    assert all(row.tally.voices == 0 for row in selectors.codes_with_counts(territory))


def test_the_polarity_is_an_exact_share(territory, alice, table):
    for sign in (1, -1, -1, 0):
        voice = HeardVoiceFactory(territory=territory)
        services.apply_code(by=alice, contribution=voice, code=table["A01"], sign=sign)
    row = selectors.table_by_gathering(territory).rows[0]
    assert (row.total.well, row.total.ill) == (1, 2)
    assert row.total.polarity == Fraction(-1, 3)


def test_the_table_ranks_what_is_heard_in_more_gatherings_before_what_is_said_more_often(
    territory, alice, table
):
    first, second = HeardGatheringFactory.create_batch(2, territory=territory)
    for gathering in (first, second):
        voice = HeardVoiceFactory(territory=territory, gathering=gathering)
        services.apply_code(by=alice, contribution=voice, code=table["B02"])
    for _each in range(5):
        voice = HeardVoiceFactory(territory=territory, gathering=first)
        services.apply_code(by=alice, contribution=voice, code=table["A01/P15"])
    found = selectors.table_by_gathering(territory)
    assert [row.component for row in found.rows] == ["B02", "A01"]
    assert found.columns == (first.title, second.title)
    assert [row.cells for row in found.rows] == [(1, 1), (5, 0)]


def test_the_table_by_group_follows_the_synthesis(laid, alice, table):
    services.apply_code(
        by=alice,
        contribution=PlacementFactory(group=laid.buses).contribution,
        code=table["B02"],
    )
    found = selectors.table_by_group(laid.synthesis)
    assert found.columns == ("transports",)
    assert found.rows[0].cells == (1,)


def test_the_kappa_of_two_coders_is_the_one_computed_by_hand(territory, alice, bilal, table):
    """Ten voices; both say A01 on 4, Alice alone on 1, Bilal alone on 2, neither on 3: κ = 2/5.

    The other voices bear B02, so B02 mirrors A01; overall, the same habits give 2/5 once more.
    """
    for mine, theirs in [(1, 1)] * 4 + [(1, 0)] + [(0, 1)] * 2 + [(0, 0)] * 3:
        voice = HeardVoiceFactory(territory=territory)
        services.apply_code(by=alice, contribution=voice, code=table["A01/P" if mine else "B02"])
        services.apply_code(by=bilal, contribution=voice, code=table["A01" if theirs else "B02"])
    HeardVoiceFactory(territory=territory)
    services.apply_code(by=alice, contribution=HeardVoiceFactory(territory=territory), code=table["A01"])
    found = selectors.agreements(territory)[0]
    assert (found.first, found.second, found.voices) == ("Alice", "Bilal", 10)
    assert dict(found.by_component) == {"A01": Fraction(2, 5), "B02": Fraction(2, 5)}
    # Overall: 20 decisions, 14 alike; each says yes 10 times in 20, so chance gives 1/2 and κ = (.7 − .5)/.5.
    assert found.kappa == Fraction(2, 5)


def test_two_coders_who_always_say_the_same_thing_have_no_kappa():
    assert agreement.cohen_kappa([True] * 3, [True] * 3) is None
    assert agreement.cohen_kappa([], []) is None
    assert agreement.cohen_kappa([True, False], [True, False]) == 1
    assert agreement.cohen_kappa([True, False], [False, True]) == -1
    with pytest.raises(ValueError, match="same things"):
        agreement.cohen_kappa([True], [])


def test_a_code_put_again_with_another_sign_replaces_the_first(territory, alice, table):
    voice = HeardVoiceFactory(territory=territory)
    first = services.apply_code(by=alice, contribution=voice, code=table["A01"], sign=1)
    assert services.apply_code(by=alice, contribution=voice, code=table["A01"], sign=1) == first
    services.apply_code(by=alice, contribution=voice, code=table["A01"], sign=-1)
    standing = VoiceCode.objects.get(contribution=voice, removed_at=None)
    assert standing.sign == -1
    assert VoiceCode.objects.count() == 2


def test_one_takes_off_ones_own_codes_only(territory, alice, bilal, table):
    voice = HeardVoiceFactory(territory=territory)
    services.apply_code(by=alice, contribution=voice, code=table["A01"])
    with pytest.raises(CodeRefused, match="chacun retire les siens"):
        services.remove_code(by=bilal, contribution=voice, code=table["A01"])
    services.remove_code(by=alice, contribution=voice, code=table["A01"])
    assert selectors.codes_of_voices([voice.pk]) == {}
    assert Fact.objects.about(voice).filter(verb="voice.coded").count() == 2


def test_a_code_of_another_territory_is_refused(alice, table, other_territory):
    voice = HeardVoiceFactory(territory=other_territory)
    with pytest.raises(CodeRefused, match="deux territoires"):
        services.apply_code(by=alice, contribution=voice, code=table["A01"])


@pytest.mark.parametrize(
    "value", ["", "1", "a", "A1", "A01/p15", "A01//k", "A01/P15/K", "A01/P15/abc", "=A01"]
)
def test_a_code_written_otherwise_is_refused_with_an_example(value, territory, alice):
    with pytest.raises(CodeRefused, match="A01-11/P15/k"):
        services.add_code(by=alice, territory=territory, value=value, meaning="quelque chose")


def test_a_file_of_codes_tells_each_bad_line_and_keeps_the_rest(territory, alice, table):
    lines = [(2, "A01", "manger à sa faim"), (3, "oups", "rien"), (4, "C03", ""), (5, "C 04", "se loger")]
    found = services.import_codes(by=alice, territory=territory, lines=[*lines, (6, "C04", "encore")])
    assert (found.added, found.changed) == (1, 1)
    assert [line for line, _why in found.problems] == [3, 4, 6]
    again = services.import_codes(by=alice, territory=territory, lines=[(2, "A01", "manger à sa faim")])
    assert (again.added, again.changed) == (0, 0)


def test_a_code_that_served_stays_and_an_unused_one_can_go(territory, alice, table):
    voice = HeardVoiceFactory(territory=territory)
    services.apply_code(by=alice, contribution=voice, code=table["A01"])
    services.remove_code(by=alice, contribution=voice, code=table["A01"])
    with pytest.raises(CodeRefused, match="déjà servi"):
        services.delete_code(by=alice, code=table["A01"])
    services.delete_code(by=alice, code=table["B02"])
    assert not Code.objects.filter(value="B02").exists()


def test_a_code_added_twice_is_refused_and_its_meaning_can_change(territory, alice, table):
    with pytest.raises(CodeRefused, match="existe déjà"):
        services.add_code(by=alice, territory=territory, value="A01", meaning="autre")
    services.change_code(by=alice, code=table["A01"], meaning="se nourrir")
    assert Code.objects.get(value="A01").meaning == "se nourrir"


def test_code_once_in_a_territory(territory, table):
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.create(territory=territory, value="A01", meaning="deux fois")


def test_code_on_a_voice_once_per_coder(territory, alice, table):
    voice = HeardVoiceFactory(territory=territory)
    services.apply_code(by=alice, contribution=voice, code=table["A01"])
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceCode.objects.create(
            contribution=voice, code=table["A01"], by=alice, hand=Hand.PERSON, at=clock.now()
        )


def test_code_suggested_once_on_a_voice(territory, table):
    voice = HeardVoiceFactory(territory=territory)
    VoiceCode.objects.create(contribution=voice, code=table["A01"], hand=Hand.MACHINE, at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceCode.objects.create(contribution=voice, code=table["A01"], hand=Hand.MACHINE, at=clock.now())


def test_code_sign_is_a_sign(territory, table):
    with pytest.raises(IntegrityError, match="code_sign_is_a_sign"), transaction.atomic():
        VoiceCode.objects.create(
            contribution=HeardVoiceFactory(territory=territory),
            code=table["A01"],
            sign=2,
            hand=Hand.MACHINE,
            at=clock.now(),
        )
