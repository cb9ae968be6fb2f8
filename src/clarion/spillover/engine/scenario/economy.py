"""Fertiliser, energy and money in a scenario: the tables ``[fertiliser]`` and ``[economy]``.

Only runs by month read them. Neither is a shock to trade in food: the one acts through the next harvest, the other
through wages sent home.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clarion.spillover.engine.scenario.ranges import Range
from clarion.spillover.engine.scenario.section import Section, did_you_mean, short
from clarion.vocab import COMMODITIES, Phrase

NUTRIENTS = tuple(c.id for c in COMMODITIES.values() if c.kind == "fertiliser")
MOST_SHORTAGES = 50
MOST_PRICE = 100.0
LONGEST = 36.0
_SAME = Range.exactly(1.0)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A share ``lost`` of what ``exporters`` sell of ``nutrients`` does not come; no nutrients means every one.

    ``share`` is what they sell of an importer's purchases where trade in the nutrient is not among the tables loaded,
    drawn anew for each importer; None leaves such importers not known.
    """

    exporters: tuple[str, ...]
    lost: Range
    nutrients: tuple[str, ...] = ()
    share: Range | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fertiliser:
    """What happens to fertiliser. ``prices`` by nutrient and ``gas`` are over those before, 1 for no change;
    ``months`` is how long it lasts from the scenario's start, None for as long as the shocks."""

    shortages: tuple[Shortage, ...] = ()
    prices: dict[str, Range] = field(default_factory=dict)
    gas: Range = _SAME
    months: Range | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Economy:
    """What happens to Russia's economy in the year after ``base_year``: ``growth`` of its output and change of the
    ``rouble``'s value in dollars, -0.1 for a tenth less; ``rupture`` says whether sanctions, war or a run on banks
    begin then. A ``base_year`` of 0 is the last year of the scenario's period."""

    growth: Range
    rouble: Range
    rupture: bool = True
    base_year: int = 0
    source: str = ""


def read_fertiliser(top: Section) -> Fertiliser | None:
    """The table ``[fertiliser]``, None where there is none.

    Raises
    ------
    ScenarioError: with the line of the key that cannot be used, or where the table says nothing.
    """
    if "fertiliser" not in top.data:
        return None
    at = Section(top.data["fertiliser"], ("fertiliser",), top.text, ("shortages", "prices", "gas", "months", "source"))
    prices = _prices(at)
    months = at.range("months", 0, LONGEST) if "months" in at.data else None
    found = Fertiliser(
        _shortages(at), prices, at.range("gas", 0.01, MOST_PRICE, _SAME), months, at.string("source", needed=False)
    )
    if not found.shortages and not found.prices and found.gas == _SAME:
        step = Phrase("Add gas, a table [fertiliser.prices] or a table [[fertiliser.shortages]], or remove the table.")
        raise at.error(Phrase("The table fertiliser says nothing."), next_step=step)
    return found


def read_economy(top: Section) -> Economy | None:
    """The table ``[economy]``, None where there is none; raises ScenarioError as ``read_fertiliser`` does."""
    if "economy" not in top.data:
        return None
    keys = ("growth", "rouble", "rupture", "base_year", "source")
    at = Section(top.data["economy"], ("economy",), top.text, keys)
    rupture, year = at.data.get("rupture", True), at.data.get("base_year", 0)
    if not isinstance(rupture, bool):
        raise at.error(Phrase("rupture must be true or false."), "rupture",
                       next_step=Phrase("Write: {line}", line="rupture = true"))  # fmt: skip
    if isinstance(year, bool) or not isinstance(year, int) or (year and not 1990 <= year <= 2100):
        raise at.error(Phrase("base_year is {value}, not a year.", value=str(year)), "base_year",
                       next_step=Phrase("Write: {line}", line="base_year = 2021"))  # fmt: skip
    growth, rouble = (at.range(key, -0.95, 1.0) for key in ("growth", "rouble"))
    return Economy(growth, rouble, rupture, year, at.string("source", needed=False))


def _prices(at: Section) -> dict[str, Range]:
    if "prices" not in at.data:
        return {}
    table = Section(at.data["prices"], (*at.path, "prices"), at.text, NUTRIENTS)
    return {name: table.range(name, 0.01, MOST_PRICE) for name in NUTRIENTS if name in table.data}


def _shortages(at: Section) -> tuple[Shortage, ...]:
    tables = at.data.get("shortages", [])
    if not isinstance(tables, list):
        step = Phrase("Add a table: {line}", line="[[fertiliser.shortages]]")
        raise at.error(Phrase("{key} must be a list.", key="shortages"), "shortages", next_step=step)
    if len(tables) > MOST_SHORTAGES:
        what = Phrase("There are {count} shortages; at most {most} are read.", count=len(tables), most=MOST_SHORTAGES)
        raise at.error(what, "shortages", MOST_SHORTAGES, next_step=Phrase("Name several exporters in one of them."))
    return tuple(_shortage(table, i, at) for i, table in enumerate(tables))


def _shortage(data: Any, i: int, top: Section) -> Shortage:
    at = Section(data, (*top.path, "shortages", i), top.text, ("exporters", "nutrients", "lost", "share", "source"))
    at.required("exporters", '["RUS", "BLR"]')
    exporters = at.countries("exporters")
    if not exporters:
        step = Phrase("Write: {line}", line='exporters = ["RUS", "BLR"]')
        raise at.error(Phrase("The shortage names no exporter."), "exporters", next_step=step)
    for n, name in at.strings("nutrients"):
        if name not in NUTRIENTS:
            what = Phrase("{value!r} is not a nutrient.", value=short(name))
            raise at.error(what, "nutrients", n, next_step=did_you_mean(name, NUTRIENTS))
    nutrients = tuple(name for _, name in at.strings("nutrients"))
    share = at.range("share", 0, 1) if "share" in at.data else None
    return Shortage(exporters, at.range("lost", 0, 1), nutrients, share, at.string("source", needed=False))
