"""What agreements and conflicts of names weigh.

A part that agrees weighs log2(m / u): ``m`` is how often parts of a true pair agree in this way, ``u`` how often those
of strangers do, which is the share of people who bear the name (Fellegi and Sunter 1969; term frequencies after Winkler
1989). So Иванов weighs little and a rare surname much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clarion.names import frequency
from clarion.screening.engine.alignment import (
    ANY,
    CORE,
    EQUAL,
    FAR,
    FORM,
    FORMER,
    GENERIC,
    GIVEN,
    INITIAL,
    LETTER,
    LEVELS,
    NEAR,
    NUMBER,
    PATRONYMIC,
    ROLES,
    SAME,
    SHORT,
    SOUND,
    SURNAME,
    Ints,
)  # fmt: skip
from clarion.screening.engine.evidence import bits
from clarion.screening.engine.words import Word

NAMED = {GIVEN: "given", PATRONYMIC: "patronymic", SURNAME: "surname", FORMER: "surname"}
# How often the parts of a true pair compare in this way.
TRUE = {SAME: 0.90, SOUND: 0.90, EQUAL: 0.30, SHORT: 0.03, NEAR: 0.03, FAR: 0.01, LETTER: 0.95}
# How often strangers' parts are so near by chance: the share of people whose name is within one slip, or two.
NEAR_BY_CHANCE = {GIVEN: 0.01, PATRONYMIC: 0.01, SURNAME: 0.006, FORMER: 0.006, ANY: 0.02, CORE: 1e-3}
FAR_BY_CHANCE = {GIVEN: 0.02, PATRONYMIC: 0.02, SURNAME: 0.01, FORMER: 0.01, ANY: 0.03, CORE: 1e-3}
LETTER_BY_CHANCE = 0.09
# Organisations: any number and any legal form by chance; what a word that many have tells at most (1/1000 bit).
NUMBER_BY_CHANCE, FORM_BY_CHANCE, GENERIC_MOST = 0.05, 0.4, 4000
RAREST = {GIVEN: 1e-5, PATRONYMIC: 1e-5, SURNAME: 3e-6, FORMER: 3e-6, ANY: 1e-5, CORE: 1e-3}

FEWEST = 1000
"""Names of a list from which on its own shares count as they are: two brothers on a short list make no name common."""

CONFLICT = {
    ANY: bits(0.003, 1.0), GIVEN: bits(0.0001, 1.0), PATRONYMIC: bits(0.0005, 1.0), SURNAME: bits(0.001, 1.0),
    INITIAL: bits(0.003, 1.0), GENERIC: bits(0.05, 1.0), NUMBER: bits(1e-9, 1.0), FORM: bits(0.25, 1.0),
    CORE: bits(0.004, 1.0),
}  # fmt: skip
EXTRA = {
    ANY: bits(0.3, 1.0), SURNAME: bits(0.5, 1.0), CORE: bits(0.25, 1.0), NUMBER: bits(0.05, 1.0),
    GENERIC: bits(0.7, 1.0),
}  # fmt: skip


def _by_role(values: dict[int, int]) -> Ints:
    return np.array([values.get(role, 0) for role in range(ROLES)], np.int32)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of conflicts and leftovers by role, in thousandths of a bit; ``crossed`` is for parts that were taken for
    given name and surname by turns."""

    conflict: Ints = field(default_factory=lambda: _by_role(CONFLICT))
    extra: Ints = field(default_factory=lambda: _by_role(EXTRA))
    crossed: int = -3000

    def gains(self, words: Sequence[Word], token: Ints, role: Ints) -> NDArray[np.int32]:
        """What an agreement with each listed word is worth: (words, ROLES, LEVELS)."""
        held = Counter(zip(token.tolist(), role.tolist(), strict=True))
        people, bodies = (max(FEWEST, int((role == of).sum())) for of in (SURNAME, CORE))
        found = np.zeros((len(words), ROLES, LEVELS), np.int32)
        for number, word in enumerate(words):
            # A name that the list itself holds often is common somewhere, whatever the tables of the region say.
            often = max(0, sum(held[number, r] for r in (ANY, GIVEN, SURNAME, FORMER)) - 1) / people
            for as_role in (ANY, GIVEN, PATRONYMIC, SURNAME, FORMER):
                _fill(found[number, as_role], as_role, max(_share(word, as_role), often, RAREST[as_role]))
            found[number, INITIAL, SAME] = found[number, INITIAL, LETTER] = bits(TRUE[LETTER], LETTER_BY_CHANCE)
            often = max(0, held[number, CORE] + held[number, GENERIC] - 1) / bodies
            _fill(found[number, CORE], CORE, max(often, RAREST[CORE]))
            found[number, GENERIC] = np.minimum(found[number, CORE], GENERIC_MOST)
            found[number, NUMBER, SAME:FAR] = bits(0.9, NUMBER_BY_CHANCE)
            found[number, FORM, SAME:FAR] = bits(0.6, FORM_BY_CHANCE)
        return found


def _fill(levels: NDArray[np.int32], role: int, share: float) -> None:
    """What agreements of each level with a word are worth that ``share`` of strangers bear in this role."""
    for level in (SAME, SOUND, EQUAL, SHORT):
        levels[level] = bits(TRUE[level], share)
    levels[NEAR] = bits(TRUE[NEAR], max(share, NEAR_BY_CHANCE[role]))
    levels[FAR] = bits(TRUE[FAR], max(share, FAR_BY_CHANCE[role]))
    levels[LETTER] = bits(TRUE[LETTER], LETTER_BY_CHANCE)


def _share(word: Word, role: int) -> float:
    if role == ANY:
        return max(frequency(word.text, "given"), frequency(word.text, "surname"))
    return frequency(word.text, NAMED[role])
