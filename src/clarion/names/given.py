"""Given names: whose they are, what is short for them, and which names of other languages are the same.

The tables (``data/given_slavic.csv``, ``data/given_east.csv``) are our own. Names are found by their phonemic keys,
so in any alphabet and romanisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clarion.names.letters import fold
from clarion.names.skeleton import close, skeletons, sounds
from clarion.names.tables import rows

_IS_E = re.compile(r"io|(?<=[jCS])o")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class GivenName:
    """One name with its forms in several languages.

    ``id`` is stable and names the set of equivalents; ``sex`` is ``m`` or ``f``; ``people`` says where it is at home;
    ``per_thousand`` is a rough share among the men or the women of Russia, 0 where nobody has estimated it.
    """

    id: str
    name: str
    sex: str
    people: str
    forms: tuple[str, ...]
    short: tuple[str, ...]
    per_thousand: float


@lru_cache(maxsize=1)
def given_names() -> tuple[GivenName, ...]:
    """All names of the tables; a name that several peoples share stands once for each sex."""
    found: dict[str, GivenName] = {}
    for entry in _entries():
        known = found.get(entry.id)
        if known is None:
            found[entry.id] = entry
            continue
        found[entry.id] = GivenName(
            known.id,
            known.name,
            known.sex,
            known.people,
            tuple(dict.fromkeys(known.forms + entry.forms)),
            tuple(dict.fromkeys(known.short + entry.short)),
            max(known.per_thousand, entry.per_thousand),
        )
    return tuple(found.values())


def _entries() -> Iterator[GivenName]:
    for row in rows("given_slavic.csv"):
        forms = (row["name"], *row["equivalents"].split())
        share = float(row["per_thousand"] or 0)
        yield _entry(forms, row["sex"], row["people"], tuple(row["diminutives"].split()), share)
    for row in rows("given_east.csv"):
        for names in row["names"].split():
            yield _entry(tuple(names.split("=")), row["sex"], row["people"], (), 0.0)


def _entry(forms: tuple[str, ...], sex: str, people: str, short: tuple[str, ...], share: float) -> GivenName:
    return GivenName(f"{fold(forms[0])}/{sex}", forms[0], sex, people, tuple(dict.fromkeys(forms)), short, share)


@lru_cache(maxsize=65536)
def givens(token: str) -> tuple[GivenName, ...]:
    """The names that ``token`` is a spelling or an equivalent of; empty when it is none that we know."""
    return _found(token, _index()[0])


@lru_cache(maxsize=65536)
def short_for(token: str) -> tuple[GivenName, ...]:
    """The names that ``token`` is short for: Саша gives both Александр and Александра."""
    return _found(token, _index()[1])


def equivalents(token: str) -> frozenset[str]:
    """The ids of the names that ``token`` may stand for, in full or short; compare two tokens by what is in both."""
    return frozenset(name.id for name in givens(token) + short_for(token))


@lru_cache(maxsize=65536)
def surely_given(token: str) -> bool:
    """Whether ``token`` is a known name in full even when о and а are told apart: Савва, but not Сова."""
    return any(_with_vowels(sound) in _exact() for sound in sounds(token))


Index = dict[str, tuple[GivenName, ...]]


def _found(token: str, index: Index) -> tuple[GivenName, ...]:
    return tuple(dict.fromkeys(name for key in skeletons(token) for name in index.get(key, ())))


@lru_cache(maxsize=1)
def _index() -> tuple[Index, Index]:
    """Full and short forms by key. Only the likeliest keys of a form stand here; a query brings all of its own."""
    full: Index = {}
    short: Index = {}
    for name in given_names():
        for forms, index in ((name.forms, full), (name.short, short)):
            for form in forms:
                for key in skeletons(form)[:2]:
                    if name not in index.get(key, ()):
                        index[key] = (*index.get(key, ()), name)
    return full, short


def _with_vowels(sound: str) -> tuple[str, str]:
    """The closed key, and the о and а that it does not tell apart."""
    return close(sound), _REPEATED.sub(r"\1", "".join(letter for letter in _IS_E.sub("e", sound) if letter in "ao"))


@lru_cache(maxsize=1)
def _exact() -> frozenset[tuple[str, str]]:
    forms = (form for name in given_names() for form in name.forms)
    return frozenset(_with_vowels(sound) for form in forms for sound in sounds(form)[:2])
