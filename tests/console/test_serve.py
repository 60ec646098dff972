"""Serving the site: both programs start, both stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from essor.console.serve import _stop, serve
from tests.house.sources import ROOT


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_already_taken_is_told_with_another_to_try(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve(["--port", str(port)]) == 1
    assert f"PORT={port + 1}" in capsys.readouterr().err


def _children(pid: int) -> set[int]:
    return {int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def _answer(url: str) -> int:
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.status
    except HTTPError as refused:
        with refused:
            return refused.code


@pytest.mark.slow
def test_a_fresh_folder_is_prepared_served_and_stopped_with_nothing_left_behind(tmp_path):
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PORT", "HOST"}
    }
    environment |= {"ESSOR_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "essor.config.settings.dev"}
    essor = [sys.executable, "-m", "essor.console"]
    subprocess.run([*essor, "prepare"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    port = _free_port()
    served = subprocess.Popen(
        [*essor, "serve", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert served.stdout is not None
    try:
        assert f"http://localhost:{port}" in served.stdout.readline()
        assert _answer(f"http://localhost:{port}/") == 200
        assert _answer(f"http://localhost:{port}/nulle-part/") == 404
        children = _children(served.pid)
        assert len(children) == 2
    finally:
        served.send_signal(signal.SIGINT)
        served.stdout.read()
        served.stdout.close()
        code = served.wait(timeout=30)
    assert code == 0
    time.sleep(0.2)
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_a_process_that_its_parent_forgot_is_stopped_too():
    forgets = "import subprocess, sys; print(subprocess.Popen(['sleep', '60']).pid, flush=True)"
    parent = subprocess.Popen(
        [sys.executable, "-c", forgets], start_new_session=True, stdout=subprocess.PIPE, text=True
    )
    forgotten = int(parent.stdout.readline())
    parent.wait()
    parent.stdout.close()
    _stop([parent])
    deadline = time.monotonic() + 5
    while _is_running(forgotten) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(forgotten)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except FileNotFoundError:
        return False
