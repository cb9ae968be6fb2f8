"""Tables in and out of files: what is refused, and that nothing half-written is left."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from clarion.errors import StorageError, TableError
from clarion.files import replacing, write_text
from clarion.tables import files, table
from clarion.tables.files import read_table, write_file

FLOWS = table("trade_flows")
HEADER = "item,exporter_iso3,importer_iso3,period,reported_by,tonnes\n"
ROW = "wheat,RUS,EGY,2021,exporter,5000.5\n"


def written(folder: Path, content: bytes | str, name: str = "flows.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_csv_is_read_with_its_lines(tmp_path: Path) -> None:
    frame = read_table(written(tmp_path, HEADER + ROW + "wheat,UKR,EGY,2021,exporter,\n"), FLOWS)
    assert frame["tonnes"].to_list() == [5000.5, None]
    assert frame["source_row"].to_list() == [2, 3]


def test_the_utf8_mark_that_excel_writes_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, b"\xef\xbb\xbf" + (HEADER + ROW).encode()), FLOWS).height == 1


def test_source_rows_in_the_file_are_kept(tmp_path: Path) -> None:
    text = HEADER.strip() + ",source_row\n" + ROW.strip() + ",777\n"
    assert read_table(written(tmp_path, text), FLOWS)["source_row"].to_list() == [777]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_what_we_write_we_read_back(tmp_path: Path, suffix: str) -> None:
    frame = read_table(written(tmp_path, HEADER + ROW), FLOWS)
    assert read_table(write_file(frame, tmp_path / f"again{suffix}"), FLOWS).equals(frame)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "is a zip archive"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "is a web page"),
        (b"\x1f\x8b\x08", "is gzip data"),
        (b"", "is an empty file"),
        (b"\xff\xfei\x00t\x00", "is UTF-16 text"),
        (b"PAR1xxxx", "is parquet data"),
        (b'{"a": 1}', "is JSON"),
        (b"a\x00b", "is binary data"),
        (HEADER.encode() + b"wheat,RUS,EGY,2021,exp\xe9,1\n", "not UTF-8"),
        (HEADER.encode() + ROW.encode() + b"wheat,RUS,EGY,2021,exporter\xd0", "not UTF-8"),
        (b"it\xe9m,b\n1,2\n", "not UTF-8"),
        (HEADER.replace(",", ";"), "separated by semicolons"),
        (HEADER.replace(",", "\t"), "separated by tabs"),
        (HEADER + "wheat,RUS,EGY,2021,exporter,5;5\n", "is not a number"),
        (HEADER + ROW + "wheat,RUS,EG", "has 3 fields where the header has 6"),
        (HEADER + 'wheat,RUS,"EGY\n",2021,exporter,1\n', "line break"),
        (HEADER, "a header and no rows"),
        (HEADER.replace("tonnes", "period") + ROW, "'period' appears twice"),
        (HEADER.replace("tonnes", "kg") + ROW, "no column 'kg'"),
    ],
)
def test_a_bad_csv_gets_one_clear_error(tmp_path: Path, content: bytes | str, said: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(TableError) as caught:
        read_table(path, FLOWS)
    assert said in str(caught.value)
    assert str(path) in caught.value.where
    assert caught.value.next_step


def test_a_decimal_comma_shows_as_a_field_too_many_or_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="7 fields"):
        read_table(written(tmp_path, HEADER + "wheat,RUS,EGY,2021,exporter,5,5\n"), FLOWS)
    with pytest.raises(TableError, match="point, not a comma"):
        read_table(written(tmp_path, HEADER + 'wheat,RUS,EGY,2021,exporter,"5,5"\n'), FLOWS)


def test_the_line_of_a_fault_far_down_is_exact(tmp_path: Path) -> None:
    rows = "".join(f"wheat,RUS,EGY,{1900 + n % 300},exporter,1\n" for n in range(200_000))
    with pytest.raises(TableError) as caught:
        read_table(written(tmp_path, HEADER + rows + "wheat,RUS\n"), FLOWS)
    assert caught.value.details["line"] == 200_002


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pyarrow's, of the row itself
def test_so_is_the_line_of_a_wrong_width_that_is_not_utf8(tmp_path: Path) -> None:
    rows = "".join(f"wheat,RUS,EGY,{1900 + n % 300},exporter,1\n" for n in range(120_000)).encode()
    with pytest.raises(TableError, match="The line is not UTF-8") as caught:
        read_table(written(tmp_path, HEADER.encode() + rows + b"wheat,\xe9\n"), FLOWS)
    assert caught.value.details["line"] == 120_002


def test_other_endings_and_absent_files(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="not a CSV or Parquet file"):
        read_table(written(tmp_path, "x", "flows.xlsx"), FLOWS)
    with pytest.raises(TableError, match="no such file"):
        read_table(tmp_path / "none.csv", FLOWS)
    with pytest.raises(TableError, match="does not write"):
        write_file(pl.DataFrame(), tmp_path / "x.doc")


def test_a_truncated_parquet_is_refused(tmp_path: Path) -> None:
    whole = write_file(read_table(written(tmp_path, HEADER + ROW), FLOWS), tmp_path / "whole.parquet").read_bytes()
    with pytest.raises(TableError, match="damaged or cut short"):
        read_table(written(tmp_path, whole[: len(whole) // 2], "half.parquet"), FLOWS)


def test_formulas_are_made_harmless(tmp_path: Path) -> None:
    frame = pl.DataFrame({"name": ["=1+1", "@x", "-2", "+3", "\t=1", "plain", None], "n": [-1.0, 2, 3, 4, 5, 6, 7]})
    lines = write_file(frame, tmp_path / "t.csv").read_text().splitlines()
    assert lines[1] == "'=1+1,-1.0"
    assert lines[2:5] == ["'@x,2.0", "'-2,3.0", "'+3,4.0"]
    sheet = openpyxl.load_workbook(write_file(frame, tmp_path / "t.xlsx")).active
    assert [c.value for c in sheet["A"]] == ["name", "'=1+1", "'@x", "'-2", "'+3", "'\t=1", "plain", None]
    assert all(c.data_type != "f" for c in sheet["A"])
    assert sheet["B2"].value == -1
    assert pl.read_parquet(write_file(frame, tmp_path / "t.parquet")).equals(frame)


def test_a_semicolon_begins_no_formula_either(tmp_path: Path) -> None:
    """Where the comma is the sign of decimals, a spreadsheet splits a CSV at semicolons, those within a value too."""
    texts = ['x;=HYPERLINK("http://e")', 'x; "@y', "a;b", "-1;+2", "well-known; 2-3"]
    lines = write_file(pl.DataFrame({"n": texts}), tmp_path / "t.csv").read_text().splitlines()[1:]
    assert lines == ['"x;\'=HYPERLINK(""http://e"")"', '"x; ""\'@y"', "a;b", "'-1;'+2", "well-known; 2-3"]


def test_parquet_that_would_fill_the_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = read_table(written(tmp_path, HEADER + ROW), FLOWS)
    many = tmp_path / "many.parquet"
    pl.concat([row.head(1)] * 50).write_parquet(many)
    monkeypatch.setattr(files, "PARQUET_ROWS", 49)
    monkeypatch.setattr(pl, "read_parquet", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(TableError, match="50 rows; at most 49"):
        read_table(many, FLOWS)
    # A column that the contract does not know is said first, and is not read either.
    row.with_columns(pl.lit("x").alias("more")).write_parquet(many)
    with pytest.raises(TableError, match="more"):
        read_table(many, FLOWS)


def test_a_header_that_is_no_csv(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="header is not CSV"):
        read_table(written(tmp_path, "a," + "b" * 200_000 + "\n1,2\n"), FLOWS)


def test_a_failed_write_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    write_text(path, "before")
    with pytest.raises(ZeroDivisionError), replacing(path) as temporary:
        temporary.write_text(f"half {1 / 0}")
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["kept.txt"]


FULL = """
import resource, signal, sys, polars as pl
from pathlib import Path
from clarion.tables.files import write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
frame = pl.DataFrame({"n": pl.int_range(500_000, eager=True).shuffle(1), "t": ["x" * 20] * 500_000})
try:
    write_file(frame, Path(sys.argv[1]))
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"big.{suffix}"
    path.write_text("before")
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("StorageError The disk is full"), done.stdout + done.stderr
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == [path.name]


def test_a_closed_folder_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be read or written"):
        write_file(pl.DataFrame({"a": [1]}), tmp_path / "absent" / "x.csv")


def test_a_workbook_renamed_to_csv_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(TableError, match="Excel workbook"):
        read_table(path, FLOWS)
