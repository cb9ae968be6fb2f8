"""Zip archives from elsewhere: opened without unpacking, refused when damaged, encrypted or absurdly compressed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from clarion.errors import SourceError
from clarion.files import storage_errors
from clarion.sources.formats.fault import Faults
from clarion.tables.sniff import describe, first_bytes, kind_of

# FAOSTAT's trade matrix, the largest file by far, unpacks about seventeenfold to 7 GB. Text can honestly reach some
# sixtyfold; a bomb starts near a thousand.
MAX_RATIO = 200
RATIO_FROM = 16 << 20
MAX_BYTES = 64 << 30
# A member's name that is not the UTF-8 that it claims to be raises a UnicodeDecodeError.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)
AGAIN = "Get the file again from its publisher, for example with: clarion sources fetch."


def source_kind(path: Path, wanted: str = "") -> str:
    """What a source file is; a web page or an empty file is refused at once. ``wanted`` says what is read instead.

    Raises
    ------
    SourceError: it is HTML, empty, or not there.
    """
    if not path.is_file():
        raise SourceError("There is no such file.", where=str(path), next_step="Check the path.", file=str(path))
    kind = kind_of(first_bytes(path))
    if kind in ("html", "empty"):
        raise SourceError(
            f"The file is {describe(kind)}, not data.",
            where=str(path),
            next_step=("The server answered with a page instead of the file. " if kind == "html" else "")
            + (wanted or AGAIN),
            file=str(path),
        )
    return kind


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip archive whose members may be read one after another.

    Raises
    ------
    SourceError: it is no zip, cut short, encrypted, or would unpack beyond the bounds; also when a member turns out
        damaged while it is read inside the block.
    """
    kind = source_kind(path)
    if kind != "zip":
        raise SourceError(
            f"A zip archive was expected; the file is {describe(kind)}.", where=str(path), next_step=AGAIN
        )
    try:
        with storage_errors(path), zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                bounded(info, path)
            yield archive
    except DAMAGED as error:
        raise SourceError(
            f"The archive is damaged or was cut short: {str(error)[:120]}.",
            where=str(path),
            next_step=AGAIN,
            file=str(path),
        ) from error


def bounded(info: zipfile.ZipInfo, path: Path) -> None:
    """Refuse a member that is encrypted or would unpack to what no honest file does; ``path`` is what it stands in."""
    if info.flag_bits & 1:
        raise SourceError("The archive is encrypted.", where=f"{path} > {info.filename}", next_step=AGAIN)
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > MAX_BYTES or (ratio > MAX_RATIO and info.file_size > RATIO_FROM):
        raise SourceError(
            f"{info.filename} would unpack to {info.file_size:,} bytes, {ratio:,.0f} times its size: "
            "official data does not, an attack would.",
            where=str(path),
            next_step="Do not use this file; download it from the publisher.",
            ratio=ratio,
            bytes=info.file_size,
        )


@contextmanager
def open_csv(path: Path, wanted: Callable[[str], bool], meaning: str) -> Iterator[tuple[IO[bytes], Faults]]:
    """The one CSV of an archive that ``wanted`` picks by name, or a plain CSV file; and how to complain about it.

    Raises
    ------
    SourceError: no member or several answer to ``meaning``, or the file is damaged.
    """
    kind = source_kind(path)
    if kind == "text":
        with storage_errors(path), path.open("rb") as stream:
            yield stream, Faults(path)
        return
    with open_archive(path) as archive:
        found = [name for name in archive.namelist() if wanted(name)]
        if len(found) != 1:
            raise SourceError(
                f"The archive holds {len(found)} files that look like {meaning}; one was expected. "
                f"It holds: {', '.join(archive.namelist()[:12])}.",
                where=str(path),
                next_step="Check that this is the right archive.",
                members=archive.namelist()[:100],
            )
        with open_member(archive, found[0]) as member:
            yield member, Faults(path, found[0])


@contextmanager
def open_member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A member as a buffered stream."""
    import io

    with archive.open(name) as raw, io.BufferedReader(cast(io.RawIOBase, raw), 1 << 20) as stream:
        yield cast("IO[bytes]", stream)
