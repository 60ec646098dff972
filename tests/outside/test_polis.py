"""Exports of Polis are read, checked and written again to the byte; plain tables of votes too."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.outside.issues import EmptyFile, MissingColumn, NotATable
from essor.outside.polis import is_polis, read_polis
from essor.outside.polis_records import (
    COMMENTS,
    PARTICIPANTS,
    SUMMARY,
    VOTES,
    ContradictorySign,
    PolisComment,
    PolisVote,
    rebuilt_rows,
)
from essor.outside.polis_writing import polis_set, write_polis
from essor.outside.vote_matrix import read_vote_matrix, write_vote_matrix

POLIS = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis"
SETS = (
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "austria-climate.7z7ejpbmv5.2022-08-08",
    "brexit-consensus",
    "canadian-electoral-reform",
    "football-concussions",
    "london.youth.policing",
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01",
    "vtaiwan.uberx",
)

LOG = """timestamp,datetime,comment-id,voter-id,vote
1000,Mon,0,7,1
3000,Mon,0,8,-1
2000,Mon,1,7,0
4000,Mon,0,7,-1
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1
7,0,2,2,0,1,-1,0
8,,0,1,0,1,-1,
"""
SAID = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,Mon,0,7,0,2,1,"Un « banc », ici"
2,Mon,1,7,0,0,-1,"Deux
lignes"
"""


def a_folder(folder, log=LOG, matrix=MATRIX, comments=SAID, summary="topic,Bancs\nvoters,2\n"):
    for name, text in ((VOTES, log), (PARTICIPANTS, matrix), (COMMENTS, comments), (SUMMARY, summary)):
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", SETS)
def test_a_real_set_is_written_again_to_the_byte_and_its_matrix_rebuilt_from_its_log(name, tmp_path):
    found = read_polis(POLIS / name)
    assert found.issues == ()
    assert (found.log_agree, found.matrix_agree) == (1, 1)
    for path in write_polis(found, tmp_path):
        assert path.read_bytes() == (POLIS / name / path.name).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in (POLIS / name).iterdir()}
    assert rebuilt_rows(found.log(), found.statements, like=found.participants) == found.participants


def test_a_small_export_is_read(tmp_path):
    found = read_polis(a_folder(tmp_path))
    assert list(found.log()) == [("7", "0", 1), ("7", "1", 0), ("8", "0", -1), ("7", "0", -1)]
    assert found.table() == {("7", "0"): -1, ("7", "1"): 0, ("8", "0"): -1}
    assert found.moderated_out == ("1",)
    assert found.bodies["1"] == "Deux\nlignes"
    assert found.published_groups == {"7": "0"}
    assert found.summary == (("topic", "Bancs"), ("voters", "2"))
    assert found.issues == ()


def test_the_log_or_the_matrix_alone_is_enough(tmp_path):
    found = read_polis(a_folder(tmp_path, matrix=None, comments=None, summary=None))
    assert found.statements == ("0", "1")
    assert found.table() == {("7", "0"): -1, ("7", "1"): 0, ("8", "0"): -1}
    (tmp_path / VOTES).unlink()
    (tmp_path / PARTICIPANTS).write_text(MATRIX, encoding="utf-8")
    assert read_polis(tmp_path).table() == found.table()
    assert read_polis(tmp_path / PARTICIPANTS).table() == found.table()
    assert is_polis(tmp_path / PARTICIPANTS)
    assert is_polis(tmp_path)


def turned(text, columns):
    lines = text.splitlines()
    turn = {"1": "-1", "-1": "1"}
    rows = [line.split(",") for line in lines[1:]]
    rows = [[turn.get(c, c) if at in columns else c for at, c in enumerate(row)] for row in rows]
    return "\n".join([lines[0], *(",".join(row) for row in rows)]) + "\n"


def test_a_log_with_the_sign_of_the_engine_is_turned_and_told(tmp_path):
    found = read_polis(a_folder(tmp_path, log=turned(LOG, {4})))
    assert found.log_agree == -1
    assert found.table() == {("7", "0"): -1, ("7", "1"): 0, ("8", "0"): -1}
    assert [file for file, _issue in found.issues] == [VOTES]
    again = tmp_path / "again"
    write_polis(found, again)
    assert (again / VOTES).read_text(encoding="utf-8") == turned(LOG, {4})


def test_without_a_matrix_the_comments_tell_the_sign(tmp_path):
    found = read_polis(a_folder(tmp_path, log=turned(LOG, {4}), matrix=None))
    assert found.log_agree == -1


def test_a_turned_matrix_is_known_by_its_own_counts(tmp_path):
    found = read_polis(a_folder(tmp_path, matrix=turned(MATRIX, {6, 7})))
    assert (found.matrix_agree, found.log_agree) == (-1, 1)
    assert found.table() == {("7", "0"): -1, ("7", "1"): 0, ("8", "0"): -1}
    found = read_polis(a_folder(tmp_path, log=None, matrix=turned(MATRIX, {6, 7})))
    (tmp_path / VOTES).unlink()
    assert read_polis(tmp_path).table() == {("7", "0"): -1, ("7", "1"): 0, ("8", "0"): -1}


