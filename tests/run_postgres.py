"""Starts a throw-away PostgreSQL from the installed binaries, runs a command against it, and throws it away.

    python -m tests.run_postgres [pytest options]       the tests, on PostgreSQL
    python -m tests.run_postgres --exec COMMAND …       any command, with DATABASE_URL set

It needs nothing but the binaries (Debian: the `postgresql` package), works as root, and never touches a
server that is already running: its data are in a temporary folder and it listens on a free local port.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40 -c shared_buffers=128MB"


class NoPostgres(Exception):
    """PostgreSQL is not installed; the message says what to install."""


def binaries() -> Path:
    """The folder of initdb and pg_ctl, the newest version first."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True
    )
    if found:
        return found[0].parent
    beside = shutil.which("initdb")
    if beside:
        return Path(beside).resolve().parent
    raise NoPostgres(
        "PostgreSQL is not installed: install its package (Debian: sudo apt-get install postgresql)."
    )


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root: the prefix that becomes its system user when needed."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    raise NoPostgres("PostgreSQL cannot run as root and there is no user « postgres » to run it as.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quietly(command: list[str], log: Path) -> None:
    with log.open("ab") as out:
        done = subprocess.run(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/")
    if done.returncode:
        print(log.read_text(errors="replace")[-3000:], file=sys.stderr)
        raise SystemExit(f"{Path(command[-1]).name}: PostgreSQL could not be started (see above).")


@contextlib.contextmanager
def throw_away_postgres() -> Iterator[str]:
    """A running server for the time of a block; gives its DATABASE_URL."""
    folder = binaries()
    prefix = _as_postgres()
    home = Path(tempfile.mkdtemp(prefix="essor-pg-", dir="/tmp"))
    log = home / "log"
    log.touch()
    data = home / "data"
    data.mkdir()
    for each in (home, data, log):
        each.chmod(0o700 if each == data else 0o755)
        if prefix:
            os.chown(each, int(prefix[1].split("=")[1]), int(prefix[2].split("=")[1]))
    control = [*prefix, str(folder / "pg_ctl"), "-D", str(data)]
    port = _free_port()
    start = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 {FAST}"
    try:
        init = [str(folder / "initdb"), "-D", str(data), "-A", "trust", "-U", "essor", "-E", "UTF8"]
        _quietly([*prefix, *init, "--locale=C.UTF-8", "--no-sync"], log)
        _quietly([*control, "-w", "-l", str(log), "-o", start, "start"], log)
        _quietly([str(folder / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "essor", "essor"], log)
        yield f"postgres://essor@127.0.0.1:{port}/essor"
    finally:
        stop = [*control, "-m", "immediate", "stop"]
        subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run pytest, or the command after --exec, against a fresh PostgreSQL."""
    command = arguments[1:] if arguments[:1] == ["--exec"] else [sys.executable, "-m", "pytest", *arguments]
    try:
        with throw_away_postgres() as url:
            environment = {**os.environ, "DATABASE_URL": url, "ESSOR_RUN": secrets.token_hex(4)}
            return subprocess.run(command, env=environment).returncode
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
