"""Back-up of everything: data folder, database, loaded tables, keys.

SQLite databases are copied with SQLite's own online back-up, so that a running desk cannot tear them; PostgreSQL with
``pg_dump``. The file holds the desk's key and accounts: keep it as safe as the data folder. A key file that
CLARION_SECRET_KEY_FILE puts elsewhere is not in it; without it everybody signs in anew. The key that signs jobs is
never in it, nor how far the log was verified.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import clarion
from clarion.config import Config
from clarion.desk import postgres, swap
from clarion.desk.archive import sha256, write_archive
from clarion.desk.database import is_sqlite
from clarion.desk.keys import JOBS_KEY
from clarion.desk.troubles import in_plain_words
from clarion.errors import InputError, StorageError
from clarion.files import private_folder, storage_errors
from clarion.seal.log import SEEN
from clarion.tables.lock import only_one

DUMP = "postgresql.dump"


def backup(config: Config, out: Path) -> dict[str, Any]:
    """Write everything into one file, atomically: a back-up that was cut off never has the name asked for.

    Raises
    ------
    InputError: the file exists, its folder does not, or it lies in the data folder.
    StorageError: no data folder, or no space.
    BusyError: a source is being loaded.
    MissingPart: the database is PostgreSQL and ``pg_dump`` is not installed.
    """
    out = out.absolute()
    _check(config, out)
    with storage_errors(out), tempfile.TemporaryDirectory(prefix=".clarion-backup-", dir=out.parent) as folder:
        staged = Path(folder) / "data"
        with no_loads(config.home):
            _copy_home(config.home, staged)
        if not is_sqlite(config):
            postgres.dump(config, staged / DUMP)
        files = sorted(p for p in staged.rglob("*") if p.is_file())
        manifest = {
            "clarion": clarion.__version__,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": {str(p.relative_to(staged)): sha256(p) for p in files},
        }
        half = Path(folder) / "archive"
        write_archive(half, manifest, staged, files)
        os.replace(half, out)
    return {"file": str(out), "files": len(files), "bytes": out.stat().st_size}


def no_loads(home: Path) -> AbstractContextManager[None]:
    """Keep the loaded tables as they are while the block runs."""
    tables = home / "tables"
    return only_one(tables / ".lock", "loading tables") if tables.is_dir() else nullcontext()


def _check(config: Config, out: Path) -> None:
    if not config.home.is_dir():
        raise StorageError("There is no data folder to back up.", where=str(config.home), next_step="clarion up")
    if swap.unfinished(config.home):
        raise StorageError(
            "A restore of this data folder was cut off.", where=str(config.home), next_step="Finish it: clarion upgrade"
        )
    if not out.parent.is_dir():
        raise InputError("The folder for the back-up does not exist.", where=str(out), next_step="Make it first.")
    if out.exists() or config.home.resolve() in out.resolve().parents:
        raise InputError(
            "A back-up is not written over a file or into the data folder.",
            where=str(out),
            next_step="Choose another name outside the data folder.",
        )


def _copy_home(home: Path, staged: Path) -> None:
    staged.mkdir(mode=0o700)
    for file in _kept(home):
        target = staged / file.relative_to(home)
        private_folder(target.parent)
        if file.suffix == ".sqlite3":
            _copy_database(file, target)
        else:
            shutil.copy2(file, target)


def _copy_database(file: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise in_plain_words(error) from error


def _kept(home: Path) -> Iterator[Path]:
    for file in sorted(home.rglob("*")):
        if swap.stays(file.relative_to(home).parts[0]):
            continue
        if file.name == ".lock" or file.name.endswith(("-wal", "-shm", ".part")) or file.is_symlink():
            continue
        if file.is_file() and file != home / JOBS_KEY and file != home / SEEN:
            yield file
