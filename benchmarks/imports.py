"""Bringing a large table in: rows a second and memory, beside Django saving the same rows without any check.

    .venv/bin/python benchmarks/imports.py [ROWS]     # 200,000 by default

Each contender runs alone in a fresh process on a fresh SQLite file. Ours reads the CSV (whatever its
encoding and punctuation), cleans, looks for personal data, finds doubles, stems for search, recognises
authors, families and dates, and reports. The peers read the same file with the csv module and only
insert: one with ``bulk_create``, one with ``save`` in a loop (on a tenth of the rows).
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = """
    le la un une des bus médecin école très souvent village quartier habitants manque soir transports santé
    œuvre l’été mairie enfants jeunes personnes âgées réunion commune chemin piste cyclable sécurité marché
    logement travail associations bénévoles rivière maison médicale dimanche prix énergie chauffage
""".split()  # noqa: SIM905
FAMILIES = ("habitant", "association", "entreprise", "élu", "chercheur")
CONTENDERS = ("essor", "bulk_create", "save")


def write_csv(path: Path, rows: int) -> None:
    """Invented answers of 6 to 45 words, one author in three known, one text in fifty with a phone number."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "avis", "date", "auteur", "famille"])
        for number in range(rows):
            text = " ".join(chance.choices(WORDS, k=chance.randint(6, 45))).capitalize()
            if number % 50 == 0:
                text += " Appelez le 06 12 34 56 78."
            author = f"personne {chance.randint(1, rows // 3 or 1)}" if number % 3 == 0 else ""
            day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/2025 {chance.randint(8, 20)}:30"
            writer.writerow([number, text, day, author, chance.choice(FAMILIES)])


def prepare() -> object:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from essor.chain.listening.models import Consultation
    from essor.common import clock
    from essor.ground.territories.models import Territory

    territory = Territory.objects.create(name="Banc", slug="banc", languages=["fr"])
    return Consultation.objects.create(
        territory=territory, title="Banc", slug="banc", summary="Banc", state="open", created_at=clock.now()
    )


def run_essor(consultation, path: Path) -> int:
    from django.core.files import File

    from essor.chain.listening.mapping import ImportMapping, guess_columns, signature_of
    from essor.chain.listening.services import imports
    from essor.journeys.import_voices import run
    from essor.outside.spreadsheets import open_table

    table = open_table(path)
    columns = guess_columns(table.columns, [row.cells for row in table.preview(20)])
    mapping = ImportMapping(columns=columns, signature=signature_of(table.columns))
    with path.open("rb") as stream:
        batch = imports.prepare_import(
            by=None, territory=consultation.territory, consultation=consultation, kind="table",
            file=File(stream), filename=path.name, mapping=mapping,
        )  # fmt: skip
    imports.queue_import(batch=batch)
    run(batch.pk)
    batch.refresh_from_db()
    if batch.failure:
        raise SystemExit(batch.failure)
    return batch.voices_made


def _plain_voices(consultation, path: Path, most: int):
    from essor.chain.listening.models import Contribution, Speaker
    from essor.common import clock

    now = clock.now()
    speaker = Speaker.objects.create(territory=consultation.territory, created_at=now)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter=";")):
            if number == most:
                return
            yield Contribution(
                territory=consultation.territory, consultation=consultation, speaker=speaker,
                channel="import", words=row["avis"], search=row["avis"], said_at=now, created_at=now,
                source_key=row["id"],
            )  # fmt: skip


def run_bulk_create(consultation, path: Path) -> int:
    from django.db import transaction

    from essor.chain.listening.models import Contribution

    with transaction.atomic():
        return len(Contribution.objects.bulk_create(_plain_voices(consultation, path, -1), batch_size=1000))


def run_save(consultation, path: Path) -> int:
    from django.db import transaction

    with path.open(encoding="utf-8", newline="") as file:
        most = sum(1 for _line in file) // 10
    count = 0
    with transaction.atomic():
        for voice in _plain_voices(consultation, path, most):
            voice.save()
            count += 1
    return count


def contend(name: str, path: Path) -> None:
    consultation = prepare()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = time.perf_counter(), time.process_time()
    count = {"essor": run_essor, "bulk_create": run_bulk_create, "save": run_save}[name](consultation, path)
    elapsed, busy = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": count, "seconds": elapsed, "cpu": busy, "before": before, "peak": peak}))


def measured(name: str, path: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "essor.config.settings.dev", "ESSOR_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "PYTHONPATH": str(Path(__file__).parents[1]),
        }  # fmt: skip
        command = [sys.executable, __file__, "--contend", name, "--file", str(path)]
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if answer.returncode:
            raise SystemExit(answer.stderr[-2000:])
        return json.loads(answer.stdout.strip().splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="?", type=int, default=200_000)
    parser.add_argument("--contend", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contend:
        contend(options.contend, options.file)
        return
    with tempfile.TemporaryDirectory(prefix="essor-bench-") as folder:
        path = Path(folder) / "avis.csv"
        write_csv(path, options.rows)
        print(f"{options.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB; SQLite in one transaction\n")
        head = f"{'':<28}{'rows/s':>10}{'rows/s of CPU':>15}{'memory before':>15}{'peak':>9}{'ratio':>8}"
        print(head + "\n" + "-" * len(head))
        base = None
        for name in CONTENDERS:
            found = measured(name, path)
            rate = found["rows"] / found["seconds"]
            base = base or rate
            label = {
                "essor": "Essor (all checks)",
                "bulk_create": "bulk_create (no check)",
                "save": "save() (no check)",
            }
            print(
                f"{label[name]:<28}{rate:>10,.0f}{found['rows'] / found['cpu']:>15,.0f}"
                f"{found['before']:>12.0f} MB{found['peak']:>6.0f} MB{base / rate:>7.1f}×"
            )


if __name__ == "__main__":
    main()
