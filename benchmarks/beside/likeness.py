"""Likeness of letters by rapidfuzz, on names in plain Latin letters; of several listed names the nearest counts."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from beside.environments import Pair
from clarion.names import fold, romanise, script

_NOT_LETTERS = re.compile("[^a-z0-9 ]+")
_SYSTEMS = {"cyrillic": "bgn_ru_plain", "armenian": "bgn_hy", "georgian": "ka_2002"}
SCORERS = {
    "rapidfuzz WRatio": (fuzz.WRatio, 90.0), "rapidfuzz token_sort_ratio": (fuzz.token_sort_ratio, 85.0),
    "Jaro-Winkler": (lambda a, b: 100 * JaroWinkler.similarity(a, b), 85.0),
}  # fmt: skip
"""With the threshold that is commonly taken; rapidfuzz itself recommends none."""


@cache
def plain(name: str) -> str:
    """Small Latin letters, words in alphabetical order; else no likeness finds anything in Cyrillic."""
    system = _SYSTEMS.get(script(name))
    text = fold(romanise(name, system) if system else name)
    return " ".join(sorted(_NOT_LETTERS.sub(" ", text.replace("'", "")).split()))


def likeness(name: str, pairs: Sequence[Pair]) -> tuple[list[float], float]:
    """Scores of pairs from 0 to 100, and the seconds they took, without making the names plain."""
    score = SCORERS[name][0]
    asked = [(plain(payee.name), [plain(one.whole) for one in party.names]) for payee, party in pairs]
    begun = time.process_time()
    scores = [max(score(mine, other) for other in theirs) for mine, theirs in asked]
    return scores, time.process_time() - begun
