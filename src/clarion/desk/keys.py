"""The key that signs sessions: made once, kept in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets

from clarion.config import Config
from clarion.desk.locks import whole_folder
from clarion.desk.swap import finish, unfinished
from clarion.errors import StorageError
from clarion.tables.atomic import private_folder


def secret_key(config: Config) -> str:
    """Read the key, or make it on the first start.

    Raises
    ------
    StorageError: the file cannot be read or written, or others may read it.
    """
    file = config.secret_key_file
    try:
        ensure_home(config)
        if not file.exists():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Exclusive: of two first starts at once, one writes and the other reads.
            try:
                handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                return file.read_text(encoding="ascii").strip()
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(secrets.token_urlsafe(48))
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise StorageError(
                "Other accounts of this machine may read the key that signs sessions.",
                where=str(file),
                next_step=f"Run: chmod 600 {file}",
            )
        key = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise StorageError(
            f"The key file cannot be used: {error.strerror}.",
            where=str(file),
            next_step="Make the data folder writable for you, or set CLARION_HOME to one that is.",
        ) from error
    if len(key) < 32:
        raise StorageError(
            "The key that signs sessions is too short to be one.",
            where=str(file),
            next_step=f"Remove it and start again (everybody signs in anew): rm {file}",
        )
    return key


def ensure_home(config: Config) -> None:
    """Make the data folder, closed to other accounts; finish a restore that was killed in it.

    Raises
    ------
    StorageError: it cannot be made, or a file stands in its place.
    BusyError: a restore runs.
    """
    private_folder(config.home)
    if unfinished(config.home):
        with whole_folder(config):
            finish(config.home)
