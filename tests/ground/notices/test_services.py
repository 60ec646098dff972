"""Telling people, in their language, once; and less when they say so."""

import pytest
from django.utils.translation import gettext_lazy

from essor.ground.notices import less
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Notice
from essor.ground.notices.selectors import grouped, notices_of, unread_count
from essor.ground.notices.services import mark_read, mute, tell, unmute
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def say(persons, territory, kind=NoticeKind.NEEDS, text="Un besoin est publié", key="need:1", url="/b/1/"):
    return tell(persons=persons, territory=territory, kind=kind, text=text, url=url, group_key=key)


def test_what_is_told_again_before_being_read_is_one_line_with_a_count(bilal, territory, at):
    clock = at("2026-03-03T10:00:00+01:00")
    say([bilal], territory, text="Une voix")
    clock.shift(60)
    say([bilal], territory, text="Une autre voix", url="/b/2/")
    notice = Notice.objects.get()
    assert (notice.count, notice.text, notice.url) == (2, "Une autre voix", "/b/2/")
    assert notice.created_at.minute == 1


def test_what_is_told_after_being_read_is_a_new_line(bilal, territory):
    say([bilal], territory)
    assert mark_read(person=bilal) == 1
    say([bilal], territory)
    assert Notice.objects.count() == 2
    assert unread_count(bilal) == 1


def test_each_reads_in_their_own_language(bilal, chloe, territory):
    chloe.language = "en"
    chloe.save()
    say([bilal, chloe], territory, text=gettext_lazy("Yes"))
    texts = {notice.person_id: notice.text for notice in Notice.objects.all()}
    assert texts == {bilal.pk: "Oui", chloe.pk: "Yes"}


def test_those_who_turned_a_kind_off_are_told_nothing(bilal, chloe, driss, territory, other_territory):
    mute(person=bilal, kind=NoticeKind.NEEDS)
    mute(person=chloe, kind=NoticeKind.NEEDS, territory=territory)
    mute(person=driss, kind=NoticeKind.NEEDS, territory=other_territory)
    assert say([bilal, chloe, driss], territory) == 1
    assert Notice.objects.get().person == driss
    unmute(person=bilal, kind=NoticeKind.NEEDS)
    assert say([bilal], territory) == 1


def test_closed_accounts_are_told_nothing(bilal, territory):
    bilal.is_active = False
    assert say([bilal], territory) == 0


def test_an_unknown_kind_is_refused(bilal, territory):
    with pytest.raises(ValueError, match="nouvelles"):
        say([bilal], territory, kind="nouvelles")


@pytest.mark.parametrize("count", [2, 200])
def test_telling_many_costs_the_same_as_telling_two(territory, count, django_assert_max_num_queries):
    persons = [PersonFactory.build(pk=None) for _ in range(count)]
    type(persons[0]).objects.bulk_create(persons)
    say(persons[:1], territory)
    with django_assert_max_num_queries(8):
        assert say(persons, territory) == count


def test_a_long_sentence_is_cut_at_a_word(bilal, territory):
    say([bilal], territory, text="mot " * 100)
    assert Notice.objects.get().text.endswith("mot…")


def test_notices_are_grouped_by_territory_then_kind_then_newest(bilal, territory, other_territory, at):
    clock = at("2026-03-03T10:00:00+01:00")
    for place, kind, text in (
        (territory, NoticeKind.NEEDS, "A"),
        (other_territory, NoticeKind.NEEDS, "B"),
        (territory, NoticeKind.MY_VOICE, "C"),
        (territory, NoticeKind.NEEDS, "D"),
    ):
        say([bilal], place, kind=kind, text=text, key=text)
        clock.shift(60)
    shape = [
        (group.territory.name, [(kind.kind, [each.text for each in kind.notices]) for kind in group.kinds])
        for group in grouped(list(notices_of(bilal)))
    ]
    assert shape == [
        ("Hautes-Roches", [("needs", ["B"])]),
        ("Val-de-Lume", [("my_voice", ["C"]), ("needs", ["D", "A"])]),
    ]


def test_the_word_of_one_click_cannot_be_made_up(bilal):
    word = less.sign(bilal, NoticeKind.NEEDS)
    assert less.read(word) == less.Less(bilal.pk, "needs")
    assert less.read(word[:-1] + ("a" if word[-1] != "a" else "b")) is None
    assert less.read(less.signing.dumps([bilal.pk, "needs"], salt="autre")) is None
