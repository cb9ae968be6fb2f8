"""Write a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed over it. Or alone."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clarion.errors import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the operating system says about ``path`` into a StorageError with a next step."""
    try:
        yield
    except OSError as error:
        raise _explain(error, path) from error


def _explain(error: OSError, path: Path) -> StorageError:
    said = re.search(r"os error (\d+)", str(error))  # libraries written in Rust give the number in words only
    number = error.errno or (int(said[1]) if said else None)
    if number in _FULL:
        what, step = "The disk is full.", f"Free some space on the disk that holds {path.parent}, then try again."
    elif number in _CLOSED:
        what, step = "The file or folder may not be written.", f"Make {path.parent} writable for this user."
    else:
        what = f"The file could not be read or written: {error.strerror or error}."
        step = f"Check the disk and the folder {path.parent}, then try again."
    return StorageError(what, where=str(path), next_step=step, errno=number)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Hand out a temporary path beside ``path``; when the block ends well, it becomes ``path`` in one step.

    When the block fails, the temporary file is removed and whatever ``path`` held before is untouched.

    Raises
    ------
    StorageError: the disk is full, or the folder may not be written.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    with storage_errors(path):
        try:
            yield temporary
            sync(temporary)
            os.replace(temporary, path)
            sync(path.parent)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()


@contextmanager
def exclusive(path: Path) -> Iterator[int | None]:
    """Hold the lock file ``path`` for the block and hand out its descriptor; None where another process holds it. The
    operating system drops the lock when its holder dies.

    Raises
    ------
    StorageError: the file cannot be opened.
    """
    with storage_errors(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield handle
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Replace the text of ``path`` in one step."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def sync(path: Path) -> None:
    """Wait until the disk holds ``path`` (a file, or a folder's list of names)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(path: Path) -> Path:
    """Make ``path`` and its missing parents, readable by this user only."""
    with storage_errors(path):
        for folder in reversed([path, *path.parents]):
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file stands where a folder is needed", str(path))
    return path
