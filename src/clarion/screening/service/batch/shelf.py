"""Where a batch's rows and answers lie, locked, part by part: ``CLARION_HOME/screening/ID``. The rows go when the batch
is done, everything when it is removed or its day has come. A back-up holds them without the key that opens them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from clarion.config import config
from clarion.files import private_folder, replacing, storage_errors
from clarion.screening.service.keys import lock_bytes, unlock_bytes

ROWS, ANSWERS = "rows", "answers"


def folder(pk: str) -> Path:
    return config().home / "screening" / pk


def keep(pk: str, kind: str, number: int, value: Any) -> None:
    """Keep part ``number`` of a kind, whole or not at all."""
    private_folder(folder(pk))
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    with replacing(_path(pk, kind, number)) as part:
        part.write_bytes(lock_bytes(text, "batch", pk, kind, str(number)))


def there(pk: str, kind: str, number: int) -> bool:
    return _path(pk, kind, number).is_file()


def take(pk: str, kind: str, number: int) -> Any:
    """A part that was kept.

    Raises
    ------
    StorageError: it is not there, or does not open.
    """
    path = _path(pk, kind, number)
    with storage_errors(path):
        locked = path.read_bytes()
    return json.loads(unlock_bytes(locked, "batch", pk, kind, str(number)))


def parts(pk: str, kind: str) -> Sequence[int]:
    """The numbers of the parts that are there, in order."""
    found = folder(pk).glob(f"{kind}-*") if folder(pk).is_dir() else ()
    return sorted(int(path.name.rpartition("-")[2]) for path in found)


def each(pk: str, kind: str) -> Iterator[Any]:
    return (take(pk, kind, number) for number in parts(pk, kind))


def forget(pk: str, kind: str = "") -> None:
    """Remove the parts of a kind, or all of a batch."""
    if kind:
        for number in parts(pk, kind):
            with storage_errors(folder(pk)):
                _path(pk, kind, number).unlink(missing_ok=True)
    else:
        shutil.rmtree(folder(pk), ignore_errors=True)


def sweep(known: set[str]) -> None:
    """Remove what no batch knows: a process died between the files and the row."""
    root = config().home / "screening"
    for path in root.iterdir() if root.is_dir() else ():
        if path.name not in known:
            shutil.rmtree(path, ignore_errors=True)


def _path(pk: str, kind: str, number: int) -> Path:
    return folder(pk) / f"{kind}-{number:06d}"
