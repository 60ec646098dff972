"""One digest, that people can bear."""

import smtplib

import pytest
from django.core import mail

from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Notice
from essor.ground.notices.services import mark_read, mute, tell
from essor.ground.people.enums import DigestRhythm
from essor.journeys import send_digests
from essor.outside import mail as letters

pytestmark = pytest.mark.django_db

MORNING = "2026-03-03T07:00:05+01:00"
DAY = 24 * 3600


def say(person, territory, text="Un besoin est publié", kind=NoticeKind.NEEDS, key=None):
    tell(persons=[person], territory=territory, kind=kind, text=text, url="/t/x/", group_key=key or text)


def rhythm(person, value):
    person.digest_rhythm = value
    person.save()


def test_all_that_happened_is_one_mail_grouped_and_newest_first(bilal, territory, other_territory, at):
    clock = at(MORNING)
    for text, place in (("Ancien", territory), ("Récent", territory), ("Ailleurs", other_territory)):
        say(bilal, place, text)
        clock.shift(60)
    assert send_digests.run() == 1
    letter = mail.outbox[0]
    assert "3 nouvelles" in letter.subject
    assert letter.body.index("Hautes-Roches") < letter.body.index("Val-de-Lume")
    assert letter.body.index("Récent") < letter.body.index("Ancien")
    html, _kind = letter.alternatives[0]
    assert "http://testserver/t/x/" in html


def test_running_twice_writes_once(bilal, territory):
    say(bilal, territory)
    assert [send_digests.run(), send_digests.run()] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_weekly_reader_is_not_written_to_before_a_week(bilal, territory, at):
    clock = at(MORNING)
    say(bilal, territory)
    send_digests.run()
    say(bilal, territory, "Autre chose")
    clock.shift(6 * DAY)
    assert send_digests.run() == 0
    clock.shift(DAY - 30)  # the job came half a minute earlier than last week
    assert send_digests.run() == 1
    assert "Autre chose" in mail.outbox[1].body


def test_a_daily_reader_is_written_to_each_day_even_when_the_job_comes_early(bilal, territory, at):
    rhythm(bilal, DigestRhythm.DAILY)
    clock = at(MORNING)
    say(bilal, territory)
    send_digests.run()
    say(bilal, territory, "Demain")
    clock.shift(3600)
    assert send_digests.run() == 0
    clock.shift(23 * 3600 - 4)
    assert send_digests.run() == 1


def test_weeks_without_a_run_lose_nothing(bilal, territory, at):
    clock = at(MORNING)
    say(bilal, territory)
    clock.shift(40 * DAY)
    say(bilal, territory, "Bien plus tard")
    assert send_digests.run() == 1
    assert "Un besoin est publié" in mail.outbox[0].body


def test_what_was_read_on_the_site_is_not_mailed_and_nothing_new_sends_nothing(bilal, territory):
    say(bilal, territory)
    mark_read(person=bilal)
    assert send_digests.run() == 0
    assert mail.outbox == []


def test_those_who_want_no_mail_or_not_this_kind_get_none(bilal, chloe, territory):
    rhythm(bilal, DigestRhythm.NEVER)
    say(bilal, territory)
    say(chloe, territory)
    mute(person=chloe, kind=NoticeKind.NEEDS)
    assert send_digests.run() == 0


def test_a_mail_server_that_refuses_loses_nothing(bilal, chloe, territory, monkeypatch, caplog):
    say(bilal, territory)
    say(chloe, territory)
    sent = letters.send

    def refuse(letter):
        if letter.to == bilal.email:
            raise smtplib.SMTPServerDisconnected
        sent(letter)

    with monkeypatch.context() as broken:
        broken.setattr(letters, "send", refuse)
        assert send_digests.run() == 1
    assert Notice.objects.undigested().get().person == bilal
    assert send_digests.run() == 1
    assert [letter.to for letter in mail.outbox] == [[chloe.email], [bilal.email]]


def test_one_click_less_stands_in_the_head_and_at_the_foot_of_the_mail(bilal, territory):
    say(bilal, territory)
    send_digests.run()
    letter = mail.outbox[0]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://testserver/avis/moins/")
    assert letter.body.count("/avis/moins/") == 2
