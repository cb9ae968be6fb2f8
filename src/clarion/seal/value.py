"""Seal a value so that this machine cannot open it, and open one with the keyholders' parts.

Each value has a fresh key of its own. The header (organisation, record, room, field set, key epoch, roster, policy,
revision) is the associated data of ChaCha20-Poly1305 (RFC 8439) and goes into the derivation (HKDF-SHA256) of both the
encryption key and a 32-byte commitment: only one key then opens a ciphertext, which the AEAD alone does not promise.
The key is split among the keyholders and each part boxed for one of them, bound to the envelope's digest.
Envelope and wraps are kept apart: erasing the wraps erases the value, in every copy of the envelope.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from itertools import combinations
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clarion.errors import InputError
from clarion.seal.crypto import X25519PrivateKey, box, unbox
from clarion.seal.documents import Document, canonical, decode, digest, encode, read
from clarion.seal.errors import NotEnough, SealError
from clarion.seal.padding import pad, unpad
from clarion.seal.roster import Roster
from clarion.seal.shares import join, part_length, split

_FIELDS = {
    "organisation": str, "record": str, "room": str, "fields": str, "epoch": int, "roster": str, "policy": str,
    "revision": int, "nonce": str, "ciphertext": str, "commitment": str,
}  # fmt: skip
_SECRET = ("nonce", "ciphertext", "commitment")
Value = Mapping[str, str | int | bool | None]


class Opened:
    """A value in the clear. It prints as ``<sealed>``, and cannot be pickled or copied by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: dict[str, Any]) -> None:
        self._value = value

    def reveal(self) -> dict[str, Any]:
        """The fields; call it only where a person reads them."""
        return self._value

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "<sealed>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A sealed value cannot be serialised.")


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope, and one wrap for each keyholder (by name); without wraps the envelope is noise."""

    envelope: Document
    wraps: dict[str, str]

    @property
    def digest(self) -> str:
        return envelope_digest(self.envelope)


def stub(envelope: Document) -> Document:
    """The envelope with its ciphertext's hash in its place: all that a keyholder needs of it."""
    hashed = hashlib.sha256(decode(envelope["ciphertext"])).digest()
    return envelope | {"clarion": "stub", "ciphertext": encode(hashed)}


def envelope_digest(envelope: Document) -> str:
    """What wraps, requests and the log name an envelope by: the digest of its stub."""
    return digest(stub(envelope))


def read_stub(source: Document) -> Document:
    """A stub; its digest is then that of its envelope.

    Raises
    ------
    BadDocument: it is none.
    """
    return read(canonical(source), "stub", _FIELDS)


def new_handle() -> str:
    """A record's name: 128 random bits, so that it tells nothing, of order or time either.

    None begins with a hyphen, which a command line would take for an option.
    """
    while (handle := encode(secrets.token_bytes(16))).startswith("-"):
        pass
    return handle


def seal(
    value: Value, roster: Roster, *, record: str, room: str, fields: str, policy: str = "default", revision: int = 1
) -> Sealed:
    """Seal ``value`` for the keyholders of ``roster``.

    ``record`` is the handle of the thing it belongs to, ``room`` and ``fields`` say where it is shown and which set of
    fields it is (such as ``giving`` and ``payee``), ``revision`` counts from 1 as the record's value is replaced.

    Raises
    ------
    InputError: the value is too long, or holds more than texts, whole numbers and truths.
    SealError: the roster has no such policy.
    """
    if not all(isinstance(v, (str, int, bool, type(None))) for v in value.values()):
        raise InputError(
            "A sealed value holds texts, whole numbers and truths.", next_step="Turn the others into text."
        )
    roster.policy(policy)
    header: Document = {
        "clarion": "sealed", "v": 1, "organisation": roster.document["organisation"], "record": record, "room": room,
        "fields": fields, "epoch": roster.document["epoch"], "roster": roster.digest, "policy": policy,
        "revision": revision,
    }  # fmt: skip
    bound, key, nonce = canonical(header), secrets.token_bytes(32), secrets.token_bytes(12)
    cipher, commitment = _derive(key, bound)
    ciphertext = ChaCha20Poly1305(cipher).encrypt(nonce, pad(canonical(dict(value))), bound)
    envelope = header | {
        "nonce": encode(nonce), "ciphertext": encode(ciphertext), "commitment": encode(commitment),
    }  # fmt: skip
    named = envelope_digest(envelope)
    keys = roster.box_keys()
    parts = split(key, roster.threshold, len(keys))
    wraps = {
        name: encode(box(part, public, _place(named, name))) for (name, public), part in zip(keys, parts, strict=True)
    }
    return Sealed(envelope, wraps)


