"""The few primitives, each from the ``cryptography`` package: boxes for one reader (HPKE), signatures, names of keys.

Boxes are HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305; ``info`` binds a box to where it
belongs, so that one that was moved does not open. HPKE names no sender: whatever must come from somebody is signed
beside (Ed25519, RFC 8032).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from clarion.seal.documents import Document, canonical, decode, encode
from clarion.seal.errors import BadDocument, SealError

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_PROBE = X25519PrivateKey.generate()
BOX_OVERHEAD = 48  # bytes: the sender's one-time key and the tag


def box(plain: bytes, reader: X25519PublicKey, place: list[str]) -> bytes:
    """``plain`` for the owner of ``reader`` alone, bound to ``place`` (words that name where it belongs)."""
    sealed: bytes = _SUITE.encrypt(plain, reader, info=canonical(place))
    return sealed


def unbox(sealed: bytes, key: X25519PrivateKey, place: list[str]) -> bytes:
    """What is in a box.

    Raises
    ------
    SealError: it is for another key, was changed, or belongs to another place.
    """
    try:
        plain: bytes = _SUITE.decrypt(sealed, key, info=canonical(place))
    except (InvalidTag, ValueError) as error:
        raise SealError(
            f"A box ({place[0]}) does not open: it is for another key, or was changed or moved.",
            next_step="Do not go on with this record; tell the keyholders and run: clarion log verify",
        ) from error
    return plain


def public_box(text: Any) -> X25519PublicKey:
    """The key that boxes are made for.

    Raises
    ------
    BadDocument: it is none, or one of the few points for which every exchange gives zero (RFC 7748, section 6.1).
    """
    return _public_box(decode(text, 32))


@lru_cache(maxsize=256)
def _public_box(found: bytes) -> X25519PublicKey:
    key = X25519PublicKey.from_public_bytes(found)
    try:
        _PROBE.exchange(key)
    except ValueError as error:
        raise BadDocument("A public key is none that a box could be made for.", next_step="Call its owner.") from error
    return key


def public_sign(text: Any) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(decode(text, 32))


def raw(key: X25519PublicKey | Ed25519PublicKey) -> str:
    return encode(key.public_bytes_raw())


def signed(document: Document, sign: Callable[[bytes], bytes]) -> Document:
    """``document`` with its ``signature``, over the canonical form of all else."""
    bare = {name: value for name, value in document.items() if name != "signature"}
    return bare | {"signature": encode(sign(canonical(bare)))}


def is_signed(document: Document, key: Ed25519PublicKey, signature: Any = None) -> bool:
    """Whether ``signature`` (by default the document's own) is the key's over the rest of the document."""
    bare = {name: value for name, value in document.items() if name not in ("signature", "signatures")}
    return holds(key, signature if signature is not None else document.get("signature"), canonical(bare))


def holds(key: Ed25519PublicKey, signature: Any, message: bytes) -> bool:
    try:
        key.verify(decode(signature, 64), message)
    except (InvalidSignature, BadDocument):
        return False
    return True


def name_of(*keys: str) -> str:
    """What somebody's public keys are called: 26 letters of their hash (130 bits), the same at every place.

    Two people read it to each other before they trust a key, so it is the key's only name: there is none to forge.
    """
    hashed = hashlib.sha256(b"clarion key name 1:" + canonical(list(keys))).digest()
    return base64.b32encode(hashed)[:26].decode("ascii").lower()


def shown(name: str) -> str:
    """A key's name as people read it aloud: groups of four."""
    return "-".join(name[i : i + 4] for i in range(0, len(name), 4))


__all__ = [
    "BOX_OVERHEAD", "Ed25519PrivateKey", "Ed25519PublicKey", "X25519PrivateKey", "X25519PublicKey",
    "box", "holds", "is_signed", "name_of", "public_box", "public_sign", "raw", "shown", "signed", "unbox",
]  # fmt: skip
