"""A secret of this machine, made once and kept in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clarion.errors import StorageError
from clarion.files import private_folder, storage_errors

SHORTEST = 32  # characters


def new_secret() -> str:
    """64 letters from 384 random bits."""
    return secrets.token_urlsafe(48)


def secret_file(file: Path, purpose: str, lost: str, make: Callable[[], str] = new_secret) -> str:
    """The secret in ``file``; when there is none, what ``make`` gives is kept there.

    ``purpose`` says what it does (such as ``signs sessions``), ``lost`` what happens when it is removed.

    Raises
    ------
    StorageError: the file cannot be read or written, others may read it, or it holds no secret.
    """
    with storage_errors(file):
        if not file.exists():
            _make(file, make())
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise StorageError(
                f"Other accounts of this machine may read the key that {purpose}.",
                where=str(file),
                next_step=f"Run: chmod 600 {file}",
            )
        key = file.read_bytes().strip()
    if len(key) < SHORTEST or not key.isascii():
        raise StorageError(
            f"The key that {purpose} is too short to be one." if len(key) < SHORTEST else "This is not a key.",
            where=str(file),
            next_step=f"Remove it and start again ({lost}): rm {file}",
        )
    return key.decode("ascii")


def _make(file: Path, secret: str) -> None:
    private_folder(file.parent)
    # Whole before it has its name, and never over another: of two first starts at once both read the same key.
    with tempfile.NamedTemporaryFile("wb", dir=file.parent, prefix=".key-") as out:  # mode 0600
        out.write(secret.encode("ascii"))
        out.flush()
        os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(out.name, file)
