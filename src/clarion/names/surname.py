"""Surnames: feminine and masculine forms under one key, and endings that mark a surname."""

from __future__ import annotations

from functools import cache, lru_cache

from clarion.names.letters import fold
from clarion.names.skeleton import MOST_KEYS, close, skeletons, sounds
from clarion.names.tables import rows

_MARKING = 2  # letters that must stand before an ending


@lru_cache(maxsize=65536)
def masculine(surname: str, sex: str = "", german: bool = False) -> tuple[str, ...]:
    """The keys of a surname with feminine endings turned masculine: Иванова has that of Иванов.

    A man's name (``sex="m"``) keeps its form. Otherwise both are given, the masculine first, for a woman may be called
    Сова or Калина; at most eight keys. ``german`` as in ``skeletons``.
    """
    keys: dict[str, None] = {}
    for sound in sounds(surname, german):
        if sex != "m":
            for ending, forms in _feminine():
                if sound.endswith(ending) and len(sound) - len(ending) >= _MARKING:
                    keys |= dict.fromkeys(close(sound[: -len(ending)] + form) for form in forms)
                    break
        keys[close(sound)] = None
    return tuple(keys)[:MOST_KEYS]


@lru_cache(maxsize=65536)
def surname_ids(surname: str) -> frozenset[str]:
    """The ids of the sets of forms with ``surname``: Саркисян and Sargsyan share one that their keys do not show."""
    return frozenset(it for key in masculine(surname) for it in _forms().get(key, ()))


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("surname_forms.csv"):
        forms = row["forms"].split()
        for key in dict.fromkeys(key for form in forms for key in skeletons(form)[:2]):
            found[key] = (*found.get(key, ()), f"{fold(forms[0])}/s")
    return found


@lru_cache(maxsize=65536)
def feminine_ending(surname: str) -> bool:
    """Whether the likeliest reading ends as only a woman's surname does (-ова, -ская); -ина and -ка may be a man's."""
    sound = next(iter(sounds(surname)), "")
    return sound.endswith(("ova", "eva", "aia")) and len(sound) > 4


@lru_cache(maxsize=65536)
def surname_ending(token: str) -> bool:
    """Whether the likeliest reading of ``token`` ends as surnames do."""
    sound = next(iter(sounds(token)), "")
    return any(sound.endswith(ending) and len(sound) - len(ending) >= _MARKING for ending in _all_endings())


@lru_cache(maxsize=1)
def _feminine() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = [(row["ending"], tuple(row["masculine"].split())) for row in rows("surname_endings.csv")]
    return tuple(sorted((it for it in found if it[1] != ("-",)), key=lambda it: -len(it[0])))


@lru_cache(maxsize=1)
def _all_endings() -> tuple[str, ...]:
    return tuple(row["ending"] for row in rows("surname_endings.csv"))
