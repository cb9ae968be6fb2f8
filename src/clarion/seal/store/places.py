"""Where the sealed part of a desk lies on its disk, apart from everything that ``clarion backup`` copies."""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from clarion.config import config
from clarion.seal.documents import encode
from clarion.seal.wraps import Wraps
from clarion.secret_file import secret_file

FOLDER = "sealed"  # in the data folder; no back-up holds it and no restore replaces it


def folder() -> Path:
    return config().home / FOLDER


def wraps() -> Wraps:
    return Wraps(folder())


def index_key() -> bytes:
    """The key of the blind indexes and of the log's names for sealed values: outside the database, in no back-up.

    Raises
    ------
    StorageError: it cannot be read, or others may read it.
    """
    return _index_key(config().index_key_file)


@lru_cache(maxsize=1)
def _index_key(file: Path) -> bytes:
    """Read once: the log names two things with it for each value."""
    return secret_file(file, "makes blind indexes", "every blind index must be made anew").encode("ascii")


def logged(name: str) -> str:
    """What the log calls a value or envelope: a log that is read elsewhere names no handle that a table has."""
    return encode(hmac.new(index_key(), b"clarion log name 1:" + name.encode(), sha256).digest()[:16])