def test_a_contradictory_sign_is_refused_with_its_figures(tmp_path):
    log = LOG.replace("3000,Mon,0,8,-1", "3000,Mon,0,8,1")
    with pytest.raises(ContradictorySign) as refused:
        read_polis(a_folder(tmp_path, log=log))
    assert refused.value.code == "contradictory_sign"
    assert "votes.csv" in str(refused.value)


def test_what_the_matrix_says_beside_the_log_is_told(tmp_path):
    found = read_polis(a_folder(tmp_path, matrix=MATRIX.replace("-1,0\n", "-1,\n")))
    file, issue = found.issues[0]
    assert (file, issue.line, issue.column) == (PARTICIPANTS, 2, "1")


def test_bad_lines_are_told_with_line_column_and_mend(tmp_path):
    log = LOG + "5000,Mon,0,9,2\n6000,Mon,,9,1\nhier,Mon,0,9,1\n7000,Mon,0,,1\n8000,Mon,1,9,inf\n"
    found = read_polis(a_folder(tmp_path, log=log, matrix=None, comments=None))
    told = [(issue.line, issue.column, issue.skipped) for _file, issue in found.issues]
    assert told == [
        (6, "vote", True),
        (7, "comment-id", True),
        (8, "timestamp", False),
        (9, "voter-id", True),
        (10, "vote", True),
    ]
    assert all(issue.reason and issue.mend for _file, issue in found.issues)
    assert found.table()["9", "0"] == 1


def test_a_participant_written_twice_or_with_a_wrong_cell_is_told(tmp_path):
    matrix = MATRIX + "8,,0,1,0,1,-1,\n9,,0,1,1,0,1,oui\n,,0,0,0,0,,\n"
    found = read_polis(a_folder(tmp_path, log=None, matrix=matrix))
    told = [(issue.line, issue.column, issue.skipped) for _file, issue in found.issues]
    assert told == [(4, "participant", True), (5, "1", False), (6, "participant", True)]


def test_a_broken_line_does_not_take_the_others(tmp_path):
    log = LOG + '9000,"Mon,0,9,1\n9500,Mon,1,9,1\n'
    found = read_polis(a_folder(tmp_path, log=log, matrix=None, comments=None))
    assert found.table()["9", "1"] == 1
    assert found.issues[0][1].line == 6


@pytest.mark.parametrize(
    ("log", "error"), [("", EmptyFile), ("a,b\n1,2\n", MissingColumn), ("%PDF-1.4 rien", NotATable)]
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, log, error):
    with pytest.raises(error):
        read_polis(a_folder(tmp_path, log=log))


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(NotATable):
        read_polis(tmp_path)


def test_a_header_alone_is_an_empty_log(tmp_path):
    found = read_polis(a_folder(tmp_path, log=LOG.splitlines()[0] + "\n", matrix=None, comments=None))
    assert found.table() == {}


events = st.lists(
    st.builds(
        PolisVote,
        timestamp=st.integers(0, 9),
        datetime=st.text('Mon 0:9,"’', max_size=6),
        statement=st.integers(0, 5).map(str),
        participant=st.integers(0, 6).map(str),
        vote=st.sampled_from([1, 0, -1]),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(
    events,
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30), max_size=4),
)
def test_whatever_is_exported_is_read_again_the_same(tmp_path_factory, log, bodies):
    folder = tmp_path_factory.mktemp("set")
    comments = [PolisComment(5, "Mon", str(at), "3", 1, 2, 1, body) for at, body in enumerate(bodies)]
    given_ = polis_set(
        events=log, comments=comments, summary=[("topic", "x, y")], groups={"3": 1, "99": None}
    )
    assert not [
        issue
        for issue in rebuilt_rows(given_.log(), given_.statements, like=given_.participants)
        if issue not in given_.participants
    ]
    write_polis(given_, folder)
    found = read_polis(folder)
    assert found.table() == given_.table()
    assert found.participants == given_.participants
    assert [each.body for each in found.comments] == bodies
    assert found.events == given_.events


def test_a_plain_table_is_read_with_its_issues_and_written_again(tmp_path):
    path = tmp_path / "table.csv"
    text = "nom,banc,bus\nana,1,-1\nben,,0\n"
    path.write_text(text, encoding="utf-8")
    found = read_vote_matrix(path)
    assert not is_polis(path)
    assert list(found.log()) == [("ana", "banc", 1), ("ana", "bus", -1), ("ben", "bus", 0)]
    write_vote_matrix(found, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text(encoding="utf-8") == text
    path.write_text(text + "ben,1,1\n,1,1\neve,inf,peut-être\n", encoding="utf-8")
    found = read_vote_matrix(path)
    assert found.participants == ("ana", "ben", "eve")
    assert [(each.line, each.column) for each in found.issues] == [
        (4, "nom"),
        (5, "nom"),
        (6, "banc"),
        (6, "bus"),
    ]


def test_a_table_without_names_numbers_its_lines(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("banc;bus\n1;-1\n0;1\n", encoding="utf-8")
    found = read_vote_matrix(path)
    assert found.participants == ("1", "2")
    assert found.statements == ("banc", "bus")
    write_vote_matrix(found, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text(encoding="utf-8") == "banc;bus\n1;-1\n0;1\n"


def test_a_table_of_names_alone_has_no_statement(tmp_path):
    (tmp_path / "t.csv").write_text("participant\nana\n", encoding="utf-8")
    with pytest.raises(EmptyFile):
        read_vote_matrix(tmp_path / "t.csv")
