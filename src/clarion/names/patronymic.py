"""Patronymics: told by their endings in every romanisation, and traced to the father's name.

``-ович`` and ``-івна``, ``-оглы`` and ``-қызы`` are looked for in the sounds of a token, not in its letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clarion.names.given import given_names, givens
from clarion.names.letters import script
from clarion.names.skeleton import skeleton, skeletons
from clarion.names.tables import rows

_VOWELS = "aeiu"
_TURKIC = (
    "ұлы",
    "улы",
    "уулу",
    "оглы",
    "оглу",
    "кызы",
    "қызы",
    "uly",
    "ulı",
    "uulu",
    "ogly",
    "oglu",
    "kyzy",
    "qyzy",
    "qızı",
)
_SHORTEST = 2  # sounds of a stem


@dataclass(frozen=True, slots=True)
class Patronymic:
    """``sex`` of the bearer (``m``, ``f``); ``fathers``: ids of given names, empty when unknown."""

    sex: str
    fathers: frozenset[str]


@lru_cache(maxsize=65536)
def patronymic(token: str) -> Patronymic | None:
    """What ``token`` says as a patronymic, or None. Endings that are common in surnames too (-ич, an attached -улы)
    count only after a known father; ``-ович`` counts always, with ``fathers`` empty where unknown."""
    unknown = None
    for key in skeletons(token):
        for kind, ending, sex in _endings():
            stem = key.removesuffix(ending)
            if len(stem) == len(key) or len(stem) < _SHORTEST:
                continue
            fathers = _fathers(kind == "ending_short").get(stem.rstrip(_VOWELS))
            if fathers:
                return Patronymic(sex, fathers)
            if kind == "ending" or (kind == "attached" and token.endswith(_TURKIC)):
                unknown = unknown or Patronymic(sex, frozenset())
    return unknown


def son_or_daughter(token: str) -> str:
    """The sex that a word beside the father's name says (``оглы`` m, ``кызы`` f), or the empty text."""
    return _words().get(token, "")


def father_ids(token: str) -> frozenset[str]:
    """The ids of the men's names that ``token`` spells: what stands before ``оглы``."""
    return frozenset(name.id for name in givens(token) if name.sex == "m")


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str, str], ...]:
    kinds = ("ending", "ending_short", "attached")
    found = [(row["kind"], row["value"], row["sex"]) for row in rows("patronymics.csv") if row["kind"] in kinds]
    return tuple(sorted(found, key=lambda ending: -len(ending[1])))


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {row["value"]: row["sex"] for row in rows("patronymics.csv") if row["kind"] == "word"}


@lru_cache(maxsize=2)
def _fathers(short: bool) -> dict[str, frozenset[str]]:
    """Men's names by the stem of the patronymic: the key without its last vowels, and what the table adds.

    Only Cyrillic forms: a Latin one (Łukasz) makes surnames (Лукашевич), not patronymics. ``short``: those of -ич.
    """
    found: dict[str, frozenset[str]] = {}
    for name in () if short else given_names():
        for form in name.forms if name.sex == "m" else ():
            stem = skeleton(form).rstrip(_VOWELS)
            if script(form) == "cyrillic" and len(stem) >= _SHORTEST:
                found[stem] = found.get(stem, frozenset()) | {name.id}
    for row in rows("patronymics.csv"):
        if row["kind"] == ("stem_short" if short else "stem"):
            found[row["value"]] = found.get(row["value"], frozenset()) | father_ids(row["note"])
    return found
