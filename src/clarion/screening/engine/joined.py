"""Names whose words were run together or broken apart: ``IvanPetrov``, ``Влади мир ПУ ТИН``.

Words are compared one by one elsewhere; here a whole name is, without its blanks. It is looked for only where a word of
the question is like no word of any list, so that ordinary questions cost nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from clarion.screening.engine.alignment import INITIAL, PATRONYMIC, SOUND
from clarion.screening.engine.evidence import Evidence
from clarion.screening.engine.index import NameIndex
from clarion.screening.engine.ledger import ITEMS
from clarion.screening.engine.words import Part

SHORTEST = 8
"""Sounds of a whole name from which on it is told from others without its blanks."""
PER_SLIP = 5
"""Sounds of a name for each that may differ: a key depends a little on where words end."""
FINDING = "run together or apart"
_VOWELS = re.compile("[aeiou]+")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A listed name that the question spells with other blanks: its number, and which of its parts are meant."""

    number: int
    parts: tuple[int, ...]


class Joined:
    """The names of an index by their sounds without blanks, given name first and surname first, each as a whole and
    without its patronymic."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    @cached_property
    def _by_shape(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        """Check sums of the shapes, sorted, and for each the number of its name, twice, plus one without patronymic.
        Made at the first question that needs it: most have no word that no list has."""
        sums, codes = array("I"), array("i")
        for number, parts in enumerate(self._index.names):
            for short, chosen in enumerate(_meant(parts)):
                held = [parts[at] for at in chosen]
                for turn in range(len(held) if len(_sounds(held)) >= SHORTEST else 0):
                    sums.append(_sum(_sounds([*held[turn:], *held[:turn]])))
                    codes.append(2 * number + short)
        flat = np.array(sums, np.uint32)
        order = np.argsort(flat, kind="stable")
        return flat[order], np.array(codes, np.int32)[order]

    def find(self, parts: Sequence[Part]) -> list[Spelled]:
        """The names that ``parts`` spell with other blanks."""
        if all(self._index.knows(word) for word, role in parts if role != INITIAL):
            return []
        sounds = _sounds(parts)
        if len(sounds) < SHORTEST:
            return []
        shapes, codes = self._by_shape
        first, last = (int(np.searchsorted(shapes, np.uint32(_sum(sounds)), side=side)) for side in ("left", "right"))
        alike = (
            Spelled(code // 2, _meant(self._index.names[code // 2])[code % 2])
            for code in sorted(set(codes[first:last].tolist()))
        )
        return [
            one for one in alike
            if len(one.parts) != len(parts) and _nearest(sounds, self._held(one)) <= len(sounds) // PER_SLIP
        ]  # fmt: skip

    def evidence(self, parts: Sequence[Part], one: Spelled) -> list[Evidence]:
        """Every part that is meant, as one that sounds the same."""
        text = " ".join(word.as_written for word, _ in parts)
        return [
            Evidence(ITEMS[role], FINDING, text, word.text, self._index.gained(one.number, at, role, SOUND, role))
            for at, (word, role) in zip(one.parts, self._held(one), strict=True)
        ]

    def _held(self, one: Spelled) -> list[Part]:
        return [self._index.names[one.number][at] for at in one.parts]


def _meant(parts: Sequence[Part]) -> list[tuple[int, ...]]:
    """All parts of a name, and all but the patronymic where two remain."""
    short = tuple(at for at, (_, role) in enumerate(parts) if role != PATRONYMIC)
    whole = tuple(range(len(parts)))
    return [whole, short] if 1 < len(short) < len(whole) else [whole]


def _sounds(parts: Sequence[Part]) -> str:
    return "".join(word.keys[0] for word, _ in parts if word.keys)


def _sum(sounds: str) -> int:
    """A check sum of the consonants; what shares one by chance is compared sound by sound."""
    return crc32(_VOWELS.sub("a", sounds).encode())


def _nearest(sounds: str, parts: Sequence[Part]) -> int:
    turns = ([*parts[turn:], *parts[:turn]] for turn in range(len(parts)))
    return min(int(OSA.distance(sounds, _sounds(turned))) for turned in turns)
