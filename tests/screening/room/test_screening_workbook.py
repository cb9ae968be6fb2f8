"""Workbooks of payees, honest and hostile: no row is lost in silence, and none takes the desk's time or memory."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from clarion.errors import InputError
from clarion.screening.service.batch.read import open_path, read
from clarion.screening.service.batch.row import Row

SHEET = "xl/worksheets/sheet1.xml"
Edit = Callable[[bytes], bytes]


def book(*rows: tuple[object, ...]) -> bytes:
    made, data = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(data)
    return data.getvalue()


def edited(data: bytes, edit: Edit, name: str = SHEET) -> bytes:
    """The workbook with one of its parts changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, edit(old.read(info)) if info.filename == name else old.read(info))
    return out.getvalue()


def rows_of(data: bytes) -> tuple[list[str], list[Row]]:
    headings, rows = read(io.BytesIO(data), len(data))
    return headings, list(rows)


PLAIN = book(("name", "birth"), ("Тест Тестов", "1970"))


def swapped(was: str, now: str) -> Edit:
    def edit(data: bytes) -> bytes:
        assert was.encode() in data
        return data.replace(was.encode(), now.encode())

    return edit


def test_what_the_file_says_of_its_size_is_not_believed():
    for was, now in (('ref="A1:B2"', 'ref="A1:XFD1048576"'), ('ref="A1:B2"', 'ref="A1:A1"')):
        headings, rows = rows_of(edited(PLAIN, swapped(was, now)))
        assert (headings, [row.cells for row in rows]) == (["name", "birth"], [("Тест Тестов", "1970")])


def test_a_row_far_down_takes_no_time_and_keeps_its_number():
    _, rows = rows_of(edited(PLAIN, swapped('<row r="2">', '<row r="1048576">')))
    assert [(row.line, row.cells) for row in rows] == [(1048576, ("Тест Тестов", "1970"))]


@pytest.mark.parametrize("number", ["99999999999", "-2", "1", "0", "x", "1e30"])
def test_a_row_of_an_impossible_number_is_not_passed_over(number):
    with pytest.raises(InputError, match="neither CSV nor an Excel workbook"):
        rows_of(edited(PLAIN, swapped('<row r="2">', f'<row r="{number}">')))


def test_a_formula_without_its_result_and_a_cell_with_an_error_are_broken_rows():
    _, rows = rows_of(book(("name", "birth"), ('=A1&"x"', None), ("#REF!", "1970"), ("Тест", "1970")))
    assert [(row.line, row.fault) for row in rows] == [
        (2, "a formula whose result is not in the file: open it in Excel and save it"),
        (3, "a cell that shows an error"),
        (4, ""),
    ]


def test_a_number_in_a_column_of_dates_is_broken_and_in_no_log():
    """A tax number under a format of dates: openpyxl warns of it, and quotes it."""
    from datetime import date

    made = book(("name", "birth"), ("Тест", date(1970, 1, 1)))
    number = edited(made, lambda data: re.sub(rb"<v>[^<]*</v>", b"<v>500100732259</v>", data))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert rows_of(number)[1][0].fault == "a cell that shows an error"
    assert not said


def test_a_formula_that_gave_nothing_is_an_empty_cell():
    made = book(("name", "birth"), ("Тест", '=""'))
    empty = edited(made, swapped('<c r="B2"><f>""</f><v></v></c>', '<c r="B2" t="str"><f>""</f><v></v></c>'))
    assert [(row.cells, row.fault) for row in rows_of(empty)[1]] == [(("Тест", ""), "")]


def test_a_cell_far_to_the_right_is_not_lost():
    _, rows = rows_of(edited(PLAIN, swapped('r="B2"', 'r="XFD2"')))
    assert "201 cells where the headings are 2" in rows[0].fault


def test_hidden_and_empty_sheets_are_passed_over_and_two_that_could_be_meant_refused(tmp_path: Path):
    made = openpyxl.Workbook()
    made.create_sheet("lookup", 0).append(["name"])
    made["lookup"].append(["Hidden"])
    made["lookup"].sheet_state = "hidden"
    made.create_sheet("empty", 0)
    made["Sheet"].append(["name"])
    made["Sheet"].append(["Тест"])
    made.active = 2
    made.save(tmp_path / "in.xlsx")
    with open_path(tmp_path / "in.xlsx") as (headings, rows):
        assert (headings, [row.cells for row in rows]) == (["name"], [("Тест",)])
    made["lookup"].sheet_state = "visible"
    made.save(tmp_path / "in.xlsx")
    with pytest.raises(InputError, match="Several sheets"), open_path(tmp_path / "in.xlsx"):
        pass


def more(text: bytes, times: int, before: bytes) -> Edit:
    return lambda data: data.replace(before, text * times + before)


@pytest.mark.parametrize(
    ("part", "edit"),
    [(SHEET, more(b"<row/>", 400_000, b"</sheetData>")),
     (SHEET, more(b"<row><c><v>1</v></c></row>", 100_000, b"</sheetData>")),
     (SHEET, more(b'<row><c t="inlineStr"><is><t>' + b"A" * 3_000_000 + b"</t></is></c></row>", 1, b"</sheetData>")),
     ("xl/styles.xml", more(b"<xf/>", 400_000, b"</cellXfs>")),
     (SHEET, lambda data: b'<!DOCTYPE x [<!ENTITY a "aa">]>' + data),
     (SHEET, lambda data: data[:-200]),
     ("xl/workbook.xml", lambda data: b"<x/>")],
)  # fmt: skip
def test_bombs_and_damage_are_refused_at_once(part, edit):
    with pytest.raises(InputError):
        rows_of(edited(PLAIN, edit, part))


def test_links_to_other_files_are_not_followed():
    to_elsewhere = edited(
        PLAIN,
        swapped("</Relationships>", '<Relationship Id="rId9" Target="file:///etc/passwd" TargetMode="External" Type="'
                'http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"/></Relationships>'),
        "xl/_rels/workbook.xml.rels",
    )  # fmt: skip
    named = edited(
        to_elsewhere,
        swapped("</workbook>", '<externalReferences><externalReference xmlns:r="http://schemas.openxmlformats.org/'
                'officeDocument/2006/relationships" r:id="rId9"/></externalReferences></workbook>'), "xl/workbook.xml",
    )  # fmt: skip
    assert rows_of(named)[1][0].cells == ("Тест Тестов", "1970")


def test_what_is_no_workbook_says_what_to_do():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    for data, said in ((locked, "with a password"), (b"PK\3\4", "neither CSV nor an Excel workbook")):
        with pytest.raises(InputError, match=said):
            rows_of(data)
