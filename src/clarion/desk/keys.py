"""The keys that sign sessions and jobs: made once, each kept in a file that only its owner may read."""

from __future__ import annotations

import os
from pathlib import Path

from clarion.config import Config
from clarion.desk.locks import whole_folder
from clarion.desk.swap import finish, unfinished
from clarion.errors import StorageError
from clarion.files import private_folder, storage_errors
from clarion.secret_file import secret_file

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
    return secret_file(file, f"signs {signs}", "everybody signs in anew")


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
