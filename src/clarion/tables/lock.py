"""One writer at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clarion.errors import BusyError
from clarion.files import exclusive, private_folder, storage_errors


@contextmanager
def only_one(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock file ``path`` for the block.

    Raises
    ------
    BusyError: another process holds it; its process id is in ``details``.
    """
    private_folder(path.parent)
    with exclusive(path) as handle:
        if handle is None:
            holder = path.read_bytes()[:32].decode("ascii", "replace").partition("\n")[0].strip()
            raise BusyError(
                f"Another process is already {doing}.",
                where=str(path),
                next_step=f"Wait until it has finished{f' (process {holder})' if holder else ''}, then try again.",
                holder=holder,
            )
        with storage_errors(path):
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
