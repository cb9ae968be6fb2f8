"""Files made to harm: archives that swell, that lead out, that hold links; XML; sheets that run formulas."""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zipfile

import openpyxl
import polars as pl
import pytest

from clarion.desk.archive import opened, unpack
from clarion.errors import ClarionError
from clarion.sources.formats.workbook import open_workbook
from clarion.tables.download import table_bytes


def backup(path, members, files=None):
    """A back-up with these tar members; ``files`` is what its manifest lists."""
    listed = (
        {m.name.removeprefix("data/"): hashlib.sha256(c).hexdigest() for m, c in members} if files is None else files
    )
    manifest = json.dumps({"clarion": "0.1.0", "files": listed}).encode()
    with tarfile.open(path, "w:gz") as archive:
        head = tarfile.TarInfo("manifest.json")
        head.size = len(manifest)
        archive.addfile(head, io.BytesIO(manifest))
        for member, content in members:
            member.size = len(content) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(content))
    return path


def member(name, kind=tarfile.REGTYPE, link=""):
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.mode = kind, link, 0o6777
    return found


OUTWARD = [
    "data/../../evil", "data//etc/evil", "/etc/evil", "data/a/../../../evil", "data/./evil", "data/", "evil", "data/..",
    "data/a//b", "../data/evil", "data/\x00evil",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTWARD, ids=ascii)
def test_a_backup_leads_nowhere_else(tmp_path, name):
    inside = tmp_path / "home" / "staged"
    inside.parent.mkdir()
    path = backup(tmp_path / "b", [(member(name), b"x")])
    with pytest.raises(ClarionError), opened(path) as (manifest, archive):
        unpack(manifest, archive, inside)
    assert not list(tmp_path.rglob("*evil*"))
    assert not os.path.exists("/etc/evil")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_a_backup_holds_plain_files_only(tmp_path, kind):
    path = backup(tmp_path / "b", [(member("data/x", kind, "/etc/passwd"), b"")])
    with pytest.raises(ClarionError), opened(path) as (manifest, archive):
        unpack(manifest, archive, tmp_path / "staged")
    assert not (tmp_path / "staged" / "x").exists()


def test_what_is_restored_is_its_owners_alone(tmp_path):
    path = backup(tmp_path / "b", [(member("data/x"), b"x")])
    with opened(path) as (manifest, archive):
        unpack(manifest, archive, tmp_path / "staged")
    assert (tmp_path / "staged" / "x").stat().st_mode & 0o7777 == 0o600


def test_a_backup_that_swells_is_refused_before_it_fills_the_disk(tmp_path, monkeypatch):
    """A gigabyte that says it is one, on a disk with room for less: nothing of it is written."""
    import shutil
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1 << 30, 1 << 30, 50 << 20))
    path = tmp_path / "b"
    big = bytes(100 << 20)
    backup(path, [(member("data/x"), big)], {"x": "0" * 64})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(ClarionError), opened(path) as (manifest, archive):
        unpack(manifest, archive, tmp_path / "staged")
    assert not (tmp_path / "staged" / "x").exists()


@pytest.mark.parametrize(
    "junk", [b"", b"PK\x03\x04", gzip.compress(b""), gzip.compress(b"x" * 3000), b"\x1f\x8b" + b"\xff" * 50]
)
def test_a_backup_that_is_none(tmp_path, junk):
    path = tmp_path / "b"
    path.write_bytes(junk)
    with pytest.raises(ClarionError), opened(path):
        pass


def sheet(tmp_path, change):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "x.xlsx", "w", 8) as made:
        for name in plain.namelist():
            made.writestr(name, change(name, plain.read(name)))
    return tmp_path / "x.xlsx"


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LEAK = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CALL = b'<?xml version="1.0"?><!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">'


@pytest.mark.parametrize("kind", [BOMB, LEAK, CALL], ids=["bomb", "file", "address"])
@pytest.mark.parametrize(
    "where", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "docProps/core.xml"]
)
def test_a_workbook_with_entities(tmp_path, kind, where):
    path = sheet(tmp_path, lambda name, data: kind + data.partition(b"?>")[2] if name == where else data)
    with pytest.raises(ClarionError, match="document type"), open_workbook(path):
        pass


def test_a_workbook_that_swells(tmp_path):
    path = sheet(tmp_path, lambda name, data: data + b" " * (80 << 20) if "sheet1" in name else data)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(ClarionError), open_workbook(path):
        pass


def test_a_workbook_whose_style_names_a_font_that_is_not_there(tmp_path):
    path = sheet(tmp_path, lambda name, data: data.replace(b'fontId="0"', b'fontId="9"') if "styles" in name else data)
    with pytest.raises(ClarionError, match="cannot be read"), open_workbook(path):
        pass


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\u00a0=1", "\ufeff=1", "\u200b=1",
    "\uff1d1+1",
    "\uff0b1", "\uff0d1", "\uff201", "x;=1", 'x;"=1', "x; =1", "=cmd|' /C calc'!A0", "\x00=1",
], ids=ascii)  # fmt: skip
def test_no_cell_of_a_download_is_a_formula(text):
    """In the CSV each way of parting cells is tried; in the workbook a formula would be a cell of that kind."""
    frame = pl.DataFrame({"a": [text], "b": [-1.5]})
    lines = table_bytes(frame, "csv").decode("utf-8")
    import csv

    cells = list(csv.reader(io.StringIO(lines, newline="")))[1]
    for cell in (cells[0], *cells[0].split(";")):
        bare = cell.lstrip(' "\u3000\u00a0\ufeff\u200b')
        assert not bare.startswith(tuple("=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20")), cell
    assert cells[1] == "-1.5"  # a number is one
    if "\x00" not in text:
        cell = openpyxl.load_workbook(io.BytesIO(table_bytes(frame, "xlsx"))).active["A2"]
        assert cell.data_type == "s"


def test_names_of_downloads_cannot_break_their_header(visitor):
    comes = visitor("analyst", "me")
    seen = 0
    for path in ("exposure.csv", "ranking.csv", "map.svg", "country/KGZ/exposure.csv", "country/KGZ/wheat.csv",
    "bans.csv",
                 "country/KGZ/brief.pdf", "macro.csv"):  # fmt: skip
        answer = comes.send("GET", f"spillover/{path}")
        said = answer.headers["Content-Disposition"]
        assert re.fullmatch(r'(attachment|inline); filename="[\w.-]+"', said), said
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        seen += 1
    assert seen == 8
