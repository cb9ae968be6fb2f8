"""Which files a list was given: what is no form of it is told by name, and OFAC's are of one day."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import list_files as files
import openpyxl
import pytest

from clarion.errors import InputError, SourceError
from clarion.sources.load import load_source


def refused(home: Path, source: str, *given: Path) -> SourceError | InputError:
    with pytest.raises((SourceError, InputError)) as caught:
        load_source(source, home, given, partial=True)
    return caught.value


def archive(path: Path, *members: tuple[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as held:
        for name, text in members:
            held.writestr(name, text)
    return path


def workbook(path: Path, first: str) -> Path:
    book = openpyxl.Workbook()
    book.active.append([first, "04/05/2022"])
    book.save(path)
    return path


PAGE = "<!doctype html><html></html>"
OTHERS = {
    "a PDF": lambda p: files.write(p, "list.pdf", "%PDF-1.7"),
    "a web page": lambda p: files.write(p, "list.xml", PAGE),
    "JSON": lambda p: files.write(p, "list.json", "{}"),
    "an old Excel workbook": lambda p: _bytes(p / "list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "an Excel workbook": lambda p: workbook(p / "list.xlsx", "Report Date: 1-Jan-2026"),
    "a Word document": lambda p: archive(p / "list.docx", ("[Content_Types].xml", "<x/>"), ("word/a.xml", "<x/>")),
    "an OpenDocument file": lambda p: archive(p / "list.ods", ("mimetype", "application/vnd.oasis.opendocument.text")),
    "holds no": lambda p: archive(p / "list.zip", ("readme.txt", "x"), ("list.pdf", "%PDF")),
}  # fmt: skip


def _bytes(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("source", ["uk-sanctions-list", "eu-journal", "ofac-sdn"])
@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_list_is_told_by_name_with_what_is_read(source, what, tmp_path):
    error = refused(tmp_path / "home", source, OTHERS[what](tmp_path))
    assert what in error.what
    assert f"{source} is read from: " in error.next_step
    assert "https://" in error.next_step


def test_a_workbook_of_the_closed_british_list_is_sent_there(tmp_path):
    conlist = workbook(tmp_path / "ConList.xlsx", "Last Updated")
    assert "lists load uk-conlist FILE" in refused(tmp_path / "home", "uk-sanctions-list", conlist).next_step
    other = refused(tmp_path / "home", "uk-sanctions-list", OTHERS["an Excel workbook"](tmp_path))
    assert "save its sheet as CSV UTF-8" in other.next_step
    assert "uk-conlist" not in other.next_step
    assert "not read from" not in refused(tmp_path / "home", "uk-conlist", conlist).what, "that list has such a form"


def test_what_lies_in_an_archive_or_a_folder_is_looked_at_too(tmp_path):
    page = archive(tmp_path / "page.zip", ("list.csv", PAGE))
    error = refused(tmp_path / "home", "uk-sanctions-list", page)
    assert "a web page" in error.what
    assert error.where.endswith("page.zip > list.csv")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(page, "page.zip")
    error = refused(tmp_path / "home", "uk-sanctions-list", tmp_path / "outer.zip")
    assert error.next_step.startswith("Unpack the archive")
    folder = files.ofac_folder(tmp_path)
    workbook(folder / "notes.xlsx", "my notes")
    error = refused(tmp_path / "home", "ofac-sdn", folder)
    assert error.where.endswith("notes.xlsx")
    assert "Leave it out: name the files of the list alone" in error.next_step


def ofac(folder: Path, day: str, *names: str) -> list[Path]:
    texts = {"sdn": files.SDN, "alt": files.ALT, "add": files.ADD}
    return [files.write(folder, f"{name}{day}.csv", texts[name]) for name in names]


def test_files_of_two_days_are_told_apart_and_the_whole_day_is_named(tmp_path):
    folder = tmp_path / "ofac"
    folder.mkdir()
    ofac(folder, "_2021-07", "sdn", "alt", "add")
    ofac(folder, "_2025-12-24", "alt", "add")
    error = refused(tmp_path / "home", "ofac-sdn", folder)
    assert "2021-07: add_2021-07.csv, alt_2021-07.csv, sdn_2021-07.csv;" in error.what
    assert "2025-12-24: add_2025-12-24.csv, alt_2025-12-24.csv." in error.what
    assert error.next_step.endswith("Complete are those of 2021-07.")
    assert load_source("ofac-sdn", tmp_path / "home", sorted(folder.glob("*2021-07.csv")), partial=True).rows


def test_a_copy_of_another_day_is_known_by_when_it_was_saved(tmp_path):
    old = ofac(tmp_path, "", "sdn", "alt", "add")
    (new,) = ofac(tmp_path, " (1)", "sdn")
    for at, path in enumerate([*old, new]):
        stamp = datetime(2026, 3, 2 if at == 3 else 1, 12, tzinfo=UTC).timestamp()
        os.utime(path, (stamp, stamp))
    error = refused(tmp_path / "home", "ofac-sdn", *old, new)
    assert "2026-03-02: sdn (1).csv." in error.what
    os.utime(new, (old[0].stat().st_mtime,) * 2)
    error = refused(tmp_path / "home", "ofac-sdn", *old, new)
    assert "2026-03" not in error.what, "days that do not differ tell nothing"
    assert error.next_step.startswith("Keep one of the two.")
    with zipfile.ZipFile(tmp_path / "ofac.zip", "w") as held:
        for path in (*old, new):
            held.writestr(zipfile.ZipInfo(path.name, (2026, 3, 2 if path == new else 1, 0, 0, 0)), path.read_bytes())
    assert "2026-03-02: sdn (1).csv." in refused(tmp_path / "home", "ofac-sdn", tmp_path / "ofac.zip").what


def test_aliases_of_another_day_name_the_days_too(tmp_path):
    strangers = "".join(f'{n},{n},"aka","SOMEBODY",-0- \r\n' for n in range(100))
    given = [*ofac(tmp_path, "_2021-07", "sdn", "add"), files.write(tmp_path, "alt_2025-12-24.csv", strangers)]
    error = refused(tmp_path / "home", "ofac-sdn", *given)
    assert "of different days. " in error.what
    assert "2025-12-24: alt_2025-12-24.csv." in error.what


def test_an_xml_file_of_ofacs_stands_alone(tmp_path):
    folder = files.ofac_folder(tmp_path)
    files.write(folder, "SDN.XML", files.OFAC_XML)
    error = refused(tmp_path / "home", "ofac-sdn", folder)
    assert "XML: SDN.XML. Others: add.csv, alt.csv" in error.what
    assert "the CSV files of one day together" in error.next_step


def test_an_archive_that_bears_no_days_is_told_all_the_same(tmp_path):
    """Some programs write a day 0 of a month 0 into an archive."""
    with zipfile.ZipFile(tmp_path / "ofac.zip", "w") as held:
        for path in ofac(tmp_path, "", "sdn", "alt", "add"):
            for name in (path.name, f"copy of {path.name}"):
                held.writestr(zipfile.ZipInfo(name), path.read_bytes())
    content = (tmp_path / "ofac.zip").read_bytes()
    (tmp_path / "ofac.zip").write_bytes(content.replace(b"\x00\x00\x21\x00", b"\x00\x00\x00\x00"))
    assert "are both in the form of" in refused(tmp_path / "home", "ofac-sdn", tmp_path / "ofac.zip").what


def test_what_names_the_form_of_an_archive_is_not_unpacked_whole(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("mimetype", b"\0" * (32 << 20))
    assert "an attack would" in refused(tmp_path / "home", "ofac-sdn", bomb).what


def test_an_archive_that_is_locked_is_told(tmp_path):
    locked = archive(tmp_path / "locked.zip", ("mimetype", "application/x"), ("sdn.csv", "1"))
    content = bytearray(locked.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 1)
    locked.write_bytes(content)
    assert refused(tmp_path / "home", "ofac-sdn", locked).what == "The archive is encrypted."
