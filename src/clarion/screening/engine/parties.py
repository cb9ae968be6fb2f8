"""Put the rows of a list's three tables together into listed parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from clarion.names import other_names
from clarion.screening.engine.births import Birth
from clarion.screening.engine.crafts import craft_number, registration
from clarion.screening.engine.identifiers import Identifier, bare
from clarion.screening.engine.subject import AIRCRAFT, CRAFTS, PERSON, UNKNOWN, ListedName, Party

if TYPE_CHECKING:
    import polars as pl

_NUMBERS = ("tax_number", "registration_number", "document")
Row = Mapping[str, Any]


def parties(source: str, listed: pl.DataFrame, names: pl.DataFrame, facts: pl.DataFrame) -> list[Party]:
    """The parties that list ``source`` holds in force."""
    by_entry = {"names": _grouped(names), "facts": _grouped(facts)}
    found = []
    for row in listed.iter_rows(named=True):
        if row["status"] != "listed":
            continue
        told = by_entry["facts"].get(row["entry"], [])
        own = by_entry["names"].get(row["entry"], [])
        kind = row["kind"]
        found.append(
            Party(
                source, row["entry"], kind,
                tuple(name for one in own for name in _names_of(one, kind)), row["sex"] or _sex(own), _births(told),
                _of(told, ("nationality", "citizenship")), (*_identifiers(told), *_craft_numbers(kind, own, told)),
                _of(told, ("programme",)), _of(told, ("measure",)),
            )
        )  # fmt: skip
    return found


def _grouped(frame: pl.DataFrame) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        rows[row["entry"]].append(row)
    return rows


def _names(row: Row) -> list[ListedName]:
    """A name, or the several that the list prints in one with strokes between them."""
    weak = row["quality"] == "weak"
    if row["given"] or row["family"]:
        given = " ".join(filter(None, (row["given"], row["middle"])))
        return [ListedName(row["whole"], given, row["father"] or "", row["family"] or "", weak)]
    several = row["whole"].split(" / ")
    if len(several) > 1 and all(len(one.split()) > 1 for one in several):
        return [ListedName(one.strip(), weak=weak) for one in several]
    return [ListedName(row["whole"], weak=weak)]


def _names_of(row: Row, kind: str) -> list[ListedName]:
    """A name; of an organisation those that the list prints in brackets behind it too."""
    if kind in (PERSON, UNKNOWN):
        return _names(row)
    return [name for one in _names(row)
            for name in (one, *(ListedName(other, weak=one.weak) for other in other_names(one.whole)))]  # fmt: skip


def _sex(names: Sequence[Row]) -> str:
    return next((row["sex"] for row in names if row["sex"]), "")


def _of(facts: Sequence[Row], kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["value"] for row in facts if row["kind"] in kinds))


def _births(facts: Sequence[Row]) -> tuple[Birth, ...]:
    return tuple(dict.fromkeys(_birth(row) for row in facts if row["kind"] == "birth_date" and row["start"]))


def _birth(row: Row) -> Birth:
    start, end = date.fromisoformat(str(row["start"])), date.fromisoformat(str(row["end"] or row["start"]))
    circa = row["circa"] == "yes"
    if row["precision"] == "day":
        return Birth(start.year, start.month, start.day, circa=circa)
    if row["precision"] == "month":
        return Birth(start.year, start.month, circa=circa)
    return Birth(start.year, last=end.year if end.year != start.year else 0, circa=circa)


def _identifiers(facts: Sequence[Row]) -> tuple[Identifier, ...]:
    """Numbers under what they can be: a tax or register number of Russia is known by its length and check digits."""
    found = []
    for row in facts:
        if row["kind"] in _NUMBERS and (number := bare(row["value"])) and any(c.isdigit() for c in number):
            found.append(Identifier(kind_of(number, row["document"] or row["kind"]), number))
    return tuple(dict.fromkeys(found))


def _craft_numbers(kind: str, names: Sequence[Row], facts: Sequence[Row]) -> tuple[Identifier, ...]:
    """The numbers of a ship or an aircraft; of owners and managers those are in what is said of the ship."""
    if kind not in CRAFTS:
        return ()
    told = [craft_number(row["document"] or "", row["value"]) for row in facts if row["kind"] == kind]
    told += [registration(row["whole"]) for row in names if kind == AIRCRAFT]
    return tuple(dict.fromkeys(filter(None, told)))


def kind_of(number: str, called: str) -> str:
    """What a number is: by its check digits where these hold, else what it is called."""
    sizes = {10: "inn", 12: "inn", 13: "ogrn", 15: "ogrn", 11: "snils"}
    kind = sizes.get(len(number), "")
    return kind if kind and number.isdecimal() and Identifier(kind, number).sound else called.casefold()[:40]
