"""The keys that sign sessions and jobs: made once, each kept in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from clarion.config import Config
from clarion.desk.locks import whole_folder
from clarion.desk.swap import finish, unfinished
from clarion.errors import StorageError
from clarion.files import private_folder, storage_errors

SHORTEST = 32  # characters
JOBS_KEY = "keys/jobs"  # in the data folder


def secret_key(config: Config) -> str:
    """Read the key that signs sessions, or make it on the first start.

    Raises
    ------
    StorageError: the file cannot be read or written, or others may read it.
    """
    return _kept(config, config.secret_key_file, "sessions")


def jobs_key(config: Config) -> str:
    """Read the key that signs jobs, or make it; raises as ``secret_key``.

    Jobs are pickled, so whoever knows this key can run anything. No back-up holds it: a restored database then brings
    no job with it that a worker would run, whoever wrote that database.
    """
    return _kept(config, config.home / JOBS_KEY, "jobs")


def _kept(config: Config, file: Path, signs: str) -> str:
    ensure_home(config)
    with storage_errors(file):
        if not file.exists():
            _make(file)
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise StorageError(
                f"Other accounts of this machine may read the key that signs {signs}.",
                where=str(file),
                next_step=f"Run: chmod 600 {file}",
            )
        key = file.read_bytes().strip()
    if len(key) < SHORTEST or not key.isascii():
        raise StorageError(
            f"The key that signs {signs} is too short to be one." if len(key) < SHORTEST else "This is not a key.",
            where=str(file),
            next_step=f"Remove it and start again (everybody signs in anew): rm {file}",
        )
    return key.decode("ascii")


def _make(file: Path) -> None:
    private_folder(file.parent)
    # Whole before it has its name, and never over another: of two first starts at once both read the same key.
    with tempfile.NamedTemporaryFile("wb", dir=file.parent, prefix=".key-") as out:  # mode 0600
        out.write(secrets.token_urlsafe(48).encode("ascii"))
        out.flush()
        os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(out.name, file)


def ensure_home(config: Config) -> None:
    """Make the data folder, closed to other accounts; finish a restore that was killed in it.

    Raises
    ------
    StorageError: it cannot be made, a file stands in its place, or everybody may write into it.
    BusyError: a restore runs.
    """
    private_folder(config.home)
    with storage_errors(config.home):
        found = config.home.stat()
        anybody_writes = os.name == "posix" and found.st_mode & 0o002
        # A folder that was made for this, with the modes of its day: nobody else has anything in it yet.
        if (
            os.name == "posix"
            and not anybody_writes
            and found.st_uid == os.geteuid()
            and not any(config.home.iterdir())
        ):
            config.home.chmod(0o700)
    if anybody_writes:  # such as /tmp: somebody else could put a database there first
        raise StorageError(
            "Every account of this machine may write into the data folder.",
            where=str(config.home),
            next_step="Set CLARION_HOME to a folder of its own, or close this one: chmod 700 and the folder's name.",
        )
    if unfinished(config.home):
        with whole_folder(config):
            finish(config.home)
