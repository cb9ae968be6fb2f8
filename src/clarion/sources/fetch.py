"""Bring an official file to this machine: whole, checked, resumable, with a note of where it came from.

Bytes go to a hidden ``.part`` file that a later run continues (Range with If-Range, so that a file which changed
meanwhile starts anew). Only a complete file of the right kind gets the final name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clarion.errors import InputError, SourceError
from clarion.files import private_folder, replacing, storage_errors, sync, write_text
from clarion.sources.address import public_address
from clarion.sources.base import Source
from clarion.sources.download import Mirror, download, find_link
from clarion.tables.lock import only_one
from clarion.tables.sniff import describe, first_bytes, kind_of

Progress = Callable[[int, int | None], None]
"""Called with the bytes there are and the bytes in all, None when the server does not say."""

_KINDS = {".zip": "zip", ".xlsx": "zip", ".json": "json", ".csv": "text", ".xml": "XML"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched, as noted beside it. ``retrieved`` is UTC, ISO 8601."""

    source: str
    file: str
    url: str
    retrieved: str
    bytes: int
    sha256: str
    licence: str
    last_modified: str = ""
    etag: str = ""


def downloads(home: Path, source: Source) -> Path:
    """Where the source's file lies once fetched."""
    return home / "downloads" / source.id / (source.file_name or f"{source.id}.data")


def fetch(
    source: Source,
    home: Path,
    *,
    origin: str = "",
    year: int | None = None,
    key: str = "",
    timeout: float = 60.0,
    progress: Progress | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Fetched:
    """Fetch a source's file from its publisher, or from ``origin``: an address, a file, or a folder (a mirror).

    Raises
    ------
    InputError: the source ships with Clarion, has no address of its own, or needs a key.
    SourceError: the server refuses, breaks off, or answers with something else than the file.
    StorageError: the disk is full or closed to us.
    BusyError: another process is fetching the same source.
    """
    if source.embedded:
        raise InputError(
            f"{source.id} comes with Clarion and needs no fetching.",
            where=f"source {source.id}",
            next_step="See what can be fetched with: clarion sources",
        )
    target = downloads(home, source)
    private_folder(target.parent)
    with only_one(target.parent / ".lock", f"fetching {source.id}"):
        local = _local(origin, target.name)
        if local is not None:
            mirror = _copy(local, target, progress)
        else:
            url, headers = _address(source, origin, year, key, target.name, timeout)
            part = target.with_name(f".{target.name}.part")
            mirror = download(url, part, timeout=timeout, headers=headers, progress=progress)
            _right_kind(part, target.name, mirror.url)
            with storage_errors(target):
                part.replace(target)
                sync(target.parent)
        note = Fetched(
            source.id, target.name, mirror.url, now().isoformat(timespec="seconds"), target.stat().st_size,
            sha256_of(target), source.licence, mirror.last_modified, mirror.etag,
        )  # fmt: skip
        write_text(_note(target), json.dumps(asdict(note), ensure_ascii=False, indent=1) + "\n")
    return note


def fetched(home: Path, source: Source) -> Fetched | None:
    """The note of the last fetch, if its file is still the one it speaks of by size."""
    target = downloads(home, source)
    with suppress(OSError, ValueError, TypeError):
        raw: Any = json.loads(_note(target).read_text(encoding="utf-8"))
        note = Fetched(**raw)
        if target.stat().st_size == note.bytes:
            return note
    return None


def sha256_of(path: Path) -> str:
    with storage_errors(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(target: Path) -> Path:
    return target.with_name(target.name + ".provenance.json")


def _local(origin: str, name: str) -> Path | None:
    if not origin or origin.startswith(("http://", "https://")):
        return None
    path = Path(origin.removeprefix("file://")).expanduser()
    if path.is_dir():
        path /= name
    if not path.is_file():
        raise SourceError(
            "There is no such file.",
            where=str(path),
            next_step=f"Give an https address, a file, or a folder that holds {name}.",
        )
    return path


def _copy(path: Path, target: Path, progress: Progress | None) -> Mirror:
    _right_kind(path, target.name, str(path))
    if path.resolve() != target.resolve():
        with replacing(target) as temporary:
            shutil.copyfile(path, temporary)
    if progress:
        progress(path.stat().st_size, path.stat().st_size)
    return Mirror(path.absolute().as_uri())


def _address(
    source: Source, origin: str, year: int | None, key: str, name: str, timeout: float
) -> tuple[str, dict[str, str]]:
    url = origin or source.download
    if not url:
        then = f"fetch {source.id} --from FILE" if source.files == "one" else f"load {source.id} FILE"
        raise InputError(
            f"{source.title} has no lasting address of its own.",
            where=f"source {source.id}",
            next_step=f"Download the file from {source.url}, then: clarion sources {then}",
        )
    if origin:
        return (origin + name if origin.endswith("/") else origin), {}
    if source.needs_key and not key:
        raise InputError(
            f"{source.publisher} asks for a key of your own.",
            where=f"source {source.id}",
            next_step=f"Register at {source.url} and put the key into {source.needs_key}; or use --from FILE.",
        )
    if source.link:
        url = find_link(url, source.link, timeout=timeout)
    # Not "this year": official statistics are complete about two years later.
    url = url.replace("{year}", str(year or datetime.now(UTC).year - 2))
    return url, {"Ocp-Apim-Subscription-Key": key} if source.needs_key else {}


def _right_kind(path: Path, name: str, origin: str) -> None:
    wanted = _KINDS.get(Path(name).suffix.lower())
    kind = kind_of(first_bytes(path))
    # The World Bank gives a series as JSON or as a zip of CSVs, sanctions lists come as XML or CSV; all are official.
    allowed = {wanted, "zip", "text"} if wanted in ("json", "XML") else {wanted}
    cut = kind == "zip" and not zipfile.is_zipfile(path)
    if wanted and (kind not in allowed or cut):
        if path.name.endswith(".part"):
            path.unlink()
        found = "was cut short" if cut else f"is {describe(kind)}"
        raise SourceError(
            f"The file should be {describe(wanted)}, and {found}.",
            where=public_address(origin),
            next_step="Open the address in a browser: the publisher may have moved the file. Then use --from.",
            kind=kind,
        )
