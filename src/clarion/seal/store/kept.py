"""Lock what the desk has to know of sealed values and a database must not tell, such as who resembles somebody listed.

The key is derived from that of the blind indexes, which lies outside the database and in no back-up. What is locked is
filled as sealed values are, so that its length tells little.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clarion.errors import StorageError
from clarion.seal.documents import canonical, decode, encode
from clarion.seal.padding import pad, unpad
from clarion.seal.store import places


def lock(value: Any, *place: str) -> str:
    """JSON-ready ``value``, locked for ``place``: elsewhere it does not open.

    Raises
    ------
    InputError: it is longer than 64 KiB.
    """
    nonce = secrets.token_bytes(12)
    return encode(nonce + ChaCha20Poly1305(_key()).encrypt(nonce, pad(canonical(value)), canonical([*place])))


def unlock(locked: str, *place: str) -> Any:
    """What ``lock`` locked.

    Raises
    ------
    StorageError: it was locked with another key, was changed, or lay elsewhere.
    """
    raw = decode(locked)
    try:
        return json.loads(unpad(ChaCha20Poly1305(_key()).decrypt(raw[:12], raw[12:], canonical([*place]))))
    except (InvalidTag, ValueError) as error:
        raise StorageError(
            "What the desk keeps of sealed values does not open: another key locked it, or it was changed.",
            where="CLARION_INDEX_KEY_FILE", next_step="Put the key file back that was there when it was kept.",
        ) from error  # fmt: skip


def _key() -> bytes:
    return HKDF(SHA256(), 32, None, b"clarion seal kept 1").derive(places.index_key())
