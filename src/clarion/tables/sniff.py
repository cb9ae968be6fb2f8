"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from clarion.errors import TableError
from clarion.files import storage_errors

OLD_OFFICE = "old Excel or Word"
"""The container of Excel and Word before 2007, and of their later files that bear a password."""
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"SQLite format 3\x00", "SQLite database"),
)
_NAMES = {
    "zip": "a zip archive (or an Excel workbook)",
    "html": "a web page (HTML)",
    "json": "JSON",
    "text": "plain text",
}


def kind_of(head: bytes) -> str:
    """The kind of a file from its first kilobyte: zip, parquet, html, json, text, empty, binary or another's name."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        return "empty"
    start = text[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in text[:1024].lower():
        return "html"
    if start.startswith(b"<"):
        return "XML"
    if text[:1] in b"[{":
        return "json"
    return "binary" if b"\x00" in head else "text"


def describe(kind: str) -> str:
    """A kind in words for a message."""
    return _NAMES.get(kind, "an empty file" if kind == "empty" else f"{kind} data")


def first_bytes(path: Path, size: int = 1024) -> bytes:
    """The first bytes of a file.

    Raises
    ------
    TableError: there is no such file.
    StorageError: it cannot be read.
    """
    if not path.is_file():
        raise TableError("There is no such file.", where=str(path), next_step="Check the path.", file=str(path))
    with storage_errors(path), path.open("rb") as file:
        return file.read(size)
