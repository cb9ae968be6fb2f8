"""Ships and aircraft: lists name them beside organisations, and many a ship bears the name of a song or a city.

A payee is one only where its name says so (т/х, M/V, vessel) or has the ship's number or the aircraft's registration;
of any other payee of that name the ship is told, and is no hit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clarion.screening.engine.identifiers import Identifier, bare

_WORD = re.compile(
    r"(?:(?i:т\s?/\s?х|п\s?/\s?х|м\s?/\s?в|[mst]\s?/\s?[vtysx]|(?:motor |oil |crude |cargo |fishing )?"
    r"(?:vessel|ship|tanker|yacht)|bulk carrier|teplokh?od|теплоход|теплохід|пароход|пароплав|танкер|балкер|сухогруз"
    r"|суховантаж|судно|яхта|aircraft|airplane|helicopter|самол[её]т|літак|вертол[её]т|гелікоптер)|MV|MT)(?!\w)"
)
_BEHIND = re.compile(r"\s(?:vessel|ship)$", re.IGNORECASE)
_EDGES = " ,.;:()«»\"'“”„"
_IMO = re.compile(r"(?<!\w)(?i:imo|имо|імо)(?!\w)\D{0,12}?(\d{7})(?!\d)")
_TAIL = re.compile(r"(?<![\w-])(?=[A-Z0-9-]*[-\d])(?=[\d-]*[A-Z])[A-Z0-9]{1,3}-?[A-Z0-9]{2,6}(?![\w-])")
_DIGITS = re.compile(r"(?<!\d)\d{7}(?!\d)")
IMO, TAIL = "imo", "registration"


@dataclass(frozen=True, slots=True)
class Craft:
    """What a payee's name tells of a ship or an aircraft: the name without that, whether it says that it is one, and
    what can be its numbers."""

    name: str
    said: bool
    numbers: tuple[Identifier, ...]


def craft_of(name: str) -> Craft | None:
    """What a payee's name tells of a ship or an aircraft; None where it tells nothing of one."""
    imo = [Identifier(IMO, found) for found in _IMO.findall(name)]
    rest = _IMO.sub(" ", name)
    tails = [Identifier(TAIL, bare(found)) for found in _TAIL.findall(rest)]
    whole = rest.strip(_EDGES)
    own = _bare(whole)
    said = bool(imo) or (own != whole and bool(own))
    return Craft(own, said, (*imo, *tails)) if said or tails else None


def _bare(name: str) -> str:
    """A name without the words that stand before or behind it and say what it is the name of."""
    while before := _WORD.match(name):
        name = name[before.end() :].strip(_EDGES)
    for mark in "(,":
        head, _, last = name.rpartition(mark)
        if head and _WORD.fullmatch(last.strip(_EDGES)):
            name = head.strip(_EDGES)
    return _BEHIND.sub("", name).strip(_EDGES)


def craft_number(document: str, value: str) -> Identifier | None:
    """The number in what a list prints of a ship or an aircraft; None where it is none by which one is told apart."""
    called = document.casefold()
    if "imo" in called.split() or re.match(r"IMO\b", value):
        found = _DIGITS.search(value)
        return Identifier(IMO, found[0]) if found else None
    return Identifier(TAIL, bare(value)) if "tail number" in called else None


def registration(name: str) -> Identifier | None:
    """A listed aircraft's name as its number, where that is its name: EP-GOM."""
    return Identifier(TAIL, bare(name)) if _TAIL.fullmatch(name) else None
