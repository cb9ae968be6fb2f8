"""An index of listed names: which of them a name could be, and how much speaks for each. It cuts no candidate off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.compute.kernel import kernel
from clarion.screening.engine.alignment import (
    ANY,
    GIVEN,
    INITIAL,
    LETTER,
    MOST_PARTS,
    NONE,
    PATRONYMIC,
    Ints,
    align,
    workspace,
)  # fmt: skip
from clarion.screening.engine.vocabulary import Vocabulary
from clarion.screening.engine.weights import Weights
from clarion.screening.engine.words import Part, Word

MOST_ROWS = 20_000
"""Words of questions whose comparisons are kept at hand, to bound memory; the half that was asked for longest ago goes
first, so that Иван and Иванович stay."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Names as arrays: parts ``start[i]`` to ``start[i + 1]`` belong to name ``i``; ``word`` numbers the rows of the
    relation, whose columns ``token`` (ascending in a row) compare at ``level``."""

    start: Ints
    word: Ints
    role: Ints
    row: Ints
    token: Ints
    level: Ints


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, by name asked for: the number of the listed name, its weight, and which listed part answers which part."""

    asked: Ints
    name: Ints
    weight: Ints
    match: NDArray[np.int32]
    compared: int


class NameIndex:
    """Listed names by number, as lists of parts."""

    def __init__(self, names: Sequence[Sequence[Part]], weights: Weights, people: bool = True) -> None:
        self.names = [tuple(parts[:MOST_PARTS]) for parts in names]
        self.weights = weights
        self.vocabulary = Vocabulary((word for parts in self.names for word, _ in parts), people)
        flat = [(self.vocabulary.number[word], role) for parts in self.names for word, role in parts]
        self.start = _offsets([len(parts) for parts in self.names])
        self.token = np.array([token for token, _ in flat], np.int32)
        self.role = np.array([role for _, role in flat], np.int32)
        self.gain = weights.gains(self.vocabulary.words, self.token, self.role)
        self._post()
        self._rows: dict[Word, tuple[Ints, Ints]] = {}
        self._older: dict[Word, tuple[Ints, Ints]] = {}

    def _post(self) -> None:
        """By token, the names that hold it."""
        owner = np.repeat(np.arange(len(self.names), dtype=np.int32), np.diff(self.start))
        order = np.lexsort((owner, self.token))
        self.posted = _offsets(np.bincount(self.token, minlength=len(self.vocabulary.words)))
        self.holders = owner[order]

    def ask(self, names: Sequence[Sequence[Part]]) -> Asked:
        """Names to look for, with what each of their words compares to."""
        rows: dict[Word, int] = {}
        word, role, sizes = [], [], []
        for parts in names:
            sizes.append(min(len(parts), MOST_PARTS))
            for text, part_role in parts[:MOST_PARTS]:
                word.append(rows.setdefault(text, len(rows)))
                role.append(part_role)
        found = [self._related(key) for key in rows]
        return Asked(
            _offsets(sizes), np.array(word, np.int32), np.array(role, np.int32), _offsets([t.size for t, _ in found]),
            _joined([t for t, _ in found]), _joined([v for _, v in found]),
        )  # fmt: skip

    def _related(self, word: Word) -> tuple[Ints, Ints]:
        if (known := self._rows.get(word)) is None:
            if len(self._rows) >= MOST_ROWS // 2:
                self._rows, self._older = {}, self._rows
            known = self._rows[word] = self._older.get(word) or self._compared(word)
        return known

    def _compared(self, word: Word) -> tuple[Ints, Ints]:
        related = self.vocabulary.related(word)
        token = np.array(sorted(related), np.int32)
        return token, np.array([related[t] for t in token.tolist()], np.int32)

    def knows(self, word: Word) -> bool:
        """Whether any listed word is like ``word``, initials aside."""
        return bool((self._related(word)[1] != LETTER).any())

    def foremost(self, parts: Sequence[Part]) -> Sequence[Part]:
        """The parts of a long name that any listed word is like first: no more than eight are compared."""
        return parts if len(parts) <= MOST_PARTS else sorted(parts, key=lambda part: not self.knows(part[0]))

    def level(self, word: Word, number: int, at: int) -> int:
        """How a word asked for compares to part ``at`` of listed name ``number``."""
        token, level = self._related(word)
        wanted = self.token[self.start[number] + at]
        return int(level[np.searchsorted(token, wanted)])

    def gained(self, number: int, at: int, role: int, level: int, asked_role: int) -> int:
        """What that part gained when it was matched in ``role`` by one of ``asked_role``."""
        crossed = self.weights.crossed if role == ANY and asked_role != ANY else 0
        return int(self.gain[self.token[self.start[number] + at], role, level]) + crossed

    def search(self, names: Sequence[Sequence[Part]], floor: int) -> Found:
        """Every listed name that weighs ``floor`` or more for one of ``names``, most first within each."""
        asked, w = self.ask(names), self.weights
        hits = _search(
            asked.start, asked.word, asked.role, asked.row, asked.token, asked.level, self.start, self.token, self.role,
            self.posted, self.holders, self.gain, w.conflict, w.extra, w.crossed, floor,
        )  # fmt: skip
        return Found(*hits)


