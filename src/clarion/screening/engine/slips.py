"""Keys that are a slip or two apart: an insertion, a deletion, another letter, or two that changed places.

Two such keys share a form of either with as many letters left out, or none; so they are found without comparing every
key with every other (Garbe, symmetric deletes, 2012). Forms are kept as numbers, sorted: 60,000 names have millions.
What shares a number is compared letter by letter (optimal string alignment), so a chance collision changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from clarion.compute.kernel import kernel
from clarion.screening.engine.alignment import FAR, NEAR

SHORTEST_NEAR, SHORTEST_FAR = 4, 8
"""Letters of a key from which on one slip, and two, still leave a name that can be told from others."""
LONGEST_FAR = 40
"""Letters of a key up to which two slips are looked for: the forms of a longer one are too many."""
Numbers = NDArray[np.uint64]


class Slips:
    """``keys`` by number, found again by what is nearly the same."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        forms = [_forms(key) for key in self.keys]
        owner = np.repeat(np.arange(len(forms), dtype=np.int32), [found.size for found in forms])
        flat = np.concatenate(forms) if forms else np.zeros(0, np.uint64)
        order = np.argsort(flat, kind="stable")
        self._forms, self._owner = flat[order], owner[order]

    def near(self, key: str) -> Iterator[tuple[str, int]]:
        """Other keys within one slip (``NEAR``) of ``key``, or of a long one within two (``FAR``)."""
        forms = _forms(key)
        first, last = (np.searchsorted(self._forms, forms, side=side) for side in ("left", "right"))
        held = last > first
        owners = {
            owner for at, end in zip(first[held].tolist(), last[held].tolist(), strict=True)
            for owner in self._owner[at:end].tolist()
        }  # fmt: skip
        others = [self.keys[owner] for owner in sorted(owners)]
        for other, slips in zip(others, _slips(key, others), strict=True):
            if slips == 1:
                yield other, NEAR
            elif slips == 2 and min(len(key), len(other)) >= SHORTEST_FAR:
                yield other, FAR


def _slips(key: str, others: Sequence[str]) -> list[int]:
    """How many slips each is away; three stands for more. One call for all, for most of the others are too far."""
    return list(map(int, cdist([key], others, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)[0]))


def _forms(key: str) -> Numbers:
    if len(key) < SHORTEST_NEAR:
        return np.zeros(0, np.uint64)
    letters = np.frombuffer(key.encode("utf-32-le", "surrogatepass"), np.uint32)
    found: Numbers = np.unique(_numbers(letters, SHORTEST_FAR <= len(key) <= LONGEST_FAR))
    return found


@kernel()
def _numbers(letters, twice):  # type: ignore[no-untyped-def]
    """A number for the key, for each form without one letter, and with ``twice`` for each without two."""
    n = letters.size
    found = np.empty(1 + n + (n * (n - 1) // 2 if twice else 0), np.uint64)
    count = 0
    for first in range(-1, n):
        for second in range(first, n if twice and first >= 0 else first + 1):
            number = np.uint64(14695981039346656037)  # FNV-1a, over letters in place of bytes
            for at in range(n):
                if at != first and at != second:
                    number = (number ^ np.uint64(letters[at])) * np.uint64(1099511628211)
            found[count] = number
            count += 1
    return found[:count]
