import pytest
from django.db import DatabaseError, connection, transaction

from essor.ground.ledger.enums import Actor, LinkKind
from essor.ground.ledger.models import Fact, Link, LinkEnd
from essor.ground.ledger.selectors import results_of, sources_of
from essor.ground.ledger.services import UnknownVerb, end_links, link, link_many, record
from essor.ground.ledger.verbs import VERBS


@pytest.fixture
def fact(alice, territory):
    return record(by=alice, verb="territory.changed", thing=territory, territory=territory)


def test_the_database_refuses_to_change_a_fact(fact):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(verb="territory.opened")
    fact.refresh_from_db()
    assert fact.verb == "territory.changed"


def test_the_database_refuses_to_delete_a_fact(fact):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Fact.objects.all().delete()
    assert Fact.objects.filter(pk=fact.pk).exists()


@pytest.mark.parametrize("table", ["ledger_fact", "ledger_link", "ledger_linkend"])
def test_even_plain_sql_cannot_change_the_ledger(table, fact, alice, territory, bilal):
    link(by=alice, territory=territory, source=alice, result=bilal, kind=LinkKind.SUPPORTS)
    end_links(by=alice, links=Link.objects.all(), why="pour voir")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET at = at")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["ledger_fact", "ledger_link", "ledger_linkend"])
def test_no_row_of_the_ledger_is_written_over_another(table, fact, alice, territory, bilal):
    link(by=alice, territory=territory, source=alice, result=bilal, kind=LinkKind.SUPPORTS)
    end_links(by=alice, links=Link.objects.all(), why="pour voir")
    over = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET at = now()",
    }
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(over[connection.vendor])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE")
def test_the_end_of_a_link_is_not_replaced_by_another_end(alice, territory, bilal):
    link(by=alice, territory=territory, source=alice, result=bilal, kind=LinkKind.SUPPORTS)
    end_links(by=alice, links=Link.objects.all(), why="pour voir")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "REPLACE INTO ledger_linkend (at, why, by_id, link_id) "
            "SELECT at, 'autre raison', by_id, link_id FROM ledger_linkend"
        )


def test_a_fact_says_whether_a_person_or_the_machine_did_it(alice, territory):
    by_alice = record(
        by=alice, verb="territory.changed", thing=territory, territory=territory, actor=Actor.MACHINE
    )
    by_machine = record(
        by=None, verb="territory.changed", thing=territory, territory=territory, actor=Actor.MACHINE
    )
    by_guest = record(by=None, verb="territory.changed", thing=territory, territory=territory)
    assert [each.actor for each in (by_alice, by_machine, by_guest)] == ["person", "machine", "guest"]


def test_a_verb_that_nobody_declared_is_refused(alice, territory):
    with pytest.raises(UnknownVerb):
        record(by=alice, verb="territory.painted", thing=territory, territory=territory)


def test_every_verb_fits_its_column():
    assert max(len(verb) for verb in VERBS) <= 40


def test_linking_twice_makes_one_stitch(alice, bilal, territory):
    pairs = [(alice, bilal, LinkKind.SUPPORTS)]
    assert link_many(by=alice, territory=territory, pairs=pairs) == 1
    assert link_many(by=alice, territory=territory, pairs=pairs) == 0
    assert Link.objects.count() == 1


def test_an_ended_link_stays_readable_but_leaves_the_thread(alice, bilal, territory):
    link(by=alice, territory=territory, source=alice, result=bilal, kind=LinkKind.SUPPORTS)
    assert results_of(alice).steps == ((("people.person", bilal.pk),),)
    end_links(by=alice, links=Link.objects.all(), why="déplacée ailleurs")
    assert results_of(alice).steps == ()
    assert LinkEnd.objects.get().why == "déplacée ailleurs"
    link(by=alice, territory=territory, source=alice, result=bilal, kind=LinkKind.SUPPORTS)
    assert results_of(alice).steps == ((("people.person", bilal.pk),),)


def test_the_thread_is_walked_both_ways_step_by_step_even_in_a_circle(alice, bilal, chloe, territory):
    for source, result in ((alice, bilal), (bilal, chloe), (chloe, alice)):
        link(by=alice, territory=territory, source=source, result=result, kind=LinkKind.GROUPED_IN)
    up = results_of(alice)
    assert up.steps == ((("people.person", bilal.pk),), (("people.person", chloe.pk),))
    assert sources_of(alice).steps == ((("people.person", chloe.pk),), (("people.person", bilal.pk),))


def test_a_walk_costs_one_query_a_step(alice, bilal, chloe, territory, django_assert_num_queries):
    link(by=alice, territory=territory, source=alice, result=bilal, kind=LinkKind.GROUPED_IN)
    link(by=alice, territory=territory, source=bilal, result=chloe, kind=LinkKind.GROUPED_IN)
    with django_assert_num_queries(3):
        results_of(alice)


def test_a_step_wider_than_the_limit_says_that_it_was_cut(alice, bilal, chloe, driss, territory):
    for result in (bilal, chloe, driss):
        link(by=alice, territory=territory, source=alice, result=result, kind=LinkKind.GROUPED_IN)
    walk = results_of(alice, limit=2)
    assert walk.cut
    assert len(walk.steps[0]) == 2


def test_the_journal_never_names_who_gave_a_voice(client_of, alice, bilal, elise, territory):
    record(by=bilal, verb="voice.given", thing=territory, territory=territory)
    record(by=alice, verb="territory.changed", thing=territory, territory=territory)
    journal = f"/t/{territory.slug}/atelier/reglages/journal/"
    for address in (journal, f"/t/{territory.slug}/atelier/"):
        assert "Bilal" not in client_of(elise).get(address).content.decode()
    assert "Rien de tel" in client_of(elise).get(f"{journal}?person=Bilal").content.decode()
    assert "Alice" in client_of(elise).get(journal).content.decode()
    file = b"".join(client_of(elise).get(f"{journal}?format=csv").streaming_content).decode("utf-8-sig")
    assert "Bilal" not in file
    assert "voice.given" in file
