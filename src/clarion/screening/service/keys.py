"""The room's secret, outside the database: it marks payees so that they are found again, and locks what is kept.

One file holds it (``CLARION_SCREENING_KEY_FILE``); two keys are derived from it (HKDF, RFC 5869). Marks are HMAC-
SHA256. What is kept is locked with ChaCha20-Poly1305 (RFC 8439), bound to the place where it lies, so that a row that
was moved does not open. A database without the file tells of nobody; without the file nothing that was kept can be read
again.
"""

from __future__ import annotations

import hmac
import json
import secrets
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clarion.config import config
from clarion.errors import StorageError
from clarion.seal.documents import canonical, encode
from clarion.secret_file import secret_file

if TYPE_CHECKING:
    from pathlib import Path

_NONCE = 12  # bytes


def mark(kind: str, *parts: str) -> str:
    """What ``parts`` are known by, 43 letters: equal parts of a kind have equal marks, and nobody can list them without
    the key.
    """
    said = canonical(["clarion screening 1", kind, *parts])
    return encode(hmac.new(_key(config().screening_key_file, "mark"), said, sha256).digest())


def lock(value: Any, *place: str) -> bytes:
    """JSON-ready ``value``, locked for ``place``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return lock_bytes(text.encode(), *place)


def unlock(locked: bytes, *place: str) -> Any:
    """What ``lock`` locked; raises as ``unlock_bytes``."""
    return json.loads(unlock_bytes(locked, *place))


def lock_bytes(plain: bytes, *place: str) -> bytes:
    """``plain`` locked for ``place``: 28 bytes longer."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(_key(config().screening_key_file, "lock")).encrypt(
        nonce, plain, canonical([*place])
    )


def unlock_bytes(locked: bytes, *place: str) -> bytes:
    """What ``lock_bytes`` locked.

    Raises
    ------
    StorageError: it was locked with another key, or was changed or moved.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key = _key(config().screening_key_file, "lock")
    try:
        return ChaCha20Poly1305(key).decrypt(locked[:_NONCE], locked[_NONCE:], canonical([*place]))
    except (InvalidTag, ValueError) as error:
        raise StorageError(
            "What screening kept does not open: it was locked with another key, or was changed.",
            where="CLARION_SCREENING_KEY_FILE",
            next_step="Put the key file back that was there when it was kept.",
        ) from error


@lru_cache(maxsize=4)
def _key(file: Path, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    held = secret_file(file, "locks what screening keeps", "decisions and cleared namesakes are lost")
    return HKDF(SHA256(), 32, None, b"clarion screening 1 " + purpose.encode()).derive(held.encode("ascii"))
