"""Workbooks of any make: cells as text, faults told by row and column, traps refused before they spring."""

import datetime as dt
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from essor.outside.issues import EmptyFile, NotATable, SuspiciousArchive, TruncatedFile, UnreadableFile
from essor.outside.spreadsheets import open_table


@pytest.fixture
def workbook(tmp_path):
    def _workbook(*rows, path=tmp_path / "voix.xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.active.title = "Voix"
        return book, path

    return _workbook


@pytest.fixture
def table(workbook):
    def _table(*rows, **options):
        book, path = workbook(*rows)
        book.save(path)
        return open_table(path, **options)

    return _table


def rewritten(path, change):
    """The same archive, each member passed through `change(name, bytes)`."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, change(name, content))
    return path


def test_cells_are_text_as_people_read_them(table):
    read = table(
        ["id", "texte", "le", "à", "durée", "prix", "vu"],
        [
            1,
            "Un bus",
            dt.date(2024, 3, 1),
            dt.datetime(2024, 3, 1, 18, 30),
            dt.timedelta(hours=30),
            2.5,
            True,
        ],
        [2.0, "Été\nici", None, dt.time(8, 5), None, 1e20, False],
    )
    assert read.columns == ("id", "texte", "le", "à", "durée", "prix", "vu")
    assert [tuple(row.cells) for row in read.rows()] == [
        ("1", "Un bus", "2024-03-01", "2024-03-01 18:30:00", "30:00:00", "2.5", "true"),
        ("2", "Été\nici", "", "08:05:00", "", "100000000000000000000", "false"),
    ]


def test_rows_keep_their_number_below_titles_and_blank_rows(table):
    read = table(
        [], ["Consultation du printemps"], [], [None, "id", "texte"], [None, 1, "un"], [], [None, 2, "deux"], []
    )  # fmt: skip
    assert read.header_line == 4
    assert read.columns == ("colonne 1", "id", "texte")
    assert [(row.line, row.cells) for row in read.rows()] == [(5, ("", "1", "un")), (7, ("", "2", "deux"))]


def test_a_formula_gives_its_stored_result_and_is_told_when_it_has_none(workbook):
    book, path = workbook(["id", "somme"], [1, "=1+1"], [2, "=2+2"], [3, 6])
    book.save(path)
    rewritten(
        path,
        lambda name, content: content.replace(b"<f>2+2</f><v />", b"<f>2+2</f><v>4</v>").replace(
            b"<f>2+2</f><v></v>", b"<f>2+2</f><v>4</v>"
        ),
    )
    read = open_table(path)
    assert [row.cells for row in read.rows()] == [("1", ""), ("2", "4"), ("3", "6")]
    (issue,) = read.issues
    assert (issue.line, issue.column, issue.skipped) == (2, "somme", False)
    assert "formule" in issue.reason
    assert "tableur" in issue.mend


def test_an_error_cell_is_empty_and_told(workbook):
    book, path = workbook(["id", "prix"], [1, "#REF!"], [2, 5])
    book.active["B2"].data_type = "e"
    book.save(path)
    read = open_table(path)
    assert [row.cells for row in read.rows()] == [("1", ""), ("2", "5")]
    assert [(issue.line, issue.column) for issue in read.issues] == [(2, "prix")]
    assert "#REF!" in read.issues[0].reason


def test_the_sheet_read_is_the_first_visible_one_with_something_or_the_one_asked(workbook):
    book, path = workbook()
    hidden = book.create_sheet("Cachée")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Réponses").append(["id", "texte"])
    book.create_sheet("R & D").append(["a", "b"])
    book.save(path)
    assert open_table(path).sheet == "Réponses"
    assert open_table(path).sheets == ("Voix", "Réponses", "R & D")
    assert open_table(path, sheet="R & D").columns == ("a", "b")
    with pytest.raises(NotATable, match="Réponses"):
        open_table(path, sheet="Absente")


def test_faults_are_those_of_the_sheet_read(workbook):
    book, path = workbook(["id"], [1])
    other = book.create_sheet("R & D")
    other.append(["x", "y"])
    other.append([1, "=1+1"])
    book.save(path)
    first, second = open_table(path), open_table(path, sheet="R & D")
    assert len(list(first.rows())) == len(list(second.rows())) == 1
    assert (first.issues.total, second.issues.total) == (0, 1)


def test_a_very_long_cell_is_skipped_and_named(workbook):
    book, path = workbook(["id", "texte"], [1, "MARQUE"], [2, "deux"])
    book.save(path)
    rewritten(path, lambda name, content: content.replace(b"MARQUE", b"x" * 1_000_000))
    read = open_table(path)
    assert [row.cells for row in read.rows()] == [("2", "deux")]
    assert [(issue.line, issue.column, issue.skipped) for issue in read.issues] == [(2, "texte", True)]


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_workbook_is_told(workbook, share):
    book, path = workbook(["id", "texte"], *[[n, f"voix {n}"] for n in range(200)])
    book.save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(TruncatedFile, match="incomplet"):
        open_table(path)


def test_a_workbook_damaged_inside_is_told(workbook):
    book, path = workbook(["id", "texte"], *[[n, f"voix {n}"] for n in range(200)])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[start + 200 : start + 260] = bytes(60)
    path.write_bytes(bytes(content))
    with pytest.raises(UnreadableFile):
        open_table(path)


def test_an_empty_workbook_is_told(table):
    with pytest.raises(EmptyFile, match="Voix"):
        table()


def test_another_archive_is_not_a_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(NotATable, match="archive"):
        open_table(path)


def test_a_zip_bomb_is_refused_before_it_is_opened(workbook):
    book, path = workbook(["id", "texte"], [1, "un"])
    book.save(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/b.bin", "w") as stream,
    ):
        for _ in range(120):
            stream.write(bytes(1_000_000))
    with pytest.raises(SuspiciousArchive, match="démesurément grand"):
        open_table(path)


def test_a_lone_cell_at_the_end_of_the_sheet_does_not_fill_the_memory(workbook):
    book, path = workbook(["id", "texte"], [1, "un"])
    book.active["XFD1048576"] = "loin"
    book.save(path)
    with pytest.raises(SuspiciousArchive, match="1048576 lignes et 16384 colonnes"):
        open_table(path)


def test_the_old_format_and_noise_that_looks_like_it_do_not_make_it_fall(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(UnreadableFile):
        open_table(path)


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Voix">
<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>texte</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell%s office:value-type="string"><text:p>Été</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(path, extra=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS % extra)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def test_an_open_document_sheet_is_read(tmp_path):
    read = open_table(ods(tmp_path / "voix.ods"))
    assert read.columns == ("id", "texte")
    assert [(row.line, row.cells) for row in read.rows()] == [(2, ("1", "Été"))]


def test_an_open_document_that_repeats_a_filled_cell_without_end_is_refused(tmp_path):
    with pytest.raises(SuspiciousArchive):
        open_table(ods(tmp_path / "voix.ods", ' table:number-columns-repeated="900000"'))


text = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=15)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(text, st.integers(-(10**9), 10**9), text), max_size=6))
def test_what_a_workbook_holds_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("A")
    sheet.append(["un", "nombre", "deux"])
    for row in rows:
        sheet.append([row[0] and "t" + row[0], row[1], row[2] and "t" + row[2]])
    book.save(path)
    found = [row.cells for row in open_table(path).rows()]
    assert found == [(a and "t" + a, str(n), b and "t" + b) for a, n, b in rows]
