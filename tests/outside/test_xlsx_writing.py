"""Writing a table as XLSX, read again by two other programs."""

import math
import time
from io import BytesIO
from itertools import repeat
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from essor.outside import xlsx_writing
from essor.outside.xlsx_writing import TooManyRows, write_xlsx

HEADER = ["mots", "nombre", "oui"]
ROWS = [
    ["Bonjour, « ça va » ? <b> & 'c' \"d\"", 12, True],
    ["deux\nlignes  et espaces ", -2.5, False],
    ["", None, 0],
    ["émoji 🌻 et É", 10**15, True],
]


@pytest.fixture
def written() -> BytesIO:
    file = BytesIO()
    assert write_xlsx(file, "Voix : 2026/11", HEADER, ROWS) == 4
    file.seek(0)
    return file


def test_openpyxl_reads_what_was_written(written):
    sheet = load_workbook(written).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        HEADER,
        ROWS[0],
        ROWS[1],
        [None, None, 0],
        ROWS[3],
    ]
    assert sheet.title == "Voix   2026 11"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.b


def test_calamine_reads_what_was_written(written):
    rows = CalamineWorkbook.from_filelike(written).get_sheet_by_index(0).to_python()
    assert rows[0] == HEADER
    assert rows[1] == ROWS[0]
    assert rows[4][0] == "émoji 🌻 et É"


def test_signs_that_xml_forbids_are_left_out_and_long_cells_are_cut():
    file = BytesIO()
    write_xlsx(file, "", ["a"], [["x\x00\x0b\ud800y"], ["z" * 40_000]])
    file.seek(0)
    cells = [row[0] for row in load_workbook(file).active.iter_rows(min_row=2, values_only=True)]
    assert cells == ["xy", "z" * 32_767]


def test_a_number_that_is_not_one_is_written_as_text():
    file = BytesIO()
    write_xlsx(file, "a", ["a"], [[math.nan], [math.inf]])
    file.seek(0)
    assert [row[0] for row in load_workbook(file).active.iter_rows(min_row=2, values_only=True)] == [
        "nan",
        "inf",
    ]


def test_a_sheet_that_would_be_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx_writing, "ROW_LIMIT", 10)
    with pytest.raises(TooManyRows):
        write_xlsx(BytesIO(), "a", ["a"], repeat(["x"], 20))


def test_twenty_thousand_rows_take_little_time_and_memory():
    file = BytesIO()
    began = time.process_time()
    write_xlsx(file, "a", ["a"] * 10, repeat(["Une voix", 1] * 5, 20_000))
    assert time.process_time() - began < 3
    with ZipFile(file) as book:
        assert book.testzip() is None
