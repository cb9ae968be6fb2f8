"""Put a back-up in the place of the data folder's contents, which are kept beside them."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from tarfile import TarFile
from typing import Any

import clarion
from clarion.config import Config
from clarion.desk import postgres, swap
from clarion.desk.archive import opened, unpack
from clarion.desk.backup import DUMP, no_loads
from clarion.desk.database import FILE, is_sqlite
from clarion.desk.keys import JOBS_KEY, ensure_home
from clarion.desk.locks import no_workers, whole_folder
from clarion.desk.log.restored import after_restore
from clarion.desk.queue import FILE as JOBS
from clarion.errors import InputError


def restore(config: Config, file: Path) -> dict[str, Any]:
    """Put a back-up in place. Everything in it is checked before the first thing is touched.

    A PostgreSQL database is dumped beside the earlier files and replaced in one transaction, then the files are: a kill
    between the two is mended by restoring again.

    Raises
    ------
    InputError: not a whole back-up of Clarion, or one of a newer version, or of the other kind of database.
    BusyError: a desk, a worker or a load runs.
    StorageError: the disk is full or closed to us, or the database refused.
    """
    file = file.absolute()
    fresh = not config.home.exists()
    with opened(file) as (manifest, archive):
        _check(config, file, manifest)
        ensure_home(config)
        try:
            with whole_folder(config), no_workers(config), no_loads(config.home):
                count, earlier = _put_back(config, manifest, archive)
        except BaseException:
            if fresh:
                _remove_empty(config.home)
            raise
    return {"home": str(config.home), "files": count, "earlier": str(earlier)}


def _put_back(config: Config, manifest: dict[str, Any], archive: TarFile) -> tuple[int, Path]:
    staged, earlier = swap.stage(config.home), None
    try:
        count = unpack(manifest, archive, staged)
        # Jobs are pickled: with a key that vouches for them in the same file, whoever wrote it could run anything.
        # Nothing is lost: at its start the worker takes up again what waits in the database.
        for name in (JOBS, JOBS_KEY):
            (staged / name).unlink(missing_ok=True)
        if (staged / DUMP).exists() or (staged / FILE).exists():
            after_restore(config.home, staged, manifest)
        earlier = swap.earlier(config.home)
        if (staged / DUMP).exists():
            postgres.dump(config, earlier / DUMP)
            postgres.replace(config, staged / DUMP)
            (staged / DUMP).unlink()
    except BaseException:
        for folder in filter(None, (staged, earlier)):
            shutil.rmtree(folder, ignore_errors=True)
        raise
    swap.decide(config.home)
    return count, earlier


def _check(config: Config, file: Path, manifest: dict[str, Any]) -> None:
    made_by = str(manifest.get("clarion", ""))
    if _numbers(made_by) > _numbers(clarion.__version__):
        raise InputError(
            f"This back-up was made by Clarion {made_by}; this is {clarion.__version__}.",
            where=str(file),
            next_step=f"Install Clarion {made_by} or later, then restore.",
        )
    if any(swap.stays(name.partition("/")[0]) for name in manifest["files"]):
        raise ValueError("it lists files that are never backed up")
    held = DUMP in manifest["files"]
    if held and is_sqlite(config):
        raise InputError(
            "This back-up holds a PostgreSQL database.",
            where=str(file),
            next_step="Set DATABASE_URL to a PostgreSQL database of Clarion's own and restore again.",
        )
    if not held and not is_sqlite(config):
        raise InputError(
            "This back-up holds a SQLite database, and DATABASE_URL asks for PostgreSQL.",
            where=str(file),
            next_step="Unset DATABASE_URL and restore again.",
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _remove_empty(home: Path) -> None:
    """Take a folder away again that only this restore has made."""
    for lock in home.glob("*.lock"):
        lock.unlink()
    with suppress(OSError):
        home.rmdir()
