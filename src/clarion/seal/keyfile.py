"""A private key in a file, opened by a passphrase: Argon2id (RFC 9106), then ChaCha20-Poly1305.

What is bound to the ciphertext (the card, the cost) cannot be changed unseen. A wrong passphrase changes nothing and
may be tried again; there is no lock, since whoever has the file could try on a copy. What protects it is the passphrase
that ``new_passphrase`` makes (100 random bits) and the cost of each try.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from clarion.errors import InputError
from clarion.seal.cards import check_card, make_card
from clarion.seal.crypto import Ed25519PrivateKey, X25519PrivateKey, raw
from clarion.seal.documents import Document, canonical, decode, encode, read
from clarion.seal.errors import BadDocument, WrongPassphrase

SHORTEST = 16  # letters of a passphrase that somebody chose
_FIELDS = {
    "card": dict, "memory_kib": int, "iterations": int, "lanes": int, "salt": str, "nonce": str, "secret": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs. The default takes 256 MiB and about a second of one core."""

    memory_kib: int = 262_144
    iterations: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """Somebody's private keys, in memory only; a device's ``box`` seals its own notes."""

    card: Document
    sign: Ed25519PrivateKey
    box: X25519PrivateKey

    @property
    def name(self) -> str:
        return str(self.card["name"])

    def __repr__(self) -> str:
        return "<keys>"


def new_keys(kind: str, label: str) -> Keys:
    """Fresh keys with their card; raises as ``make_card``."""
    sign, box = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    public = raw(box.public_key()) if kind == "keyholder" else ""
    return Keys(make_card(kind, label, raw(sign.public_key()), public, sign.sign), sign, box)


def new_passphrase() -> str:
    """Five groups of four letters and digits, 100 random bits: write it down, keep it away from the file."""
    letters = base64.b32encode(secrets.token_bytes(20)).decode("ascii").lower()[:20]
    return "-".join(letters[i : i + 4] for i in range(0, 20, 4))


def lock(keys: Keys, passphrase: str, cost: Cost | None = None) -> Document:
    """The key file's document.

    Raises
    ------
    InputError: the passphrase is too short to protect anything.
    """
    cost = cost or Cost()
    if len(passphrase) < SHORTEST or len(set(passphrase)) < 6:
        raise InputError(
            f"This passphrase is too easy: it needs {SHORTEST} letters, at least six of them different.",
            next_step="Use five or six words that have nothing to do with each other, or the one that was offered.",
        )
    bare: Document = {
        "clarion": "key-file", "v": 1, "card": keys.card, "salt": encode(secrets.token_bytes(16)),
        "memory_kib": cost.memory_kib, "iterations": cost.iterations, "lanes": cost.lanes,
    }  # fmt: skip
    nonce = secrets.token_bytes(12)
    plain = keys.sign.private_bytes_raw() + keys.box.private_bytes_raw()
    sealed = ChaCha20Poly1305(_key(bare, passphrase)).encrypt(nonce, plain, canonical(bare))
    return bare | {"nonce": encode(nonce), "secret": encode(sealed)}


def unlock(source: str | bytes, passphrase: str) -> Keys:
    """The keys of a key file.

    Raises
    ------
    BadDocument: it is none, or asks for a cost that no key file has. WrongPassphrase: the passphrase is another.
    """
    document = read(source, "key-file", _FIELDS)
    if not (8192 <= document["memory_kib"] <= 4_194_304 and 1 <= document["iterations"] <= 20 and
            1 <= document["lanes"] <= 16):  # fmt: skip
        raise BadDocument("This key file asks for a cost that none has.", next_step="Take your spare copy of it.")
    card = check_card(document["card"], str(document["card"].get("kind")))
    bare = {name: value for name, value in document.items() if name not in ("nonce", "secret")}
    try:
        plain = ChaCha20Poly1305(_key(bare, passphrase)).decrypt(
            decode(document["nonce"], 12), decode(document["secret"], 80), canonical(bare)
        )
    except InvalidTag as error:
        raise WrongPassphrase(
            "The passphrase does not open this key file, or the file was changed.",
            next_step="Try again: nothing is locked. If you are sure of it, take your spare copy of the file.",
        ) from error
    keys = Keys(card, Ed25519PrivateKey.from_private_bytes(plain[:32]), X25519PrivateKey.from_private_bytes(plain[32:]))
    held = raw(keys.box.public_key()) if card["kind"] == "keyholder" else ""
    if (raw(keys.sign.public_key()), held) != (card["sign"], card["box"]):
        raise BadDocument("The keys in this file are not those of its card.", next_step="Take your spare copy of it.")
    return keys


def _key(document: Document, passphrase: str) -> bytes:
    derived: bytes = Argon2id(
        salt=decode(document["salt"], 16), length=32, iterations=document["iterations"], lanes=document["lanes"],
        memory_cost=document["memory_kib"],
    ).derive(passphrase.strip().encode())  # fmt: skip
    return derived
