"""A person's public half: what a keyholder, or somebody who asks for openings, shows to the others.

A card is signed by its own key, which proves that whoever made it holds the private half; that it is *their* card, the
others learn by comparing its name (26 letters) by voice or in person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clarion.errors import InputError
from clarion.seal.crypto import is_signed, name_of, public_box, public_sign, signed
from clarion.seal.documents import Document, check
from clarion.seal.errors import SealError

KINDS = ("keyholder", "device")
_FIELDS = {"kind": str, "name": str, "label": str, "sign": str, "box": str, "signature": str}
LONGEST_LABEL = 40


def make_card(kind: str, label: str, sign_key: str, box_key: str, sign: Callable[[bytes], bytes]) -> Document:
    """A card for public keys in base64url; a device has no ``box_key`` ("").

    Raises
    ------
    InputError: an empty or long label, or one with letters that do not show.
    """
    if not 0 < len(label) <= LONGEST_LABEL or not label.isprintable() or label != label.strip():
        raise InputError(
            f"A label has 1 to {LONGEST_LABEL} letters that show.",
            next_step="Use a word that tells outsiders nothing about the person, such as: north",
        )
    card: Document = {
        "clarion": "card", "v": 1, "kind": kind, "label": label,
        "name": name_of(sign_key, box_key), "sign": sign_key, "box": box_key,
    }  # fmt: skip
    return signed(card, sign)


def check_card(card: Any, kind: str) -> Document:
    """A card that its own key signed, of the ``kind`` asked for.

    Raises
    ------
    BadDocument: it is none. SealError: its name or signature is not its key's.
    """
    check(card, "card", _FIELDS)
    key = public_sign(card["sign"])
    if kind == card["kind"] == "keyholder":
        public_box(card["box"])
    if (
        card["kind"] != kind
        or (kind == "device") != (card["box"] == "")
        or card["name"] != name_of(card["sign"], card["box"])
        or not 0 < len(card["label"]) <= LONGEST_LABEL
        or not card["label"].isprintable()
        or not is_signed(card, key)
    ):
        raise SealError(
            f"This is no true card of a {kind}: its name, kind or signature is not its key's.",
            next_step="Ask its owner for the card again, and compare its name by voice.",
        )
    return dict(card)