def _offsets(sizes: Sequence[int] | NDArray[np.int64]) -> Ints:
    return np.concatenate(([0], np.cumsum(np.asarray(sizes, np.int64)))).astype(np.int32)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


@kernel()
def _level(token, level, low, high, wanted):  # type: ignore[no-untyped-def]
    """The level of ``wanted`` in a row of the relation, by bisection."""
    end = high
    while low < high:
        middle = (low + high) // 2
        if token[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return level[low] if low < end and token[low] == wanted else NONE


@kernel()
def _search(  # type: ignore[no-untyped-def]
    start,
    word,
    role,
    row,
    token,
    level,
    l_start,
    l_token,
    l_role,
    posted,
    holders,
    gain,
    conflict,
    extra,
    crossed,
    floor,
):
    """For each name asked for: gather the listed names that share enough with it, align, and keep those of weight."""
    names = l_start.size - 1
    mark, touched = np.zeros(names, np.int32), np.zeros(names, np.int32)
    room = 1024
    asked, hit, weight = np.zeros(room, np.int32), np.zeros(room, np.int32), np.zeros(room, np.int32)
    match = np.full((room, MOST_PARTS), -1, np.int32)
    trial, levels, within = np.full(MOST_PARTS, -1, np.int32), np.empty((MOST_PARTS, MOST_PARTS), np.int32), workspace()
    count, compared = 0, 0
    for a in range(start.size - 1):
        first, n = start[a], start[a + 1] - start[a]
        reached = 0
        for i in range(n):
            if role[first + i] == INITIAL:
                continue
            w = word[first + i]
            for at in range(row[w], row[w + 1]):
                for p in range(posted[token[at]], posted[token[at] + 1]):
                    name = holders[p]
                    if mark[name] == 0:
                        touched[reached] = name
                        reached += 1
                    mark[name] |= 1 << i
        for c in range(reached):
            name = touched[c]
            bits = mark[name]
            mark[name] = 0
            alone = False  # reached through one part that is no more than a given name or a patronymic
            if bits & (bits - 1) == 0 and n > 1:
                i = 0
                while not bits >> i & 1:
                    i += 1
                alone = role[first + i] == GIVEN or role[first + i] == PATRONYMIC
            if alone and l_start[name + 1] - l_start[name] > 1:
                continue
            compared += 1
            l_first, m = l_start[name], l_start[name + 1] - l_start[name]
            for i in range(n):
                w = word[first + i]
                for j in range(m):
                    levels[i, j] = _level(token, level, row[w], row[w + 1], l_token[l_first + j])
            trial[:] = -1
            score = align(
                role[first : first + n], l_role[l_first : l_first + m], levels, gain, l_token[l_first : l_first + m],
                conflict, extra, crossed, trial, within,
            )  # fmt: skip
            if score < floor:
                continue
            if count == room:
                room *= 2
                asked, hit, weight = _more(asked, room), _more(hit, room), _more(weight, room)
                larger = np.full((room, MOST_PARTS), -1, np.int32)
                larger[:count] = match
                match = larger
            asked[count], hit[count], weight[count] = a, name, score
            match[count] = trial
            count += 1
    return asked[:count], hit[:count], weight[:count], match[:count], compared


@kernel()
def _more(array, room):  # type: ignore[no-untyped-def]
    larger = np.zeros(room, array.dtype)
    larger[: array.size] = array
    return larger
