"""CSV of any shape: what people really send is read, what cannot be is told line by line."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from essor.outside.issues import EmptyFile, NotATable, TooLarge, UnreadableFile, WrongEncoding
from essor.outside.spreadsheets import Row, open_table


@pytest.fixture
def table(tmp_path):
    def _table(content, written_in="utf-8", **options):
        path = tmp_path / "voix.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(written_in))
        return open_table(path, **options)

    return _table


def cells(table):
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_usual_delimiters_and_line_ends_are_recognised(table, delimiter, end):
    lines = [["id", "texte", "lieu"], ["1", "Un bus, le soir", "Val"], ["2", "Des bancs", "Lume"]]
    content = end.join(delimiter.join(f'"{c}"' if delimiter in c else c for c in line) for line in lines)
    read = table(content)
    assert read.delimiter == delimiter
    assert read.columns == ("id", "texte", "lieu")
    assert cells(read) == [("1", "Un bus, le soir", "Val"), ("2", "Des bancs", "Lume")]


def test_line_numbers_are_those_of_the_file_even_after_cells_of_several_lines(table):
    read = table('id;texte\n1;"un\ndeux\ntrois"\n2;quatre\n\n3;"cinq\r\nsix"\n4;sept\n')
    assert [row.line for row in read.rows()] == [2, 5, 7, 9]


def test_line_ends_can_be_mixed(table):
    read = table("id;texte\r\n1;un\n2;deux\r3;trois\r\n")
    assert list(read.rows()) == [Row(2, ("1", "un")), Row(3, ("2", "deux")), Row(4, ("3", "trois"))]


def test_blank_and_title_lines_above_the_header_are_passed_over(table):
    read = table(
        "\n;;\nConsultation du printemps;;\nExport du;12/03/2024;\n\nid;texte;lieu\n1;Un bus;Val\n2;Un banc;Lume\n"
    )
    assert read.columns == ("id", "texte", "lieu")
    assert read.header_line == 6
    assert [row.line for row in read.rows()] == [7, 8]


def test_the_header_line_can_be_said(table):
    read = table("id;texte\nnom;verbatim\n1;Un bus\n", header_line=2)
    assert read.columns == ("nom", "verbatim")
    assert cells(read) == [("1", "Un bus")]


def test_repeated_and_empty_column_names_are_told_apart(table):
    read = table("avis; avis ;;avis (2)\na;b;c;d\n")
    assert read.columns == ("avis", "avis (3)", "colonne 3", "avis (2)")


def test_blank_columns_at_the_end_are_dropped_and_rows_of_separators_too(table):
    read = table("id;texte;;;\n1;un;;;\n;;;;\n2;deux;;;\n")
    assert read.columns == ("id", "texte")
    assert cells(read) == [("1", "un"), ("2", "deux")]


def test_a_short_row_is_completed_and_told_a_long_row_is_skipped_and_told(table):
    read = table("id;texte;lieu\n1;un\n2;deux;Val;de trop\n3;trois;Val;\n4;quatre;Val\n")
    assert cells(read) == [("1", "un", ""), ("3", "trois", "Val"), ("4", "quatre", "Val")]
    assert [(issue.line, issue.skipped) for issue in read.issues] == [(2, False), (3, True)]
    assert read.issues[1].reason == "La ligne a 4 cellules au lieu de 3."
    assert read.issues.skipped == 1


def test_one_column_of_sentences_is_one_column(table):
    read = table("Que proposez-vous ?\nDes bus, des trains\nRien\nUn banc, une fontaine, de l’ombre\n")
    assert read.delimiter == ""
    assert cells(read)[2] == ("Un banc, une fontaine, de l’ombre",)


def test_commas_in_texts_do_not_hide_the_semicolon(table):
    read = table("theme;texte\nmobilité;des bus, des trains, des vélos\nsanté;un médecin, vite\n")
    assert read.delimiter == ";"


def test_the_delimiter_declared_by_excel_is_obeyed(table):
    read = table("sep=|\nid|texte\n1|a;b;c\n2|d;e;f\n")
    assert read.columns == ("id", "texte")
    assert cells(read) == [("1", "a;b;c"), ("2", "d;e;f")]


def test_backslash_escapes_and_single_quotes_are_recognised(table):
    assert cells(table('id,texte\n1,"un \\"bus\\", vite"\n2,"deux"\n')) == [
        ("1", 'un "bus", vite'),
        ("2", "deux"),
    ]
    assert cells(table("'id';'texte'\n'1';'un ; deux'\n'2';'trois'\n")) == [
        ("1", "un ; deux"),
        ("2", "trois"),
    ]


def test_a_quote_never_closed_loses_its_row_only(table):
    body = "".join(f"{n};verbatim {n}\n" for n in range(3, 3000))
    read = table('id;texte\n1;un\n2;"ouvert\n' + body)
    assert [row.cells[0] for row in read.rows()] == ["1", *map(str, range(3, 3000))]
    (issue,) = read.issues
    assert issue.line == 3
    assert "guillemet" in issue.reason


def test_a_quote_never_closed_that_meets_another_loses_its_row_only(table):
    read = table('id;texte;lieu\n1;"ouvert;Val\n2;"fermé; bien";Val\n3;trois;Val\n')
    assert [row.cells[0] for row in read.rows()] == ["2", "3"]
    assert [issue.line for issue in read.issues] == [2]


def test_quotes_never_closed_on_every_row_never_glue_two_rows_together(table):
    read = table("id;texte;lieu\n" + '1;"ouvert;Val\n' * 4 + "2;deux;Lume\n")
    assert cells(read) == [("2", "deux", "Lume")]
    assert [issue.line for issue in read.issues] == [2, 3, 4, 5]


def test_sloppy_quotes_that_leave_no_doubt_are_read(table):
    read = table('id;texte\n1;un écran 5" neuf\n2;"deux" \n3;"trois" fois\n')
    assert cells(read) == [("1", 'un écran 5" neuf'), ("2", "deux "), ("3", "trois fois")]
    assert not len(read.issues)


@pytest.mark.parametrize("long_cell", ["x" * 1_000_000, "mot\n" * 250_000, "x" * 110_000, "x" * 5_000_000])
def test_a_cell_of_a_million_characters_is_skipped_and_named(table, long_cell):
    read = table(f'id;texte;lieu\n1;un;Val\n2;"{long_cell}";Val\n3;trois;Val\n')
    assert [row.cells[0] for row in read.rows()] == ["1", "3"]
    (issue,) = read.issues
    assert (issue.line, issue.column, issue.skipped) == (3, "texte", True)
    assert "100000 caractères" in issue.reason


def test_a_long_cell_on_the_first_row_does_not_hide_the_shape(table):
    read = table("id;texte\n1;" + "x" * 1_000_000 + "\n2;deux\n")
    assert read.columns == ("id", "texte")
    assert cells(read) == [("2", "deux")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
def test_accents_survive_every_encoding(table, encoding):
    text = "id;texte\n" + "".join(f"{n};L'été à l'école, ça c'est près d'où ?\n" for n in range(50))
    read = table(text, encoding)
    assert cells(read)[0] == ("0", "L'été à l'école, ça c'est près d'où ?")
    assert bool(read.warnings) == (encoding not in {"utf-8", "utf-8-sig", "utf-16"})


def test_a_late_accent_in_windows_1252_is_seen(table):
    read = table(b"id;texte\n" + b"1;rien\n" * 200_000 + "2;été\n".encode("cp1252"))
    assert read.encoding == "cp1252"
    assert list(read.rows())[-1].cells == ("2", "été")


def test_a_few_bytes_of_windows_1252_in_a_utf_8_file_are_saved(table):
    read = table(b"id;texte\n" + "1;été à la mairie\n".encode() * 20 + "2;élan\n".encode("cp1252"))
    assert cells(read)[0] == ("1", "été à la mairie")
    assert cells(read)[-1] == ("2", "élan")
    assert "1 caractère" in read.warnings[0]


def test_an_encoding_asked_for_that_does_not_fit_says_where(table):
    with pytest.raises(WrongEncoding, match="ligne") as caught:
        table("id;texte\n1;été\n", "cp1252", encoding="utf-8")
    assert caught.value.mend


def test_nul_characters_are_taken_out_and_told(table):
    read = table(b"id;texte\n" + b"1;rien du tout ici\n" * 300 + b"2;un\0 bus\n")
    assert cells(read)[-1] == ("2", "un bus")
    assert [(issue.line, issue.column, issue.skipped) for issue in read.issues] == [(302, "texte", False)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" ;; \n", "\ufeff".encode()])
def test_an_empty_file_is_named_as_such(table, content):
    with pytest.raises(EmptyFile):
        table(content)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n....",
        b'{"a": 1}',
        b"<!DOCTYPE html><p>Bonjour",
        b"[ {}]",
        bytes(range(256)) * 4 + b"\0" * 900,
    ],
)
def test_what_is_not_a_table_is_refused_with_the_mend(table, content):
    with pytest.raises(NotATable, match="Enregistrez vos données"):
        table(content)


def test_a_file_of_500_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "enorme.csv"
    with path.open("wb") as stream:
        stream.truncate(500_000_000)
    with pytest.raises(TooLarge, match=r"500 Mo\s; la limite est de 200 Mo"):
        open_table(path)


def test_a_header_alone_is_a_table_without_rows(table):
    read = table("id;texte\n")
    assert read.columns == ("id", "texte")
    assert cells(read) == []


def test_issues_past_the_limit_are_counted_not_kept(table):
    read = table("id;texte\n1;un\n2;deux\n" + "3;a;b;c\n" * 2)
    read.issues.limit = 1
    assert len(cells(read)) == 2
    assert (read.issues.total, len(read.issues), read.issues.left_out) == (2, 1, 1)


def test_a_preview_leaves_the_issues_alone_and_rows_can_be_read_twice(table):
    read = table("id;texte\n1\n2;deux\n3;trois\n")
    assert len(read.preview(2)) == 2
    assert read.issues.total == 0
    assert cells(read) == cells(read)
    assert read.issues.total == 1


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(rows):
        path = tmp_path / f"{rows}.csv"
        path.write_text("id;texte;lieu\n" + "".join(f"{n};un verbatim {n};Val\n" for n in range(rows)))
        tracemalloc.start()
        count = sum(1 for _ in open_table(path).rows())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == rows
        return most

    peak(1000)
    assert peak(80_000) < peak(40_000) * 1.1


text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\x1f\ufeff"), max_size=20)
rows = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(text, min_size=width, max_size=width), max_size=8)
)


@settings(max_examples=120, deadline=None)
@given(
    rows,
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example([['"', '""\n']], ";", "\n", False, "utf-8")
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, rows, delimiter, end, quote_all, encoding):
    width = len(rows[0]) if rows else 2
    header = [f"nom {n}" for n in range(width)]
    special = {delimiter, '"', "\r", "\n"}
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if quote_all or special & set(cell) else cell for cell in row]
        for row in [header, *rows]
    ]
    content = end.join(map(delimiter.join, quoted)) + end
    path: Path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content.encode(encoding))
    read = open_table(path, delimiter=delimiter, header_line=1)
    assert read.columns == tuple(header)
    assert cells(read) == [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert read.issues.total == 0


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_make_it_fall(tmp_path_factory, content):
    path: Path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content)
    try:
        read = open_table(path)
    except UnreadableFile:
        return
    for row in read.rows():
        assert len(row.cells) == len(read.columns)
