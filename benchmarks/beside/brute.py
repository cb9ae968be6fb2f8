"""Every listed name weighed for every payee, without an index: what blocking is measured against.

Words are compared with every word of the list by the distance itself, not by letters left out, and every listed name is
aligned, whatever it shares with the question. Slow, and meant to be.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from clarion.compute.kernel import kernel
from clarion.screening.engine.alignment import FAR, NEAR, NONE, align, workspace
from clarion.screening.engine.index import Asked, NameIndex
from clarion.screening.engine.slips import SHORTEST_FAR, SHORTEST_NEAR
from clarion.screening.engine.words import Part, Word


def weights(index: NameIndex, names: Sequence[Sequence[Part]]) -> NDArray[np.int32]:
    """The weight of each listed name (columns) for each name asked for (rows), in thousandths of a bit."""
    asked, w = index.ask(names), index.weights
    words = list(dict.fromkeys(word for parts in names for word, _ in parts[:8]))
    related = _all_levels(index, words, asked)
    found: NDArray[np.int32] = _weighed(
        asked.start, asked.word, asked.role, related, index.start, index.token, index.role, index.gain, w.conflict,
        w.extra, w.crossed,
    )  # fmt: skip
    return found


def _all_levels(index: NameIndex, words: Sequence[Word], asked: Asked) -> NDArray[np.int32]:
    """Levels of the asked words (rows) with all of the list's: equalities as the index has them, exact look-ups of
    letters, keys and families; slips by the distance of every key to every key."""
    vocabulary = index.vocabulary
    levels = np.full((len(words), len(vocabulary.words)), NONE, np.int32)
    keys = [key for word in vocabulary.words if not word.initial for key in word.keys]
    owners = np.array([at for at, word in enumerate(vocabulary.words) if not word.initial for _ in word.keys])
    sizes = np.array([len(key) for key in keys])
    for row, word in enumerate(words):
        if not word.initial:
            for key in word.keys:
                slips = process.cdist([key], keys, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)[0]
                shorter = np.minimum(sizes, len(key))
                # As the engine has it: a slip rarely makes one known name of another.
                once = FAR if word.known else NEAR
                for level, near in (
                    (FAR, (slips == 2) & (shorter >= SHORTEST_FAR)),
                    (once, (slips == 1) & (shorter >= SHORTEST_NEAR)),
                ):
                    levels[row, owners[near]] = np.where(levels[row, owners[near]] == NEAR, NEAR, level)
        span = slice(asked.row[row], asked.row[row + 1])
        exact = ~np.isin(asked.level[span], (NEAR, FAR))
        levels[row, asked.token[span][exact]] = asked.level[span][exact]
    return levels


@kernel()
def _weighed(start, word, role, related, l_start, l_token, l_role, gain, conflict, extra, crossed):  # type: ignore[no-untyped-def]
    names = l_start.size - 1
    found = np.zeros((start.size - 1, names), np.int32)
    trial, within = np.full(8, -1, np.int32), workspace()
    for a in range(start.size - 1):
        first, n = start[a], start[a + 1] - start[a]
        for name in range(names):
            l_first, m = l_start[name], l_start[name + 1] - l_start[name]
            levels = np.zeros((n, m), np.int32)
            some = False
            for i in range(n):
                for j in range(m):
                    levels[i, j] = related[word[first + i], l_token[l_first + j]]
                    some = some or levels[i, j] != NONE
            if not some:  # parts that share nothing weigh nothing for, and can only speak against
                continue
            trial[:] = -1
            found[a, name] = align(
                role[first : first + n], l_role[l_first : l_first + m], levels, gain, l_token[l_first : l_first + m],
                conflict, extra, crossed, trial, within,
            )  # fmt: skip
    return found
