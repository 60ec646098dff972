"""An analyst draws a map of opinions from the command line."""

import json
from pathlib import Path

import pytest

from essor.console.opinion_map import draw

POLIS = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis"


def a_table(folder, extra=""):
    side = [1, 1, 1, 1, -1, -1, -1, 1]
    rows = [[f"p{i}", *(value if i < 12 else -value for value in side[:-1]), 1] for i in range(22)]
    path = folder / "votes.csv"
    lines = ["nom," + ",".join(f"s{j}" for j in range(8)), *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n" + extra, encoding="utf-8")
    return path


def test_a_polis_folder_becomes_json_and_a_report(tmp_path, capsys):
    data, report = tmp_path / "m.json", tmp_path / "m.html"
    arguments = [str(POLIS / "brexit-consensus"), "--json", str(data), "--html", str(report), "--quiet"]
    assert draw(arguments) == 0
    found = json.loads(data.read_text(encoding="utf-8"))
    assert list(found) == ["method", "participants", "statements", "groups", "consensus", "divisive"]
    assert len(found["participants"]) == 204
    groups = {each["group"] for each in found["participants"]}
    assert groups == {None, *(each["id"] for each in found["groups"])}
    assert {"statement", "direction", "metric"} == set(found["groups"][0]["representative"][0])
    page = report.read_text(encoding="utf-8")
    assert all(f'id="g{each["id"]}"' in page for each in found["groups"])
    assert "<script" not in page
    assert "http" not in page
    assert 'role="img" aria-label=' in page
    assert 'id="resume"' in page
    assert "204" in capsys.readouterr().out


def test_the_same_seed_gives_the_same_file_and_k_is_obeyed(tmp_path):
    written = []
    for name in ("a", "b"):
        path = tmp_path / name
        assert (
            draw(
                [
                    str(POLIS / "london.youth.policing"),
                    "--groups",
                    "2",
                    "--seed",
                    "3",
                    "--json",
                    str(path),
                    "--quiet",
                ]
            )
            == 0
        )
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert len(json.loads(written[0])["groups"]) == 2


def test_a_plain_table_is_drawn_in_both_modes(tmp_path, capsys):
    for mode in ("default", "polis"):
        data = tmp_path / f"{mode}.json"
        assert draw([str(a_table(tmp_path)), "--mode", mode, "--json", str(data), "--quiet"]) == 0
        found = json.loads(data.read_text(encoding="utf-8"))
        assert [each["size"] for each in found["groups"]] == [12, 10]
        assert found["consensus"][0]["statement"] == "s7"
        assert found["participants"][0]["id"] == "p0"
    capsys.readouterr()


def test_words_of_people_cannot_become_code_in_the_report(tmp_path, capsys):
    folder = tmp_path / "set"
    folder.mkdir()
    lines = ["timestamp,datetime,comment-id,voter-id,vote"]
    lines += [f"1,x,{j},{i},{1 if (i < 6) == (j < 4) else -1}" for i in range(12) for j in range(8)]
    (folder / "votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    body = "<script>alert(1)</script>"
    said = ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    said += [f"1,x,{j},0,6,6,1,{body}" for j in range(8)]
    (folder / "comments.csv").write_text("\n".join(said) + "\n", encoding="utf-8")
    assert draw([str(folder), "--html", str(tmp_path / "r.html"), "--quiet"]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    capsys.readouterr()


def test_what_could_not_be_read_is_told_beside_the_map(tmp_path, capsys):
    assert draw([str(a_table(tmp_path, "p99,peut-être,1,1,1,1,1,1,1\n")), "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "votes.csv" in said
    assert "24" in said
    assert "peut-être" in said


@pytest.mark.parametrize(
    ("text", "code"),
    [("", 1), ("nom,s1\n", 1), ("nom,s1\nana,\n", 1), ("timestamp,comment-id,voter-id,vote\n", 1)],
)
def test_a_file_without_votes_is_said_plainly(tmp_path, capsys, text, code):
    path = tmp_path / "vide.csv"
    path.write_text(text, encoding="utf-8")
    assert draw([str(path), "--quiet"]) == code
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said


def test_a_missing_path_is_misuse(tmp_path, capsys):
    assert draw([str(tmp_path / "rien")]) == 2
    assert "rien" in capsys.readouterr().err


@pytest.mark.parametrize("groups", ["1", "beaucoup", "21"])
def test_a_wrong_number_of_groups_is_misuse(tmp_path, capsys, groups):
    with pytest.raises(SystemExit) as stopped:
        draw([str(a_table(tmp_path)), "--groups", groups])
    assert stopped.value.code == 2
    capsys.readouterr()


def test_one_participant_and_everybody_alike_have_a_report(tmp_path, capsys):
    for name, rows in (("un", 1), ("pareils", 30)):
        path = tmp_path / f"{name}.csv"
        path.write_text("nom,a,b\n" + "".join(f"p{i},1,1\n" for i in range(rows)), encoding="utf-8")
        assert draw([str(path), "--quiet", "--html", str(tmp_path / "r.html")]) == 0
    capsys.readouterr()
