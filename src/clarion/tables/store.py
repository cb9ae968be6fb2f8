"""Loaded tables as versioned files: ``tables/<table>/<source>/<version>/`` with a pointer that is swapped in one step.

A version is written under a temporary name, flushed, and renamed; only then does ``CURRENT`` name it (``pointer``). A
kill at any point leaves the pointer at a whole version, the earlier one or the new one. Readers need no lock, because
the two versions before the current one are kept.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clarion.errors import InputError, StorageError
from clarion.files import private_folder, storage_errors, sync
from clarion.tables.check import check
from clarion.tables.lock import only_one
from clarion.tables.manifest import Manifest, damaged, read_manifest
from clarion.tables.parquet import write_parquet
from clarion.tables.pointer import STAGING, point, tidy, versions
from clarion.tables.registry import TABLES, table

if TYPE_CHECKING:
    import polars as pl

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Stored:
    """One loaded table on the disk, current for its source."""

    manifest: Manifest
    folder: Path

    def read(self) -> pl.DataFrame:
        """The rows.

        Raises
        ------
        StorageError: the file is missing, damaged, or not the one that was written.
        """
        import polars as pl

        path = self.folder / "data.parquet"
        if not path.is_file():
            raise damaged(path, self.folder.parent, "the data file is missing")
        with storage_errors(path), path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != self.manifest.data_sha256:
                raise damaged(path, self.folder.parent, "the data file is not the one that was written")
            file.seek(0)
            try:
                return pl.read_parquet(file)
            except pl.exceptions.PolarsError as error:
                raise damaged(path, self.folder.parent, str(error)) from error


class Store:
    """The loaded tables under one data folder. Building it touches no file."""

    def __init__(self, home: Path) -> None:
        self.root = home / "tables"

    def sources(self, table_name: str) -> list[Stored]:
        """The current version from each source that was loaded into a table, newest load first."""
        folder = self.root / table(table_name).name
        with storage_errors(folder):
            names = sorted(p.name for p in folder.iterdir() if (p / "CURRENT").is_file()) if folder.is_dir() else []
        found = [self.current(table_name, name) for name in names]
        held = [stored for stored in found if stored is not None]
        return sorted(held, key=lambda s: (s.manifest.loaded, s.manifest.version), reverse=True)

    def all(self) -> list[Stored]:
        """Every loaded table, by table name, newest load first."""
        return [stored for name in TABLES for stored in self.sources(name)]

    def current(self, table_name: str, source: str) -> Stored | None:
        """The version that ``CURRENT`` names, or None when nothing was loaded.

        Raises
        ------
        StorageError: the pointer or the manifest is damaged.
        """
        folder = self._folder(table_name, source)
        pointer = folder / "CURRENT"
        if not pointer.is_file():
            return None
        with storage_errors(pointer):
            version = pointer.read_text(encoding="utf-8", errors="replace").strip()
        if not _NAME.fullmatch(version.lower()) or not (folder / version).is_dir():
            raise damaged(pointer, folder, f"CURRENT names {version[:60]!r}, which is not there")
        return self._stored(folder, version)

    def versions(self, table_name: str, source: str) -> list[Stored]:
        """The version in force and those before it that are kept, oldest first; none when nothing was loaded.

        Raises
        ------
        StorageError: the pointer or a manifest is damaged.
        """
        current = self.current(table_name, source)
        if current is None:
            return []
        folder = current.folder.parent
        return [self._stored(folder, name) for name in versions(folder) if name <= current.folder.name]

    def save(self, frames: Mapping[str, tuple[pl.DataFrame, Manifest]]) -> dict[str, Stored]:
        """Check and keep new versions of one source's tables, all written before the first pointer is swapped.

        Raises
        ------
        TableError: a frame breaks its contract; nothing is kept.
        BusyError: another process is loading tables.
        StorageError: the disk is full or closed to us; the earlier versions stay current.
        """
        checked = {
            name: (check(frame, table(name), file=f"{manifest.source}, {name}", lines=_lines(frame)), manifest)
            for name, (frame, manifest) in frames.items()
        }
        private_folder(self.root)
        with only_one(self.root / ".lock", "loading tables"):
            folders = [self._folder(name, manifest.source) for name, (_, manifest) in checked.items()]
            for folder in folders:
                tidy(folder)
            try:
                written = {name: self._write(name, frame, manifest) for name, (frame, manifest) in checked.items()}
                point({stored.folder.parent: stored.manifest.version for stored in written.values()})
            except BaseException:
                # A load that is tried again and again on a full disk must not fill it with tables that nobody reads.
                for folder in folders:
                    with suppress(StorageError):
                        tidy(folder)
                raise
        return written

    def remove(self, source: str) -> list[str]:
        """Take a source's tables away, every version; the names of those that it had.

        Each pointer goes before its files: a kill leaves the table whole or gone.

        Raises
        ------
        BusyError: another process is loading tables.
        StorageError: the folder is closed to us.
        """
        folders = {name: self._folder(name, source) for name in TABLES}
        held = {name: folder for name, folder in folders.items() if folder.is_dir()}
        if held:
            with only_one(self.root / ".lock", "loading tables"):
                for folder in held.values():
                    with storage_errors(folder):
                        (folder / "CURRENT").unlink(missing_ok=True)
                        sync(folder)
                        shutil.rmtree(folder)
        return list(held)

    def _stored(self, folder: Path, version: str) -> Stored:
        manifest = read_manifest(folder / version / "manifest.json")
        if (manifest.table, manifest.source, manifest.version) != (folder.parent.name, folder.name, version):
            raise damaged(folder / version / "manifest.json", folder, "it speaks of another table")
        return Stored(manifest, folder / version)

    def _write(self, name: str, frame: pl.DataFrame, manifest: Manifest) -> Stored:
        folder = private_folder(self._folder(name, manifest.source))
        with storage_errors(folder):
            version = _version(folder, manifest.loaded)
            staging = folder / (STAGING + version)
            try:
                staging.mkdir(mode=0o700)
                path = staging / "data.parquet"
                write_parquet(frame, path)
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                full = replace(manifest, table=name, rows=frame.height, version=version, data_sha256=digest)
                (staging / "manifest.json").write_text(full.to_json(), encoding="utf-8")
                for each in (path, staging / "manifest.json", staging):
                    sync(each)
                os.rename(staging, folder / version)
                sync(folder)
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
        return Stored(full, folder / version)

    def _folder(self, table_name: str, source: str) -> Path:
        if not _NAME.fullmatch(source):
            raise InputError(
                f"{source!r} cannot be the name of a source.",
                where="source",
                next_step="Use small letters, digits and hyphens, such as my-survey-2021.",
            )
        return self.root / table(table_name).name / source


def _lines(frame: pl.DataFrame) -> str:
    return "source_row" if "source_row" in frame.columns else "position"


def _version(folder: Path, loaded: str) -> str:
    """A name that sorts by time of load: the digits of the time, and a counter for loads within one second."""
    stem = re.sub(r"\D", "", loaded)[:14].ljust(14, "0")
    taken = {p.name for p in folder.iterdir()}
    newest = max((n for n in taken if n[:1].isdigit()), default="")
    if newest[:14] > stem:  # the clock went back: stay after what is there
        stem = newest[:14]
    return next(name for n in range(1000) if (name := f"{stem}-{n:03d}") not in taken and name > newest)
