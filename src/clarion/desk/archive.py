"""The form of a back-up: a gzipped tar with ``manifest.json`` (version, time, SHA-256 of each file), then ``data/``."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clarion.errors import InputError, StorageError
from clarion.files import private_folder, storage_errors

_MANIFEST = "manifest.json"
_LONGEST = 64_000_000  # bytes of a manifest: half a million files


def write_archive(out: Path, manifest: dict[str, Any], staged: Path, files: list[Path]) -> None:
    """Write ``manifest`` and ``files`` (all below ``staged``) into ``out``, readable by its owner only."""
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz") as archive:
            text = json.dumps(manifest, indent=1).encode()
            head = tarfile.TarInfo(_MANIFEST)
            head.size = len(text)
            archive.addfile(head, io.BytesIO(text))
            for file in files:
                archive.add(file, arcname=f"data/{file.relative_to(staged)}", recursive=False)
        raw.flush()
        os.fsync(raw.fileno())


@contextmanager
def opened(file: Path) -> Iterator[tuple[dict[str, Any], tarfile.TarFile]]:
    """A back-up's manifest, and the archive behind it.

    Raises
    ------
    InputError: there is no such file, or it is not a whole back-up; also for what ``unpack`` meets in the block.
    """
    try:
        with tarfile.open(file, "r|gz") as archive:
            first = archive.next()
            held = archive.extractfile(first) if first and first.name == _MANIFEST and first.size < _LONGEST else None
            if held is None:
                raise ValueError("it does not begin with a manifest")
            manifest = json.loads(held.read())
            if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
                raise ValueError("its manifest lists no files")
            yield manifest, archive
    except FileNotFoundError as error:
        raise InputError(
            "There is no such file.", where=str(file), next_step="Name a file that clarion backup wrote."
        ) from error
    except (OSError, EOFError, ValueError, OverflowError, RecursionError, zlib.error, tarfile.TarError) as error:
        raise InputError(
            f"This is not a whole back-up of Clarion: {error}.",
            where=str(file),
            next_step="Use a file that clarion backup wrote; nothing was changed.",
        ) from error


def unpack(manifest: dict[str, Any], archive: tarfile.TarFile, staged: Path) -> int:
    """Write the files of the manifest, and nothing else, below ``staged`` (must not exist); returns how many.

    Modes are 0700 and 0600 whatever the archive says. tarfile's own extraction is not used: the filter that refuses
    links and paths that lead out is missing from some releases of Python 3.11.

    Raises
    ------
    ValueError: a file is missing, altered, listed twice, not listed, or not a plain file.
    StorageError: the disk is full or closed to us.
    """
    missing = dict(manifest["files"])
    with storage_errors(staged):
        staged.mkdir(mode=0o700)
    while member := archive.next():  # from where the manifest ended
        name = member.name.removeprefix("data/")
        if name == member.name or not member.isreg() or name not in missing or not _stays_inside(name):
            raise ValueError(f"{member.name!r} is not one of its files")
        _has_room(staged, member.size)
        source = archive.extractfile(member)
        assert source is not None
        if _write(source, staged / name, member.mtime) != missing.pop(name):
            raise ValueError(f"{name!r} differs from the manifest")
    if missing:
        raise ValueError(f"{sorted(missing)[0]!r} is missing")
    return len(manifest["files"])


def _has_room(folder: Path, size: int) -> None:
    # A few kilobytes of archive can say that they are a terabyte: not until the disk is full, which others need too.
    if size > shutil.disk_usage(folder).free:
        raise StorageError(
            f"A file of the back-up has {size:,} bytes; the disk has less room.", where=str(folder),
            next_step="Make room, or check where this file comes from; nothing was changed.",
        )  # fmt: skip


def _stays_inside(name: str) -> bool:
    return not name.startswith("/") and all(part not in ("", ".", "..") for part in name.split("/"))


def _write(source: Any, target: Path, modified: float) -> str:
    """Copy ``source`` into a new file and return its SHA-256. What the disk says is told apart from a bad archive."""
    with storage_errors(target):
        private_folder(target.parent)
        out = os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    digest = hashlib.sha256()
    with out:
        while block := source.read(1 << 20):
            digest.update(block)
            with storage_errors(target):
                out.write(block)
        with storage_errors(target):
            out.flush()
            os.fsync(out.fileno())
    with storage_errors(target):
        os.utime(target, (modified, modified))
    return digest.hexdigest()


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
