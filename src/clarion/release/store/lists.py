"""The list of people behind a trial, for as long as it is needed: only how many have each combination of categories.

Names, addresses and whatever else stood in the list are dropped as it arrives, in memory. What is left waits for the
worker in a file that only this user can read and no back-up takes (its name ends in ``.part``); the worker removes the
file as soon as it has read it, before it begins to work.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from clarion.config import config
from clarion.errors import BusyError
from clarion.files import private_folder, storage_errors
from clarion.release.people import People

FOLDER = "trials"


def _file(pk: object) -> Path:
    return config().home / FOLDER / f"{pk}.part"


def leave(pk: object, people: People) -> None:
    """Lay the counts down for the worker."""
    file = _file(pk)
    private_folder(file.parent)
    with storage_errors(file), os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump([[list(person), count] for person, count in sorted(people.items())], out)


def take(pk: object) -> People:
    """Read the counts and remove them from the disk.

    Raises
    ------
    BusyError: they are gone: an earlier worker took them, or the data folder was moved.
    """
    file = _file(pk)
    if not file.is_file():
        raise gone()
    with storage_errors(file):
        text = file.read_text(encoding="utf-8")
        drop(pk)
    return Counter({tuple(person): count for person, count in json.loads(text)})


def gone() -> BusyError:
    """What to say where a trial's list is no longer there."""
    return BusyError(
        "The list of people is no longer here: it is removed as soon as work on it begins.", where="trial",
        next_step="Send it again.",
    )  # fmt: skip


def drop(pk: object) -> None:
    """Remove the counts, if they are there."""
    with suppress(FileNotFoundError):
        _file(pk).unlink()


def sweep(waiting: set[str]) -> None:
    """Remove every list for which nobody waits."""
    for file in (config().home / FOLDER).glob("*.part"):
        if file.stem not in waiting:
            file.unlink(missing_ok=True)
