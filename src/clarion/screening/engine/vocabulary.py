"""The words of listed names, and which of them a word of a question compares to, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from clarion.names import script
from clarion.screening.engine.alignment import EQUAL, FAR, LETTER, NEAR, SAME, SHORT, SOUND
from clarion.screening.engine.slips import Slips
from clarion.screening.engine.words import Word

_LOOSER = {"k:": ("k:",), "d:": ("d:", "f:"), "f:": ("d:",)}
"""A half agrees with a half or a whole; a short form with what it is short for; two whole names are two names."""


SHORTEST_HEARD = 7
"""Sounds of a word of an organisation from which on another spelling in the same alphabet is that word."""


class Vocabulary:
    """Numbered words, found again by their letters, keys, families and by keys that are nearly the same."""

    def __init__(self, words: Iterable[Word], people: bool = True) -> None:
        self._people = people
        self.words: list[Word] = []
        self.number: dict[Word, int] = {}
        self._texts: dict[str, list[int]] = defaultdict(list)
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._families: dict[str, list[int]] = defaultdict(list)
        self._looser: dict[str, list[int]] = defaultdict(list)
        self._kin: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        for word in words:
            if word not in self.number:
                self._add(word)
        self._slips = Slips(list(self._keys))

    def _add(self, word: Word) -> None:
        index = self.number[word] = len(self.words)
        self.words.append(word)
        if word.initial:
            for letter in word.beginnings:
                self._initials[letter].append(index)
            return
        self._texts[word.text].append(index)
        for family in word.families:
            self._families[family].append(index)
        for family in word.looser:
            self._looser[family].append(index)
        for key in word.kin:
            self._kin[key].append(index)
        for key in word.keys:
            self._keys[key].append(index)
        for letter in word.beginnings:
            self._beginnings[letter].append(index)

    def _heard(self, word: Word, key: str, index: int) -> int:
        """Words of organisations are of many languages: short ones that only sound alike (Sina, Sino) are two words,
        but where one of them is written in another alphabet."""
        return SOUND if len(key) >= SHORTEST_HEARD or script(word.text) != script(self.words[index].text) else NEAR

    def related(self, word: Word) -> dict[int, int]:
        """The numbers of the words that ``word`` compares to, each with its closest level."""
        found: dict[int, int] = {}
        if word.initial:
            for letter in word.beginnings:
                found |= dict.fromkeys((*self._beginnings.get(letter, ()), *self._initials.get(letter, ())), LETTER)
            return found
        found |= dict.fromkeys(self._texts.get(word.text, ()), SAME)
        for key in word.keys:
            for index in self._keys.get(key, ()):
                found.setdefault(index, SOUND if self._people else self._heard(word, key, index))
        for family in word.families:
            for index in self._families.get(family, ()):
                found.setdefault(index, EQUAL)
        for key in word.kin:
            for other in (key, f"-{key}") if key[0] != "-" else (key[1:],):
                for index in self._kin.get(other, ()):
                    found.setdefault(index, EQUAL)
        for family in word.looser:
            for other in _LOOSER.get(family[:2], ()):
                for index in self._looser.get(other + family[2:], ()):
                    found.setdefault(index, SHORT)
        near: dict[int, int] = {}
        for key in word.keys:
            for other, level in self._slips.near(key):
                for index in self._keys[other]:
                    # A slip rarely makes one known name of another: Захаров is not a misspelt Бочаров.
                    slip = FAR if word.known and self.words[index].known else level
                    near[index] = min(slip, near.get(index, slip))
        for index, level in near.items():
            found.setdefault(index, level)
        for letter in word.beginnings:
            for index in self._initials.get(letter, ()):
                found.setdefault(index, LETTER)
        return found
