"""Hide how long a value is: every one fills a bucket."""

from __future__ import annotations

from clarion.errors import InputError
from clarion.seal.errors import SealError

SMALLEST = 1024  # bytes: a person's names, numbers and accounts fit
LARGEST = 65_536


def pad(value: bytes) -> bytes:
    """``value``, its length before it, filled with zeros to 1, 2, 4 ... 64 KiB.

    Raises
    ------
    InputError: it is longer than the largest bucket.
    """
    bucket = SMALLEST
    while bucket < len(value) + 4:
        bucket *= 2
    if bucket > LARGEST:
        raise InputError(
            f"A sealed value holds at most {LARGEST - 4:,} bytes; this one has {len(value):,}.",
            next_step="Seal the facts about the person, and keep documents as files of their own.",
        )
    return (len(value).to_bytes(4, "big") + value).ljust(bucket, b"\0")


def unpad(padded: bytes) -> bytes:
    """The value within.

    Raises
    ------
    SealError: the filling is not zeros or the length cannot be.
    """
    length = int.from_bytes(padded[:4], "big")
    if len(padded) < SMALLEST or length > len(padded) - 4 or padded[4 + length :].strip(b"\0"):
        raise SealError("A sealed value was not filled as values are.", next_step="Do not trust it; tell a keyholder.")
    return padded[4 : 4 + length]