def read_envelope(source: str | bytes | Document) -> Document:
    """An envelope from its file or document.

    Raises
    ------
    BadDocument: it is none, or was cut off.
    """
    return read(canonical(source) if isinstance(source, dict) else source, "sealed", _FIELDS)


def part_of(wrap: str, named: str, name: str, key: X25519PrivateKey) -> bytes:
    """A keyholder's part of a value's key, out of their wrap for the envelope of digest ``named``.

    Raises
    ------
    SealError: the wrap is another's, another value's, or was changed.
    """
    return unbox(decode(wrap), key, _place(named, name))


def open_with(envelope: Document, parts: Mapping[str, bytes], roster: Roster) -> Opened:
    """The value, from at least ``threshold`` keyholders' parts (by name). ``roster`` is the one it was sealed under.

    With more parts than are needed every group is tried, so one false part cannot stop an opening.

    Raises
    ------
    NotEnough: too few parts. SealError: no group of parts opens it, or it was moved, changed or sealed otherwise.
    """
    _belongs(envelope, roster)
    known = {i: parts[name] for i, name in enumerate(roster.names) if name in parts}
    size = part_length(roster.threshold, len(roster.names))
    known = {i: part for i, part in known.items() if len(part) == size}
    if len(known) < roster.threshold:
        raise NotEnough(
            f"{len(known)} of {roster.threshold} keyholders have approved.",
            next_step="Wait for the others, and run the command again.",
        )
    bound = canonical({name: v for name, v in envelope.items() if name not in _SECRET})
    commitment = decode(envelope["commitment"], 32)
    for group in combinations(known, roster.threshold):
        key = join({i: known[i] for i in group}, roster.threshold, len(roster.names))
        cipher, expected = _derive(key, bound)
        if compare_digest(expected, commitment):
            return Opened(_decrypt(envelope, cipher, bound))
    raise SealError(
        "The approved parts do not open this value: one of them is false, or the value was changed.",
        next_step="Ask another keyholder to approve too; tell all keyholders.",
    )


def _decrypt(envelope: Document, cipher: bytes, bound: bytes) -> dict[str, Any]:
    try:
        plain = ChaCha20Poly1305(cipher).decrypt(decode(envelope["nonce"], 12), decode(envelope["ciphertext"]), bound)
    except (InvalidTag, ValueError) as error:
        raise SealError(
            "A sealed value was changed.", next_step="Restore it from a back-up; tell the keyholders."
        ) from error
    try:
        found = json.loads(unpad(plain))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise SealError("A sealed value holds no fields.", next_step="Do not trust it; tell a keyholder.")
    return found


def _belongs(envelope: Document, roster: Roster) -> None:
    if (envelope["roster"], envelope["epoch"], envelope["organisation"]) != (
        roster.digest, roster.document["epoch"], roster.document["organisation"],
    ):  # fmt: skip
        raise SealError("A value was sealed under another roster.", next_step="Fetch all rosters of the desk.")


def _derive(key: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """The encryption key and the commitment: both hang on the value's key and on its header."""
    info = b"clarion seal 1:" + hashlib.sha256(bound).digest()
    made = HKDF(algorithm=SHA256(), length=64, salt=None, info=info).derive(key)
    return made[:32], made[32:]


def _place(named: str, name: str) -> list[str]:
    return ["wrap", named, name]
