"""The labelled set: listed persons, questions about each, and whether they are that person."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from dataclasses import asdict, dataclass, fields
from typing import Any

from clarion.names import romanise
from made import others, spelled
from made.peoples import GROUPS
from made.person import Person, feminine, person, written

SEED, PERSONS = 20_261_127, 1_200
SPLITS = ("tuning", "test")
FULL, YEAR = 0.85, 0.95
"""Shares of the listed: up to the first with a day of birth, up to the second with a year, the rest with neither."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of ``listed.csv``: ``name`` is what the list prints, the parts are in the same script; ``birth`` is an ISO
    day, a year, or nothing."""

    listed_id: str
    name: str
    given: str
    patronymic: str
    surname: str
    script: str
    sex: str
    birth: str
    group: str
    split: str


@dataclass(frozen=True, slots=True)
class Query:
    """A row of ``queries.csv``: ``label`` is ``same`` or ``other``; ``system`` the romanisation where one was used.
    ``decidable`` is ``no`` for a namesake of whom nothing is known that tells them from the listed person."""

    query_id: str
    listed_id: str
    label: str
    kind: str
    system: str
    name: str
    birth: str
    decidable: str
    group: str
    split: str


def labelled(seed: int = SEED, persons: int = PERSONS) -> tuple[list[Listed], list[Query]]:
    """The set: half of the listed are Russians, the others of twelve groups by turns; every second one is for tests."""
    draw = random.Random(seed)
    elsewhere = [group for name, group in GROUPS.items() if name != "russian"]
    listed, queries = [], []
    for number in range(persons):
        group = GROUPS["russian"] if number % 4 < 2 else elsewhere[number // 2 % len(elsewhere)]
        one = person(group, draw)
        maiden = person(group, draw, True).surname if one.woman and draw.random() < 0.3 else ""
        row = _listed(f"L{number:05d}", one, maiden, SPLITS[number % 2], draw)
        listed.append(row)
        found = [*_same(one, maiden, draw), *_others(one, draw)]
        queries += [
            Query(f"{row.listed_id}-{at:02d}", row.listed_id, *cells, _decidable(row, cells[1]), group.id, row.split)
            for at, cells in enumerate(found)
        ]
    return listed, queries


def _listed(number: str, one: Person, maiden: str, split: str, draw: random.Random) -> Listed:
    script = "latin" if draw.random() < 0.8 else "cyrillic"
    given, father, surname, former = (
        written(part, one.group, script) for part in (one.given, one.father, one.surname, maiden)
    )
    name = " ".join(filter(None, (given, father, surname.upper())))
    name += f" ({former.upper()})" if former else ""
    drawn = draw.random()
    known = "day" if drawn < FULL else "year" if drawn < YEAR else ""
    return Listed(number, name, given, father, surname, script, "female" if one.woman else "male",
                  _birth(one, known), one.group, split)  # fmt: skip


def _decidable(listed: Listed, kind: str) -> str:
    known_by_birth = kind in ("namesake_year", "namesake_birthday")
    return "no" if kind == others.UNDECIDABLE or (known_by_birth and not listed.birth) else "yes"


def _same(one: Person, maiden: str, draw: random.Random) -> list[tuple[str, str, str, str, str]]:
    """Questions about the person: label, kind, system, name, birth."""
    found = [("same", kind, "", text, _birth(one, draw.choice(("", "year", "day"))))
             for kind, made in spelled.KINDS.items() if (text := made(one, draw))]  # fmt: skip
    for system in draw.sample(spelled.systems(one), 4) if len(spelled.systems(one)) > 4 else spelled.systems(one):
        full = spelled.whole(one) if draw.random() < 0.5 else f"{one.given} {one.surname}"
        found.append(("same", "romanised", system, romanise(full, system), _birth(one, draw.choice(("", "year")))))
    if maiden:
        text = " ".join(filter(None, (one.given, one.father, feminine(maiden))))
        found.append(("same", "maiden_name", "", text, _birth(one, draw.choice(("", "year")))))
    return found


def _others(one: Person, draw: random.Random) -> list[tuple[str, str, str, str, str]]:
    """Questions about others, in Cyrillic and in a romanisation by turns."""
    found = []
    for kind, made in others.KINDS.items():
        other = made(one, draw)
        if other is None:
            continue
        who, with_father, known = other
        text = spelled.whole(who) if with_father else f"{who.given} {who.surname}"
        system = draw.choice(spelled.systems(who)) if draw.random() < 0.5 else ""
        found.append(("other", kind, system, romanise(text, system) if system else text, _birth(who, known)))
    return found


def _birth(one: Person, known: str) -> str:
    year, month, day = one.birth
    return {"": "", "year": str(year), "day": f"{year}-{month:02d}-{day:02d}"}[known]


def as_csv(rows: list[Any]) -> bytes:
    """Rows of one kind as CSV: UTF-8, line feeds, a heading."""
    text = io.StringIO()
    out = csv.DictWriter(text, [field.name for field in fields(rows[0])], lineterminator="\n")
    out.writeheader()
    out.writerows(map(asdict, rows))
    return text.getvalue().encode()


def sha256(listed: list[Listed], queries: list[Query]) -> str:
    """One name for the whole set: the SHA-256 of the two files, one after the other."""
    return hashlib.sha256(as_csv(listed) + as_csv(queries)).hexdigest()
