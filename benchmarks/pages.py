"""Public pages under load, on PostgreSQL with 100,000 voices: CPU a request, queries, weight.

    python benchmarks/pages.py [--voices 100000] [--seconds 8]

It starts its own PostgreSQL and its own server (granian, 2 processes of 2 threads) on loopback, drives
them with wrk (Debian: wrk), and prints the CPU spent a request by the web and the database together,
beside figures measured once on the same kind of machine: adhocracy+ (quiet, 2 workers) and healthchecks.
"""

import argparse
import contextlib
import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.run_postgres import throw_away_postgres  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
TOKEN = "a" * 32
VOTE = f"""
wrk.method = "POST"
wrk.body = ""
wrk.headers["Cookie"] = "csrftoken={TOKEN}"
wrk.headers["X-CSRFToken"] = "{TOKEN}"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
"""


@dataclass(frozen=True)
class Case:
    """One page: its address, the bar in milliseconds of CPU, and the peer's own figure."""

    name: str
    path: str
    bar: float
    peer: str
    peer_ms: float | None
    vote: bool = False


CASES = (
    Case("home", "/t/charge/", 9, "adhocracy+ home", 27),
    Case("needs list", "/t/charge/besoins/", 20, "adhocracy+ list of 5,000", 400),
    Case("need page", "/t/charge/besoins/besoin-7/", 20, "adhocracy+ detail with 20 comments", 1000),
    Case("thread page", "/t/charge/fil/besoin/{need}/", 20, "healthchecks page of 4 queries", 18),
    Case("voices list", "/t/charge/ecoute/voix/", 20, "adhocracy+ list of 5,000", 400),
    Case("one vote", "/t/charge/besoins/besoin-7/me-concerne/", 10, "adhocracy+ vote", 40, vote=True),
)


def cpu_seconds(pids: set[int]) -> float:
    """User and system time of these processes and of their children that ended."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(int(value) for value in fields[11:15])
    return total / TICK


def family(root: int) -> set[int]:
    """A process and all that descend from it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found = {root}
    while True:
        new = {pid for pid, parent in parents.items() if parent in found} - found
        if not new:
            return found
        found |= new


def resident_mb(pids: set[int]) -> list[float]:
    """Proportional memory of each process, in megabytes, largest first."""
    sizes = []
    for pid in pids:
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            sizes.append(int(re.search(r"^Rss:\s+(\d+)", text, re.M).group(1)) / 1024)
    return sorted(sizes, reverse=True)


@contextlib.contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[int]:
    """Our server on this port, for the time of a block; gives its process."""
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--workers", "2",
        "--blocking-threads", "2", "--no-ws", "--port", str(port), "--log-level", "warning",
        "essor.config.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        for _attempt in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def postmaster(url: str) -> int:
    """The process that listens on the database's port."""
    port = url.rsplit(":", 1)[1].split("/")[0]
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words[0].endswith(b"/postgres") and port.encode() in words:
                    return int(entry.name)
    raise SystemExit("the database's own process was not found")


def drive(case: Case, address: str, seconds: int, pids: tuple[set[int], set[int]]) -> dict[str, float]:
    """Load one page with wrk; requests a second, p99, CPU of web and database for each request."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", address]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if case.vote:
            script.write(VOTE)
            script.flush()
            command[1:1] = ["-s", script.name]
        before = [cpu_seconds(each) for each in pids]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = [cpu_seconds(each) - start for each, start in zip(pids, before, strict=True)]
    requests = int(re.search(r"(\d+) requests in", said).group(1))
    if "Non-2xx" in said and not case.vote:
        raise SystemExit(f"{case.name}: the server answered errors\n{said}")
    p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
        "p99": float(p99) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
        "web": 1000 * spent[0] / requests,
        "database": 1000 * spent[1] / requests,
    }


def first_view(port: int) -> tuple[int, int]:
    """Bytes on the wire of the home page with what it loads: in all, and in scripts."""
    base = f"http://127.0.0.1:{port}"

    def fetched(path: str) -> bytes:
        with urllib.request.urlopen(base + path, timeout=20) as answer:
            return answer.read()

    page = fetched("/t/charge/")
    total, scripts = len(gzip.compress(page)), 0
    for path in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode())):
        body = fetched(path)
        size = len(body) if path.endswith(".woff2") else len(gzip.compress(body))
        total += size
        scripts += size if path.endswith(".js") else 0
    return total, scripts


def main() -> None:
    """Fill, serve, drive, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voices", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed (Debian: apt-get install wrk)")
    with tempfile.TemporaryDirectory() as var, throw_away_postgres() as url:
        environment = {
            **os.environ, "DATABASE_URL": url, "ESSOR_VAR": var, "RATE_LIMIT_SCALE": "1000000",
            "DJANGO_SETTINGS_MODULE": "essor.config.settings.dev", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        for command in (["migrate", "-v0"], ["createcachetable"]):
            subprocess.run([sys.executable, "manage.py", *command], env=environment, cwd=ROOT, check=True)
        filled = subprocess.run(
            [sys.executable, "-m", "benchmarks.filling", str(options.voices)],
            env=environment, cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        need = filled.stdout.split()[-1]
        with served(environment, options.port) as server:
            pids = (family(server), family(postmaster(url)))
            print(f"\n{options.voices:,} voices on PostgreSQL; granian 2 × 2 threads; wrk 8 connections")
            head = ("page", "req/s", "p99 ms", "web ms", "db ms", "CPU ms", "bar", "peer ms", "peer/ours")
            print("{:<12} {:>8} {:>8} {:>7} {:>7} {:>7} {:>5} {:>8} {:>10}  peer".format(*head))
            for case in CASES:
                address = f"http://127.0.0.1:{options.port}{case.path.format(need=need)}"
                drive(case, address, 2, pids)
                pids = (family(server), family(postmaster(url)))
                seen = drive(case, address, options.seconds, pids)
                cpu = seen["web"] + seen["database"]
                print(
                    f"{case.name:<12} {seen['rate']:>8.0f} {seen['p99']:>8.1f} {seen['web']:>7.2f} "
                    f"{seen['database']:>7.2f} {cpu:>7.2f} {case.bar:>5.0f} {case.peer_ms:>8.0f} "
                    f"{case.peer_ms / cpu:>9.1f}×  {case.peer}"
                )
            total, scripts = first_view(options.port)
            print(f"\nfirst view of home: {total / 1000:.0f} kB compressed (bar 150), of which scripts "
                  f"{scripts / 1000:.1f} kB (bar 40; adhocracy+ 363)")  # fmt: skip
            workers = resident_mb(family(server) - {server})
            print(f"resident memory of a web worker: {workers[0]:.0f} MB (bar 120; adhocracy+ 200, "
                  f"healthchecks 94)")  # fmt: skip


if __name__ == "__main__":
    main()
