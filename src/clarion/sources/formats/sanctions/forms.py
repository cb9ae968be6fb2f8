"""What is no form of a list: a document for people, a web page, a workbook where none is read. Each is told by name."""

from __future__ import annotations

from pathlib import Path

from clarion.errors import SourceError
from clarion.sources.base import Source
from clarion.sources.formats.archive import open_archive, source_kind
from clarion.tables.sniff import OLD_OFFICE, describe, kind_of

WORKBOOK, WORD, OPEN_DOCUMENT = "workbook", "word", "opendocument"
_WORDS = {
    "pdf": "a PDF, which is made for people to read",
    "html": "a web page (HTML)",
    OLD_OFFICE: "an old Excel workbook (.xls), or one with a password",
    WORKBOOK: "an Excel workbook (.xlsx)",
    WORD: "a Word document",
    OPEN_DOCUMENT: "an OpenDocument file (.ods, .odt)",
}
_READ = ("XML", "text", "UTF-16 text")
CLOSED = "uk-conlist"
"""The one list that its publisher gives as a workbook too."""


def takes(source: Source) -> str:
    """Which files a list is read from, and where its publisher gives them: the end of a message."""
    return f"{source.id} is read from: {source.file_format}. The publisher's page: {source.url}"


def refuse_other(path: Path, wanted: str, *, workbook: bool = False) -> str:
    """What a file on disk is: ``zip`` for an archive, ``workbook`` where that is read, or text.

    Raises
    ------
    SourceError: it is in no form of a list; ``wanted`` ends the message.
    """
    kind = source_kind(path, wanted)
    kind = _inside(path) if kind == "zip" else kind
    if kind == WORKBOOK and not workbook:
        raise _other(kind, str(path), f"{_about(path)} {wanted}")
    if kind not in (*_READ, "zip", WORKBOOK):
        raise _other(kind, str(path), wanted)
    return kind


def refuse_other_member(head: bytes, where: str, wanted: str) -> None:
    """The same for a file within an archive, which may not be an archive again.

    Raises
    ------
    SourceError: it is in no form of a list.
    """
    kind = kind_of(head)
    if kind == "zip":
        raise _other(kind, where, f"Unpack the archive, and name the file. {wanted}")
    if kind not in _READ:
        raise _other(kind, where, wanted)


def _other(kind: str, where: str, next_step: str) -> SourceError:
    return SourceError(
        f"The file is {_WORDS.get(kind) or describe(kind)}; this list is not read from one.", where=where,
        next_step=next_step.strip(), kind=kind,
    )  # fmt: skip


def _inside(path: Path) -> str:
    """What a zip archive is the container of; ``zip`` where it is nothing but one. Raises as ``open_archive``."""
    with open_archive(path) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names:
            return WORD if any(name.startswith("word/") for name in names) else WORKBOOK
        if names[:1] != ["mimetype"]:
            return "zip"
        with archive.open("mimetype") as stream:
            kept = stream.read(80)
    return OPEN_DOCUMENT if b"opendocument" in kept else "zip"


def _about(path: Path) -> str:
    """What to do with a workbook: load it as the closed British list, whose form it may have, or take another form."""
    from clarion.sources.formats.workbook import open_workbook

    with open_workbook(path) as book:
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=1, max_col=1) if book.worksheets else ()
        first = next(iter(rows), ("",))
    if str(first[0] if first else "").lower().startswith("last updated"):
        return (
            "It has the form of the closed British list; as that it is loaded with:"
            f" clarion screening lists load {CLOSED} FILE."
        )
    return (
        "Take the form that is named here; if the publisher gives only a workbook, save its sheet as CSV UTF-8,"
        " and look whether the dates are still as they were."
    )
