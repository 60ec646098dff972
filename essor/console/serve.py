"""Serves the site and runs a worker beside it; Ctrl-C stops both."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from essor.console.words import _

GRACE = 20.0


class Stopped(Exception):
    """Somebody asked to stop."""


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _wait_until_open(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _start(options: argparse.Namespace) -> list[subprocess.Popen[bytes]]:
    here = Path(sys.executable).parent
    server = [
        str(here / "granian"),
        "--interface", "wsgi",
        "--host", options.host,
        "--port", str(options.port),
        "--workers", str(options.workers),
        "--blocking-threads", str(options.threads),
        "--no-ws",
        "--log-level", "warning",
        "essor.config.wsgi:application",
    ]  # fmt: skip
    started = [subprocess.Popen(server, start_new_session=True)]  # noqa: S603
    if not options.no_worker:
        worker = [sys.executable, "-m", "essor.console", "worker"]
        started.append(subprocess.Popen(worker, start_new_session=True))  # noqa: S603
    return started


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for each in processes:
        if each.poll() is None:
            each.terminate()
    deadline = time.monotonic() + GRACE
    for each in processes:
        try:
            each.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
        # A server told to stop while it starts can leave one of its own processes behind, and the port taken.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(each.pid, signal.SIGKILL)


def _ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def _watch(processes: list[subprocess.Popen[bytes]], host: str, port: int) -> int:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104
    if not _wait_until_open(host, port, processes[0]):
        print(_("Le site n’a pas démarré : la raison est écrite ci-dessus."), file=sys.stderr)
        return 1
    print(_("Essor est servi sur http://%(host)s:%(port)s") % {"host": shown, "port": port})
    print(_("Ctrl-C arrête tout."), flush=True)
    while all(each.poll() is None for each in processes):
        time.sleep(0.5)
    print(_("Un des programmes s’est arrêté ; tout est arrêté."), file=sys.stderr)
    return 1


def serve(arguments: list[str]) -> int:
    """Serve on http://localhost:8000 (or $PORT) with a worker of long jobs beside it."""
    parser = argparse.ArgumentParser(
        "essor serve", description=_("Sert le site, avec un travailleur de tâches.")
    )
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help=_("l’adresse où écouter"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help=_("le port"))
    parser.add_argument("--workers", type=int, default=2, help=_("le nombre de processus web"))
    parser.add_argument("--threads", type=int, default=2, help=_("le nombre de fils par processus web"))
    parser.add_argument("--no-worker", action="store_true", help=_("sert le site seul, sans travailleur"))
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.config.settings.dev")
    if _is_taken(options.host, options.port):
        print(
            _("Le port %(port)s est déjà pris : arrêtez l’autre programme ou choisissez PORT=%(other)s.")
            % {"port": options.port, "other": options.port + 1},
            file=sys.stderr,
        )
        return 1
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _ask_to_stop)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes = _start(options)
        return _watch(processes, options.host, options.port)
    except Stopped:
        print(_("Arrêt…"), flush=True)
        return 0
    finally:
        _stop(processes)
