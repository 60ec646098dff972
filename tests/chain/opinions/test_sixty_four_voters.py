"""Sixty-four people vote at once, the server is killed in the middle, and no vote that was told safe is lost.

The real server (granian, two processes) on the database of the tests: PostgreSQL when the tests run there,
else a file of SQLite with the options of the house.
"""

import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from essor.chain.opinions.models import CurrentVote, MapRequest, Participant, StatementTally, Vote
from essor.chain.opinions.services.tallies import COLUMN
from tests.factories.opinions import OpenConversationFactory, ParticipantFactory, StatementFactory
from tests.house.sources import ROOT

VOTERS, STATEMENTS, MINDS_CHANGED = 64, 8, 2
APPLICATION = "tests.chain.opinions.voting_app:application"

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Server:
    """Two web processes, started, killed without a word, and started again on the same port."""

    def __init__(self, url: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "ESSOR_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "essor.config.settings.dev",
            "RATE_LIMIT_SCALE": "100",
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> None:
        command = [
            str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "2", "--blocking-threads", "8", "--no-ws",
            "--log-level", "error", APPLICATION,
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.address, timeout=5):
                return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def vote(self, participant: int, statement: int, choice: int) -> bool:
        """Whether the server said that the vote is safe."""
        body = json.dumps({"participant": participant, "statement": statement, "choice": choice}).encode()
        try:
            with urllib.request.urlopen(self.address, data=body, timeout=30) as answer:
                return answer.status == 200
        except OSError:
            return False


class Voter(threading.Thread):
    """Somebody who answers everything, changes their mind, and sends again what was not told safe."""

    def __init__(
        self, server: Server, participant: int, statements: list[int], told: threading.Semaphore
    ) -> None:
        super().__init__()
        self.server, self.participant, self.told = server, participant, told
        luck = random.Random(participant)
        self.wanted = [(each, luck.choice((1, -1, 0))) for each in statements]
        luck.shuffle(self.wanted)
        self.wanted += [(each, -choice or 1) for each, choice in self.wanted[:MINDS_CHANGED]]
        self.safe: list[tuple[int, int]] = []
        self.given_up = False

    def run(self) -> None:
        for statement, choice in self.wanted:
            deadline = time.monotonic() + 40
            while not self.server.vote(self.participant, statement, choice):
                if time.monotonic() > deadline:
                    self.given_up = True
                    return
                time.sleep(0.1)
            self.safe.append((statement, choice))
            self.told.release()


def _shared_database(tmp_path: Path) -> str:
    """The address of the database of this test, for other processes."""
    parts = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgres://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
    path = tmp_path / "essor.sqlite3"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{path}"


def _bring_back(tmp_path: Path) -> None:
    """What the other processes wrote, where the models of this test read it."""
    if connection.vendor == "sqlite":
        with contextlib.closing(sqlite3.connect(tmp_path / "essor.sqlite3")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            copy.backup(connection.connection)


def _current():
    return {
        (who, what): choice
        for who, what, choice in CurrentVote.objects.values_list("participant_id", "statement_id", "choice")
    }


def test_no_vote_told_safe_is_lost_although_the_server_is_killed(tmp_path):
    conversation = OpenConversationFactory()
    statements = [StatementFactory(conversation=conversation).pk for _each in range(STATEMENTS)]
    people = [ParticipantFactory(conversation=conversation).pk for _each in range(VOTERS)]
    server = Server(_shared_database(tmp_path), tmp_path)
    server.start()
    told = threading.Semaphore(0)
    voters = [Voter(server, pk, statements, told) for pk in people]
    try:
        for voter in voters:
            voter.start()
        for _each in range(VOTERS * STATEMENTS // 3):
            assert told.acquire(timeout=60)
        server.kill()  # kill -9, with votes under way
        server.start()
        for voter in voters:
            voter.join(timeout=60)
    finally:
        server.kill()
    _bring_back(tmp_path)
    assert not any(voter.given_up or voter.is_alive() for voter in voters)
    assert _current() == {
        (voter.participant, what): choice for voter in voters for what, choice in dict(voter.safe).items()
    }
    _everything_adds_up(statements, voters)


def _everything_adds_up(statements: list[int], voters: list[Voter]) -> None:
    logged = Vote.objects.count()
    safe = sum(len(voter.safe) for voter in voters)
    assert safe == VOTERS * (STATEMENTS + MINDS_CHANGED) == logged  # sent again, nothing is written twice
    for key in statements:
        tally = StatementTally.objects.get(pk=key)
        counted = {
            column: CurrentVote.objects.filter(statement=key, choice=choice).count()
            for choice, column in COLUMN.items()
        }
        assert {column: getattr(tally, column) for column in counted} == counted
    assert set(Participant.objects.values_list("votes_count", flat=True)) == {STATEMENTS}
    assert MapRequest.objects.count() == 1
