"""The words of listed names, and which of them a word of a question compares to, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from clarion.screening.engine.alignment import EQUAL, FAR, LETTER, NEAR, SAME, SHORT, SOUND
from clarion.screening.engine.words import Word

_LOOSER = {"k:": ("k:",), "d:": ("d:", "f:"), "f:": ("d:",)}
"""A half agrees with a half or a whole; a short form with what it is short for; two whole names are two names."""
SHORTEST_NEAR, SHORTEST_FAR = 4, 8
"""Letters of a key from which on one slip, and two, still leave a name that can be told from others."""


class Vocabulary:
    """Numbered words, found again by their letters, keys, families and by keys that lack a letter or two.

    A slip is an insertion, a deletion, another letter, or two that changed places (optimal string alignment). Two keys
    that are one slip apart share a form of either with one letter left out or none; that is how they are found, without
    comparing every word with every other (Garbe, symmetric deletes, 2012).
    """

    def __init__(self, words: Iterable[Word]) -> None:
        self.words: list[Word] = []
        self.number: dict[Word, int] = {}
        self._texts: dict[str, list[int]] = defaultdict(list)
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._families: dict[str, list[int]] = defaultdict(list)
        self._looser: dict[str, list[int]] = defaultdict(list)
        self._kin: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._cut: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if word not in self.number:
                self._add(word)

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
            if key not in self._keys:
                for form in _cuts(key):
                    self._cut[form].append(key)
            self._keys[key].append(index)
        for letter in word.beginnings:
            self._beginnings[letter].append(index)

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
                found.setdefault(index, SOUND)
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
            for other, level in self._near(key):
                for index in self._keys[other]:
                    # A slip rarely makes one known name of another: Захаров is not a misspelt Бочаров.
                    slip = FAR if word.known else level
                    near[index] = min(slip, near.get(index, slip))
        for index, level in near.items():
            found.setdefault(index, level)
        for letter in word.beginnings:
            for index in self._initials.get(letter, ()):
                found.setdefault(index, LETTER)
        return found

    def _near(self, key: str) -> Iterator[tuple[str, int]]:
        if len(key) < SHORTEST_NEAR:
            return
        seen = {key}
        for form in _cuts(key):
            for other in self._cut.get(form, ()):
                if other in seen:
                    continue
                seen.add(other)
                slips = OSA.distance(key, other, score_cutoff=2)
                if slips == 1:
                    yield other, NEAR
                elif slips == 2 and min(len(key), len(other)) >= SHORTEST_FAR:
                    yield other, FAR


def _cuts(key: str) -> set[str]:
    """``key`` and its forms without one letter, and for long keys without two."""
    if len(key) < SHORTEST_NEAR:
        return set()
    once = {key[:i] + key[i + 1 :] for i in range(len(key))}
    forms = {key} | once
    if len(key) >= SHORTEST_FAR:
        forms |= {form[:i] + form[i + 1 :] for form in once for i in range(len(form))}
    return forms
