"""Adjectives of places and things, and what they are of: Арзамасский завод is the Arzamas Plant in English."""

from __future__ import annotations

import re
from functools import lru_cache

from clarion.names.skeleton import skeletons

_FEWEST = 4  # sounds of a root: Омский and Omsk share too little
_ADJECTIVE = re.compile(
    r"(?P<stem>[^\W\d_]{3,}?)(?:(?:сь?к|ць?к|н)(?:ий|ый|ой|ая|яя|ое|ее|е|а|ие|ые|і|ого|его|ому|ых|их|ую|ым|им)"
    r"|(?:t?sk|ck)(?:iy|y|ij|ii|i|aya|aia|aja|oe|oye|oje|ogo|ie|ye))"
)
_LINK = re.compile(r"(?:[оеё]в|[иеэя]н)$")  # Туапсинский of Туапсе, Улан-Удэнский
_TOWN = re.compile(r"(?:сь?к|ць?к|t?sk|ck)$")
_LAST = re.compile(r"[аеёийоуыьэюяіїaeiouyj]+$")
_SOFTENED = {"ж": "г", "ч": "к", "ш": "х"}


@lru_cache(maxsize=65536)
def roots(word: str) -> frozenset[str]:
    """Marks of a folded word by which an adjective is known in the noun that it is of, and in another adjective of it:
    ``r:`` of an adjective, ``-r:`` of any other word; two of these share nothing. Empty for what is too short."""
    found = _ADJECTIVE.fullmatch(word)
    if found is None:
        return frozenset(f"-r:{key}" for key in _keys((word, _TOWN.sub("", word))))
    stem = found["stem"]
    hard = stem[:-1] + _SOFTENED.get(stem[-1], stem[-1])
    return frozenset(f"r:{key}" for key in _keys((stem, hard, _LINK.sub("", stem))))


def _keys(stems: tuple[str, ...]) -> list[str]:
    return [key for stem in stems for key in skeletons(_LAST.sub("", stem))[:2] if len(key) >= _FEWEST]
