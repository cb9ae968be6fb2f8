"""Find the same value again without opening any: an HMAC of it, under a key that the database does not hold.

A blind index tells equal values to whoever reads the table, and everything to whoever has its key. So it is offered for
fields that nobody can list (a phone number with its key is lost; without it, safe), never for those with few values
such as a birth year or a region, where the equal ones alone give the person away.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable
from hashlib import sha256

from clarion.errors import InputError
from clarion.seal.documents import canonical, encode


def _letters_and_digits(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter in "@.")


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in unicodedata.normalize("NFKC", text) if c.isdigit())


# Each field with how it is written in one way. Its values must be too many to try: a rule for people, kept as a list.
FIELDS: dict[str, Callable[[str], str]] = {
    "iban": _letters_and_digits,
    "account": _letters_and_digits,
    "wallet": str.strip,
    "phone": _digits,
    "email": _letters_and_digits,
    "passport": _letters_and_digits,
    "inn": _digits,
    "snils": _digits,
}
SHORTEST = 6  # letters that are left of a value


def blind_index(key: bytes, room: str, field: str, value: str) -> str:
    """The index of ``value`` as ``field`` of ``room``, 43 letters; equal values of a field have equal ones.

    Raises
    ------
    InputError: the field is not one of ``FIELDS``, or the value is too short to hide.
    """
    if field not in FIELDS:
        raise InputError(
            f"There is no blind index for {field!r}: only for fields with values too many to try.",
            next_step="Use one of: " + ", ".join(sorted(FIELDS)) + "; or search after an opening.",
        )
    if len(key) < 32:
        raise InputError("The key of the blind index is too short.", next_step="Make a new one of 32 random bytes.")
    plain = FIELDS[field](value)
    if len(plain) < SHORTEST:
        raise InputError(f"This value of {field} is too short to be one.", next_step="Check it and enter it again.")
    return encode(hmac.new(key, canonical(["clarion index 1", room, field, plain]), sha256).digest())
