"""The wraps, in a file of their own: deleting them erases a value, and an old back-up of the desk brings none back.

SQLite with ``secure_delete``, so that a deleted wrap is overwritten; the write-ahead log is emptied after each erasure.
Back-ups of this file are made apart (``wraps_backup``) and live for days, not years.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from clarion.errors import StorageError
from clarion.files import private_folder, storage_errors

NAME = "wraps.sqlite3"
_TABLES = """
CREATE TABLE IF NOT EXISTS wrap (envelope TEXT NOT NULL, keyholder TEXT NOT NULL, box TEXT NOT NULL,
    PRIMARY KEY (envelope, keyholder)) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS erased (envelope TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS stray (envelope TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID, STRICT;
"""


class Wraps:
    """The store of a desk; ``folder`` is its data folder. Any number of processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME

    def keep(self, envelope: str, wraps: Mapping[str, str]) -> None:
        """Keep the wraps of an envelope (by its digest), all or none.

        Raises
        ------
        StorageError: the disk is full or the file cannot be written.
        """
        self.keep_many([(envelope, wraps)])

    def keep_many(self, several: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """As ``keep``, for several envelopes in one step; one that was erased stays so."""
        rows = [(envelope, name, box) for envelope, wraps in several for name, box in wraps.items()]
        with self._open() as database, database:
            database.executemany(
                "INSERT OR REPLACE INTO wrap SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
                "(SELECT 1 FROM erased WHERE envelope = ?1)",
                rows,
            )

    def of(self, envelope: str) -> dict[str, str]:
        """The wraps of an envelope by keyholder; empty when there are none, or none any more."""
        with self._open() as database:
            return dict(database.execute("SELECT keyholder, box FROM wrap WHERE envelope = ?", (envelope,)))

    def for_keyholder(self, envelopes: Iterable[str], keyholder: str) -> dict[str, str]:
        """One keyholder's wraps, by envelope; those that were erased are not among them."""
        ask = "SELECT box FROM wrap WHERE envelope = ? AND keyholder = ?"
        found: dict[str, str] = {}
        with self._open() as database:
            for envelope in envelopes:
                for (sealed,) in database.execute(ask, (envelope, keyholder)):
                    found[envelope] = sealed
        return found

    def erase(self, envelopes: Iterable[str]) -> None:
        """Erase the wraps for good, and remember that they were: a restored copy of them is erased again."""
        gone = [(envelope,) for envelope in envelopes]
        with self._open() as database:
            with database:
                database.executemany("DELETE FROM wrap WHERE envelope = ?", gone)
                database.executemany("INSERT OR IGNORE INTO erased VALUES (?)", gone)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def erased(self) -> set[str]:
        with self._open() as database:
            return {row[0] for row in database.execute("SELECT envelope FROM erased")}

    def envelopes(self) -> set[str]:
        """The digests of all envelopes that have wraps."""
        with self._open() as database:
            return {row[0] for row in database.execute("SELECT DISTINCT envelope FROM wrap")}

    def strays(self, unknown: Iterable[str], today: date, since: date) -> list[str]:
        """Which of the ``unknown`` envelopes have been unknown since before the day ``since``; the others are noted.

        Wraps are kept before the database commits their envelope, so one that is unknown just now may be on its way.
        """
        asked = list(unknown)
        with self._open() as database, database:
            noted = dict(database.execute("SELECT envelope, day FROM stray"))
            database.execute("DELETE FROM stray")
            database.executemany(
                "INSERT INTO stray VALUES (?, ?)", [(e, noted.get(e, today.isoformat())) for e in asked]
            )
        return [envelope for envelope in asked if noted.get(envelope, today.isoformat()) < since.isoformat()]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Every wrap: envelope, keyholder, box."""
        with self._open() as database:
            yield from database.execute("SELECT envelope, keyholder, box FROM wrap ORDER BY envelope, keyholder")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        private_folder(self.file.parent)
        with storage_errors(self.file):
            if not self.file.exists():
                os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
        try:
            with closing(sqlite3.connect(self.file, timeout=20)) as database:
                # FULL: an erasure that was acknowledged must not come back after a power cut.
                database.executescript(
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;" + _TABLES
                )
                yield database
        except sqlite3.Error as error:
            raise StorageError(
                f"The store of wraps could not be read or written: {error}.",
                where=str(self.file),
                next_step="Free space on its disk, or restore it: clarion sealed restore FILE",
            ) from error
