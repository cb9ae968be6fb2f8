"""Back-up and restore of everything: data folder, database, loaded tables, keys.

SQLite databases are copied with SQLite's own online back-up, so that a running desk cannot tear them; PostgreSQL with
``pg_dump``. The file holds the desk's key and accounts: keep it as safe as the data folder.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import clarion
from clarion.config import Config
from clarion.desk.archive import read_archive, sha256, write_archive
from clarion.desk.database import databases, is_sqlite, postgres
from clarion.errors import InputError, StorageError
from clarion.tables.lock import only_one

_LEFT_OUT = {"static", "up.lock", "upgrade.lock", "downloads"}  # made anew, or fetched anew
_DUMP = "postgresql.dump"


def backup(config: Config, out: Path) -> dict[str, Any]:
    """Write everything into one file, atomically: a back-up that was cut off never has the name asked for.

    Raises
    ------
    InputError: the file exists, or lies in the data folder.
    StorageError: no data folder, or no space.
    MissingPart: the database is PostgreSQL and ``pg_dump`` is not installed.
    """
    out = out.absolute()
    if not config.home.is_dir():
        raise StorageError("There is no data folder to back up.", where=str(config.home), next_step="clarion up")
    if out.exists() or config.home in out.parents:
        raise InputError(
            "A back-up is not written over a file or into the data folder.",
            where=str(out),
            next_step="Choose another name outside the data folder.",
        )
    with tempfile.TemporaryDirectory(prefix=".clarion-backup-", dir=out.parent) as folder:
        staged = Path(folder) / "data"
        _copy_home(config, staged)
        if not is_sqlite(config):
            postgres(config, "pg_dump", "--format=custom", f"--file={staged / _DUMP}")
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


def restore(config: Config, file: Path) -> dict[str, Any]:
    """Put a back-up in place of the data folder, which is kept beside it under another name.

    Raises
    ------
    InputError: not a whole back-up of Clarion; nothing was changed.
    BusyError: the desk runs.
    """
    parent = config.home.parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".clarion-restore-", dir=parent) as folder:
        staged = Path(folder) / "data"
        count = read_archive(file, staged)
        config.home.mkdir(mode=0o700, exist_ok=True)
        with only_one(config.home / "up.lock", "running the desk on this data folder"):
            if (staged / _DUMP).exists():
                if is_sqlite(config):
                    raise InputError(
                        "This back-up holds a PostgreSQL database.",
                        where=str(file),
                        next_step="Set DATABASE_URL to an empty PostgreSQL database and restore again.",
                    )
                name = databases(config)["default"]["NAME"]
                postgres(config, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
                         f"--dbname={name}", str(staged / _DUMP))  # fmt: skip
                (staged / _DUMP).unlink()
            earlier = _free_name(config.home)
            os.rename(config.home, earlier)
            try:
                os.rename(staged, config.home)
            except OSError:
                os.rename(earlier, config.home)
                raise
    return {"home": str(config.home), "files": count, "earlier": str(earlier)}


def _copy_home(config: Config, staged: Path) -> None:
    staged.mkdir(mode=0o700)
    for file in _kept(config.home):
        target = staged / file.relative_to(config.home)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.suffix == ".sqlite3":
            with (
                closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as old,
                closing(sqlite3.connect(target)) as new,
            ):
                old.backup(new)
        else:
            shutil.copy2(file, target)


def _kept(home: Path) -> Iterator[Path]:
    for file in sorted(home.rglob("*")):
        inside = file.relative_to(home)
        if inside.parts[0] in _LEFT_OUT or file.name.endswith(("-wal", "-shm")) or file.is_symlink():
            continue
        if file.is_file():
            yield file


def _free_name(home: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    names = (home.with_name(f"{home.name}.before-restore-{stamp}{'' if n == 0 else f'-{n}'}") for n in range(1000))
    return next(name for name in names if not name.exists())
