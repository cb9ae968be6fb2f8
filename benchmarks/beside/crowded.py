"""A list of any size and payees of any number, made of the name tables and of surnames that nobody bears."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from made.peoples import GROUPS
from made.person import Person, feminine, person
from made.spelled import typo

from clarion.names import romanise
from clarion.screening.engine.births import Birth
from clarion.screening.engine.subject import ListedName, Party, Payee

_SYLLABLES = ["ба", "ве", "га", "до", "жу", "зе", "ка", "ло", "ма", "но", "пе", "ро", "су", "та", "фо", "ха"]
_ENDINGS = ["ов", "ев", "ин", "ский", "енко", "ук", "ян", "швили"]
KNOWN = 0.35
"""The share whose surname is a common one of the tables."""


def _person(draw: random.Random) -> Person:
    one = person(GROUPS["russian"], draw)
    if draw.random() < KNOWN:
        return one
    rare = "".join(draw.choices(_SYLLABLES, k=3)).capitalize() + draw.choice(_ENDINGS)
    return Person(one.group, one.woman, one.given, one.father, feminine(rare) if one.woman else rare, one.birth)


def listed(persons: int, seed: int = 1) -> list[Party]:
    """Persons with three names each: Cyrillic and two romanisations; patronymic and day of birth known."""
    draw, found = random.Random(seed), []
    for number in range(persons):
        one = _person(draw)
        full = f"{one.given} {one.father} {one.surname}"
        names = (full, romanise(full, "bgn_ru_plain"), romanise(full, "icao_9303"))
        found.append(Party("made", str(number), "person", tuple(map(ListedName, names)), births=(Birth(*one.birth),)))
    return found


def payees(count: int, seed: int = 2, near: list[Party] | None = None) -> Iterator[Payee]:
    """Four in ten by given name and surname alone, a third in Latin letters, one in ten with a slip, every other with a
    day of birth. ``near``: every other payee is somebody of that list, so that there is something to find."""
    draw = random.Random(seed)
    for number in range(count):
        one = _person(draw)
        if near and number % 2:
            given, father, surname = draw.choice(near).names[0].whole.split()
            one = Person(one.group, False, given, father, surname, one.birth)
        text = f"{one.given} {one.surname}" if draw.random() < 0.4 else f"{one.surname} {one.given} {one.father}"
        if draw.random() < 0.1:
            text = typo(one, draw)
        elif draw.random() < 0.33:
            text = romanise(text, "icao_9303")
        yield Payee(text, birth=Birth(*one.birth) if draw.random() < 0.5 else None)


def write(file: Path, count: int, seed: int) -> None:
    """The same payees as a file that ``clarion screening batch`` reads."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(("id", "name", "birth"))
        out.writerows((at, one.name, one.birth or "") for at, one in enumerate(payees(count, seed)))
