"""Who uses the data folder: one desk, upgrade or restore at a time, and any number of workers.

Both locks are dropped by the operating system when their holder dies. The files stay where they are when a back-up is
restored, so that a lock held on one is held on the folder, whatever it contains.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from clarion.config import Config
from clarion.errors import BusyError
from clarion.files import storage_errors
from clarion.tables.lock import only_one

DESK, WORKER = "up.lock", "worker.lock"


def whole_folder(config: Config) -> AbstractContextManager[None]:
    """Hold the data folder as a whole.

    Raises
    ------
    BusyError: a desk, an upgrade or a restore holds it.
    """
    return only_one(config.home / DESK, "running the desk, an upgrade or a restore on this data folder")


def announce(config: Config, address: str) -> None:
    """Write beside the desk's process number where it can be reached; the next holder writes over it."""
    path = config.home / DESK
    with storage_errors(path), path.open("a", encoding="utf-8") as file:
        file.write(f"\n{address}\n")


def announced(config: Config) -> str:
    """Where the desk of this data folder is open; "" where none runs."""
    path = config.home / DESK
    if not held(path):
        return ""
    with storage_errors(path):
        return path.read_text(encoding="utf-8", errors="replace").partition("\n")[2].strip()


@contextmanager
def working(config: Config) -> Iterator[None]:
    """Be a worker, for as long as the block runs.

    Raises
    ------
    BusyError: an upgrade or a restore runs.
    """
    with _flock(config.home / WORKER, fcntl.LOCK_SH, "An upgrade or a restore of this data folder runs."):
        yield


@contextmanager
def no_workers(config: Config) -> Iterator[None]:
    """Keep workers away while the block runs.

    Raises
    ------
    BusyError: a worker runs.
    """
    with _flock(config.home / WORKER, fcntl.LOCK_EX, "A job worker still runs on this data folder."):
        yield


def held(file: Path) -> bool:
    """Whether some process holds the lock ``file``. Asking takes it for a moment; no file is made."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:
        return False
    try:
        # A worker's lock is shared, and a desk's is not: only an exclusive one shows both.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def _flock(path: Path, kind: int, refusal: str) -> Iterator[None]:
    with storage_errors(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _taken(handle, kind):
            raise BusyError(refusal, where=str(path), next_step="Wait until it has ended, or stop it, then try again.")
        yield
    finally:
        os.close(handle)


def _taken(handle: int, kind: int) -> bool:
    """Take a lock, again for a moment where it is held: ``held`` takes it too, as often as pages ask."""
    for _ in range(5):
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
        else:
            return True
    return False
