"""Which version of a table is in force, and what goes when that changes: versions too old, and those that never were.

What is hidden is of no version: one that is being written, or one that is going.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from clarion.errors import StorageError
from clarion.files import storage_errors, write_text

KEPT = 2
STAGING, GOING = ".staging-", ".going-"


def versions(folder: Path) -> list[str]:
    """The versions in a table's folder, oldest first."""
    with storage_errors(folder):
        return sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def point(to: Mapping[Path, str]) -> None:
    """Put a version in force in each of the folders, or in none; then take away versions too old to be kept.

    Raises
    ------
    StorageError: the disk is full or closed to us; what was in force before is so still.
    """
    before = {folder: _named(folder) for folder in to}
    try:
        for folder, version in to.items():
            write_text(folder / "CURRENT", version + "\n")
    except BaseException:
        for folder, version in before.items():
            with suppress(StorageError):  # what is on its way tells of the disk
                _back(folder, version)
        raise
    # Only now: until every table has moved on, readers of them all stand on the versions before.
    for folder, version in to.items():
        for old in [v for v in versions(folder) if v < version][:-KEPT]:
            _remove(folder / old)


def tidy(folder: Path) -> None:
    """Take away what no reader has seen: versions later than the one in force, of loads that were killed or that found
    the disk full, and what was being written or was going. A damaged pointer tells nothing: then all stay."""
    if not folder.is_dir():
        return
    with storage_errors(folder):
        for left in folder.glob(".*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    named, held = _named(folder), versions(folder)
    if not named or named in held:
        for unseen in [v for v in held if v > named]:
            _remove(folder / unseen)


def _named(folder: Path) -> str:
    """What the pointer says; nothing where there is none."""
    pointer = folder / "CURRENT"
    with storage_errors(pointer):
        return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else ""


def _back(folder: Path, version: str) -> None:
    if version == _named(folder):
        return
    if version:
        write_text(folder / "CURRENT", version + "\n")
    else:
        with storage_errors(folder):
            (folder / "CURRENT").unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Out of sight in one step: a kill half-way leaves no version that is there in part."""
    with storage_errors(folder):
        going = folder.with_name(GOING + folder.name)
        os.rename(folder, going)
        shutil.rmtree(going)
