"""Names whose words were run together or broken apart: ``IvanPetrov``, ``Влади мир ПУ ТИН``.

Words are compared one by one elsewhere; here a whole name is, without its blanks. It is looked for only where a word of
the question is like no word of any list, so that ordinary questions cost nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz.distance import OSA

from clarion.screening.engine.alignment import INITIAL, SOUND
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


class Joined:
    """The names of an index by their sounds without blanks, given name first and surname first."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    @cached_property
    def _by_shape(self) -> dict[str, list[int]]:
        """Made at the first question that needs it: most have no word that no list has."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, parts in enumerate(self._index.names):
            for turn in range(len(parts) if len(_sounds(parts)) >= SHORTEST else 0):
                found[_shape(_sounds([*parts[turn:], *parts[:turn]]))].append(number)
        return found

    def find(self, parts: Sequence[Part]) -> list[int]:
        """The numbers of the names that ``parts`` spell with other blanks."""
        if all(self._index.knows(word) for word, role in parts if role != INITIAL):
            return []
        sounds = _sounds(parts)
        if len(sounds) < SHORTEST:
            return []
        return [
            number for number in self._by_shape.get(_shape(sounds), ())
            if len(self._index.names[number]) != len(parts)
            and _nearest(sounds, self._index.names[number]) <= len(sounds) // PER_SLIP
        ]  # fmt: skip

    def evidence(self, parts: Sequence[Part], number: int) -> list[Evidence]:
        """Every part of the listed name, as one that sounds the same."""
        text = " ".join(word.text for word, _ in parts)
        return [
            Evidence(ITEMS[role], FINDING, text, word.text, self._index.gained(number, at, role, SOUND, role))
            for at, (word, role) in enumerate(self._index.names[number])
        ]


def _sounds(parts: Sequence[Part]) -> str:
    return "".join(word.keys[0] for word, _ in parts if word.keys)


def _shape(sounds: str) -> str:
    return _VOWELS.sub("a", sounds)


def _nearest(sounds: str, parts: Sequence[Part]) -> int:
    turns = ([*parts[turn:], *parts[:turn]] for turn in range(len(parts)))
    return min(int(OSA.distance(sounds, _sounds(turned))) for turned in turns)
