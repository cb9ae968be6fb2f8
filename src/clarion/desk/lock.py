"""One at a time: a lock that the system releases when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clarion.errors import BusyError, StorageError


@contextmanager
def locked(file: Path, busy: str, next_step: str) -> Iterator[None]:
    """Hold ``file`` locked.

    Raises
    ------
    BusyError: somebody else holds it (``busy`` says what that means).
    StorageError: the file cannot be made.
    """
    try:
        handle = file.open("a")
    except OSError as error:
        raise StorageError(
            f"The lock file cannot be made: {error.strerror}.",
            where=str(file),
            next_step="Make the data folder writable for you, or set CLARION_HOME to one that is.",
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(busy, where=str(file), next_step=next_step) from error
        yield
