"""Split a key so that any m of n people rebuild it and m - 1 know nothing.

For every group of m people the key is the exclusive or of m random strings, one for each of them (Ito, Saito and
Nishizeki 1987; Benaloh and Leichter 1988, for the access structure "m of n"). Nothing but XOR is computed, so there is
no field arithmetic to get wrong and no table whose timing could leak. The price is length: a person's part holds one
string for each group they are in, C(n-1, m-1) of them; for 2 of 3 that is 64 bytes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from itertools import combinations
from math import comb

from clarion.seal.errors import BadDocument, NotEnough

KEY = 32  # bytes
MOST = 9  # people: at 5 of 9 a part holds 70 strings


def part_length(threshold: int, people: int) -> int:
    """Bytes of one person's part."""
    return KEY * comb(people - 1, threshold - 1)


def split(key: bytes, threshold: int, people: int) -> list[bytes]:
    """``people`` parts of a 32-byte ``key``, in the people's order; any ``threshold`` of them rebuild it."""
    assert len(key) == KEY
    assert 1 <= threshold <= people <= MOST
    parts: list[list[bytes]] = [[] for _ in range(people)]
    for group in combinations(range(people), threshold):
        strings = [secrets.token_bytes(KEY) for _ in group[1:]]
        strings.append(_xor(key, *strings))
        for person, string in zip(group, strings, strict=True):
            parts[person].append(string)
    return [b"".join(strings) for strings in parts]


def join(parts: Mapping[int, bytes], threshold: int, people: int) -> bytes:
    """The key, from the parts of exactly ``threshold`` people (by their place in the order, from 0).

    A false part gives a false key, not an error: whoever joins checks the value's commitment.

    Raises
    ------
    NotEnough: other than ``threshold`` parts.
    BadDocument: a part has the wrong length.
    """
    group = tuple(sorted(parts))
    if len(group) != threshold:
        raise NotEnough(
            f"{len(group)} of the {threshold} parts are here.", next_step="Wait for more keyholders to approve."
        )
    if any(len(part) != part_length(threshold, people) for part in parts.values()):
        raise BadDocument("A keyholder's part has the wrong length.", next_step="Ask that keyholder to approve again.")
    strings = []
    for person in group:
        theirs = [other for other in combinations(range(people), threshold) if person in other]
        at = theirs.index(group) * KEY
        strings.append(parts[person][at : at + KEY])
    return _xor(*strings)


def _xor(*strings: bytes) -> bytes:
    total = 0
    for string in strings:
        total ^= int.from_bytes(string, "big")
    return total.to_bytes(KEY, "big")
