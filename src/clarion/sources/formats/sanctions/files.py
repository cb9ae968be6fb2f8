"""The files of a list: one file, several, a folder or a zip archive, each opened alike."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from clarion.errors import SourceError
from clarion.files import storage_errors
from clarion.sources.base import Raw
from clarion.sources.formats.archive import open_archive, open_member
from clarion.sources.formats.fault import Faults
from clarion.sources.formats.sanctions.forms import refuse_other, refuse_other_member

OUT = "Leave it out: name the files of the list alone, or a folder with nothing else in it."


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a list; ``archive`` where it lies in a zip."""

    name: str
    path: Path
    archive: zipfile.ZipFile | None = None

    @property
    def faults(self) -> Faults:
        return Faults(self.path, self.name if self.archive else "")

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        if self.archive:
            with open_member(self.archive, self.name) as stream:
                yield stream
        else:
            with storage_errors(self.path), self.path.open("rb") as stream:
                yield stream

    def head(self, size: int = 512) -> bytes:
        """The first bytes, without a UTF-8 mark."""
        with self.open() as stream:
            return stream.read(size).removeprefix(b"\xef\xbb\xbf")

    @property
    def is_xml(self) -> bool:
        """Whether it looks like XML, in UTF-8 or UTF-16."""
        head = self.head()
        return head.lstrip().startswith(b"<") or head[:2] in (b"\xff\xfe", b"\xfe\xff")

    def csv(self, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
        """Rows with the line on which each ends; values may hold line breaks.

        Raises
        ------
        SourceError: it is not UTF-8, a quotation mark is not closed, or a value is beyond all measure.
        """
        line = 0
        with self.open() as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, delimiter=separator, strict=True)
            try:
                for row in reader:
                    line = reader.line_num
                    if row:
                        yield line, row
            except UnicodeDecodeError as error:
                raise self.faults(
                    "The file is not UTF-8 text after this line.", line=line + 1,
                    next_step="Download it again from the publisher, and do not open and save it in between.",
                ) from error  # fmt: skip
            except csv.Error as error:
                raise self.faults(
                    f"The line is not CSV, or the file was cut short: {error}.", line=reader.line_num,
                    next_step="Download the file again.",
                ) from error  # fmt: skip


@contextmanager
def members(raw: Raw, *, workbook: bool = False) -> Iterator[list[Member]]:
    """All files of a list, by name; ``workbook`` where an Excel workbook is read as one of them.

    Raises
    ------
    SourceError: there is none, one is in no form of a list, or an archive is damaged.
    """
    paths = sorted(p for p in raw.path.iterdir() if _is_data(p)) if raw.path.is_dir() else [raw.path, *raw.more]
    wanted = f"{OUT} {raw.wanted}".strip() if raw.path.is_dir() or raw.more else raw.wanted
    found: list[Member] = []
    with ExitStack() as stack:
        for path in paths:
            if refuse_other(path, wanted, workbook=workbook) == "zip":
                archive = stack.enter_context(open_archive(path))
                names = [name for name in archive.namelist() if not name.endswith("/") and _is_data(Path(name), False)]
                inner = [Member(name, path, archive) for name in sorted(names)]
                if not inner:
                    held = ", ".join(archive.namelist()[:8]) or "nothing"
                    raise SourceError(
                        f"The archive holds no file of a list. It holds: {held}.",
                        where=str(path),
                        next_step=raw.wanted or "Check the path.",
                    )
                found += inner
            else:
                found.append(Member(path.name, path))
        if raw.member:
            found = [member for member in found if member.name == raw.member]
        for member in found:
            if member.archive:
                refuse_other_member(member.head(), f"{member.path} > {member.name}", raw.wanted)
        if not found:
            raise SourceError(
                "There is no file of the list.", where=str(raw.path), next_step=raw.wanted or "Check the path."
            )
        yield found


def _is_data(path: Path, on_disk: bool = True) -> bool:
    hidden = path.name.startswith((".", "__")) or path.suffix.lower() in (".md", ".txt", ".pdf", ".xsd", ".json")
    return not hidden and (not on_disk or path.is_file())


def only(found: Sequence[Member], raw: Raw) -> Member:
    """The one file of a list that has one.

    Raises
    ------
    SourceError: there are several.
    """
    if len(found) != 1:
        names = ", ".join(member.name for member in found[:8])
        raise SourceError(
            f"One file was expected, and there are {len(found)}: {names}.",
            where=str(raw.path),
            next_step="Name the file of the list alone.",
        )
    return found[0]


class Row:
    """A row whose values are taken out as they are understood."""

    __slots__ = ("line", "values")

    def __init__(self, values: Mapping[str, str], line: int) -> None:
        self.values, self.line = dict(values), line

    def take(self, column: str) -> str:
        """Take a value; "" where the column is absent or empty."""
        return self.values.pop(column, "").strip()

    def left(self) -> Iterator[tuple[str, str]]:
        """Column and value of all that was not taken and is not empty."""
        return ((column, value) for column, value in self.values.items() if value.strip())


def table_rows(
    rows: Iterator[tuple[int, list[str]]], faults: Faults, needed: Sequence[str], *,
    renamed: Mapping[str, str] | None = None,
) -> Iterator[Row]:  # fmt: skip
    """Rows under the header that comes first; a column that is new to the reader is passed on to be counted.

    Raises
    ------
    SourceError: the header lacks a column of ``needed`` or names one twice, or a row has another width than it.
    """
    line, header = next(rows, (1, []))
    names = [" ".join(name.split()) for name in header]
    names = [(renamed or {}).get(name, name) for name in names]
    missing = [name for name in needed if name not in names]
    twice = [name for name in names if name and names.count(name) > 1]
    if missing or twice:
        what = f"The column {missing[0]!r} is missing." if missing else f"The column {twice[0]!r} appears twice."
        raise faults(what, line=line, next_step="Check that this is the list, in the form that its publisher gives.")
    for line, row in rows:
        if len(row) != len(names):
            raise faults(
                f"A row has {len(row)} fields where the header has {len(names)}.", line=line,
                next_step="Check that the file was not cut short; download it again.",
            )  # fmt: skip
        yield Row(dict(zip(names, row, strict=True)), line)
