"""Back-ups of the wraps, each readable only while its week's key lives.

Whoever restores an old back-up of the wraps would bring erased people back. So every back-up is encrypted under a key
of its ISO week, and week keys are destroyed once the retention has passed: all copies of the back-up, also those that
nobody remembers, are then noise. Form: one line of JSON, then frames of at most 1 MiB, each ChaCha20-Poly1305 under the
file's own key with its number as nonce and "last" or "more" bound to it (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizar, 2015), so that a cut, swapped or repeated frame is found.
"""

from __future__ import annotations

import io
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clarion.errors import InputError
from clarion.files import replacing, storage_errors, sync
from clarion.seal.documents import Document, canonical, decode, encode, read
from clarion.seal.errors import SealError
from clarion.seal.wraps import Wraps
from clarion.secret_file import secret_file

WEEKS = "weeks"  # folder of the week keys, beside the wraps
RETENTION_DAYS = 14
_FRAME = 1 << 20
_FIELDS = {"week": str, "salt": str}


def week(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def back_up(wraps: Wraps, out: Path, today: date) -> int:
    """Write all wraps into one encrypted file; its size in bytes.

    Raises
    ------
    InputError: the file exists. StorageError: no space, or the folder may not be written.
    """
    if out.exists():
        raise InputError("A back-up is not written over a file.", where=str(out), next_step="Choose another name.")
    header: Document = {"clarion": "wraps-backup", "v": 1, "week": week(today), "salt": encode(secrets.token_bytes(32))}
    folder = wraps.file.parent
    wraps.envelopes()  # makes the store when there is none
    secret = secret_file(folder / WEEKS / week(today), "encrypts back-ups of this week", "this week's open no more")
    # In memory: a copy on the disk would outlive a kill, and every erasure after it.
    with closing(sqlite3.connect(wraps.file)) as old, closing(sqlite3.connect(":memory:")) as new:
        old.backup(new)
        plain = io.BytesIO(new.serialize())
    with replacing(out) as temporary:
        handle = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as sealed:
            sealed.write(canonical(header) + b"\n")
            _encrypt(plain, sealed, _key(secret, header), canonical(header))
    return out.stat().st_size


def restore(wraps: Wraps, file: Path) -> int:
    """Put the wraps of a back-up back, but for those that were erased since; how many envelopes have wraps now.

    Raises
    ------
    SealError: its week's key was destroyed, or the file was changed or cut off. BadDocument: it is no such file.
    """
    with storage_errors(file), file.open("rb") as sealed:
        header = read(sealed.readline(1000), "wraps-backup", _FIELDS)
        key_file = wraps.file.parent / WEEKS / header["week"]
        if not _is_week(header["week"]) or not key_file.exists():
            raise SealError(
                "The key of this back-up's week was destroyed, as the retention asks: it opens nothing any more.",
                where=str(file),
                next_step="Use a newer back-up; what only this one holds is lost, as it should be.",
            )
        secret = secret_file(key_file, "encrypts back-ups of this week", "this week's open no more")
        image = bytearray().join(_decrypt(sealed, _key(secret, header), canonical(header)))
    image[18:20] = b"\1\1"  # without a write-ahead log, which a database in memory cannot have
    with closing(sqlite3.connect(":memory:")) as earlier:
        earlier.deserialize(image)
        wraps.erase(row[0] for row in earlier.execute("SELECT envelope FROM erased"))
        rows = earlier.execute("SELECT envelope, keyholder, box FROM wrap")
        wraps.keep_many((envelope, {name: box}) for envelope, name, box in rows)
    return len(wraps.envelopes())


def prune(wraps: Wraps, today: date, days: int = RETENTION_DAYS) -> list[str]:
    """Destroy the keys of weeks that ended more than ``days`` ago; the weeks."""
    gone = []
    folder = wraps.file.parent / WEEKS
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if _is_week(file.name) and date.fromisoformat(f"{file.name}-7") + timedelta(days=days) < today:
            with storage_errors(file):
                size = file.stat().st_size
                with file.open("r+b") as old:  # what a disk does with it is its own affair; the name goes for sure
                    old.write(secrets.token_bytes(size))
                    old.flush()
                    os.fsync(old.fileno())
                file.unlink()
                sync(folder)
            gone.append(file.name)
    return gone


def weeks(wraps: Wraps) -> list[str]:
    """The weeks whose back-ups still open, oldest first."""
    folder = wraps.file.parent / WEEKS
    return sorted(file.name for file in folder.iterdir() if _is_week(file.name)) if folder.is_dir() else []


def _is_week(name: str) -> bool:
    try:
        return week(date.fromisoformat(f"{name}-1")) == name
    except ValueError:
        return False


def _key(secret: str, header: Document) -> ChaCha20Poly1305:
    salt = decode(header["salt"], 32)
    made = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"clarion wraps back-up 1").derive(secret.encode())
    return ChaCha20Poly1305(made)


def _encrypt(plain: BinaryIO, sealed: BinaryIO, key: ChaCha20Poly1305, bound: bytes) -> None:
    frame, number = plain.read(_FRAME), 0
    while True:
        following = plain.read(_FRAME)
        sealed.write(key.encrypt(number.to_bytes(12, "big"), frame, bound + (b"more" if following else b"last")))
        if not following:
            return
        frame, number = following, number + 1


def _decrypt(sealed: BinaryIO, key: ChaCha20Poly1305, bound: bytes) -> Iterator[bytes]:
    frame, number = sealed.read(_FRAME + 16), 0
    while True:
        following = sealed.read(_FRAME + 16)
        try:
            yield key.decrypt(number.to_bytes(12, "big"), frame, bound + (b"more" if following else b"last"))
        except InvalidTag as error:
            raise SealError(
                "This back-up of the wraps was changed or cut off.", next_step="Use another copy; nothing was changed."
            ) from error
        if not following:
            return
        frame, number = following, number + 1


__all__ = ["RETENTION_DAYS", "back_up", "prune", "restore", "week", "weeks"]
