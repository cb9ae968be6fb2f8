"""The menu of measures: what each costs, when it begins to act, and the figures that its effect is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from clarion.spillover.engine.scenario.ranges import Range
from clarion.spillover.engine.scenario.section import Section, Text, did_you_mean, short
from clarion.spillover.engine.scenario.toml import read_toml
from clarion.vocab import Phrase

Works = Literal["ration", "purchase", "stock", "transport", "field", "voucher", "transfer"]
# What each way of working needs to know besides its cost, and within which bounds (``effects`` has the equations).
PARAMETERS: dict[Works, dict[str, tuple[float, float]]] = {
    "ration": {"reached": (0, 1)},
    "purchase": {"added": (0, 1)},
    "stock": {"added": (0, 1)},
    "transport": {"added": (0, 1)},
    "field": {"gain": (0, 20), "most": (0, 1)},
    "voucher": {"response": (0, 100), "added": (0, 1)},
    "transfer": {"target": (0, 1), "food": (0, 1), "retail": (1, 10)},
}
NEXT_SEASON = "next-season"
ASSUMPTION = "assumption"
_TOP = ("measures",)
_KEYS = ("id", "title", "works", "unit", "cost", "source", "begins", "most", "caps", "parameters", "sources")
_MOST_MONTHS = 36
_MOST_MONEY = 1e12


@dataclass(frozen=True)
class Measure:
    """``cost`` is USD a ``unit``; ``begins`` the first month in which it acts, None for the next harvest.

    ``most`` is the most USD for the measure over all countries, ``caps`` that for single ones; None and absent mean
    what the figures of each country allow. ``parameters`` are those of ``works``, ``sources`` says where each comes
    from.
    """

    id: str
    title: str
    works: Works
    unit: str
    cost: Range
    source: str
    begins: int | None
    parameters: Mapping[str, Range]
    sources: Mapping[str, str] = field(default_factory=dict)
    most: float | None = None
    caps: Mapping[str, float] = field(default_factory=dict)

    def assumed(self) -> tuple[str, ...]:
        """Names of its figures that no publication stands behind."""
        told = {"cost": self.source} | {name: self.sources.get(name, "") for name in self.parameters}
        return tuple(name for name, source in told.items() if not source or source.startswith(ASSUMPTION))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, ranges as [lowest, most likely, highest]."""
        return {
            "id": self.id, "title": self.title, "works": self.works, "unit": self.unit, "cost": _three(self.cost),
            "source": self.source, "begins": NEXT_SEASON if self.begins is None else self.begins,
            "parameters": {name: _three(law) for name, law in self.parameters.items()}, "sources": dict(self.sources),
            "most": self.most, "caps": dict(self.caps), "assumed": list(self.assumed()),
        }  # fmt: skip


@cache
def shipped_measures() -> tuple[Measure, ...]:
    """The menu that comes with the package."""
    text = files("clarion.spillover.engine.support").joinpath("measures.toml").read_text(encoding="utf-8")
    return parse_measures(text, "measures.toml")


def parse_measures(text: str, where: str = Phrase("menu")) -> tuple[Measure, ...]:
    """Read a menu from TOML.

    Raises
    ------
    ScenarioError: with file, line and key, and what is valid there.
    """
    data, lines = read_toml(text, where)
    return read_measures(Section(data, (), lines, _TOP))


def read_measures(top: Section) -> tuple[Measure, ...]:
    """The list ``measures`` of a section, whole measures only."""
    tables = top.required("measures", "a table [[measures]]")
    if not isinstance(tables, list) or not tables:
        step = Phrase("Add a table: {line}", line="[[measures]]")
        raise top.error(Phrase("The menu has no measure."), "measures", next_step=step)
    found = tuple(_measure(table, i, top.text) for i, table in enumerate(tables))
    for i, measure in enumerate(found):
        if measure.id in {m.id for m in found[:i]}:
            what = Phrase("The menu has {name!r} twice.", name=measure.id)
            raise top.error(what, "measures", i, "id", next_step=Phrase("Give each measure a name of its own."))
    return found


def changed(section: Section, known: tuple[Measure, ...], i: int) -> Measure:
    """A measure of the menu with some of its figures changed, by its ``id``; a new one must be whole."""
    name = section.slug("id", "food-aid")
    old = next((m for m in known if m.id == name), None)
    if old is None:
        if "works" in section.data:
            return _measure(section.data, i, section.text)
        names = tuple(m.id for m in known)
        what = Phrase("There is no measure {name!r} in this menu.", name=name)
        raise section.error(what, "id", next_step=did_you_mean(name, names), known=list(names))
    data = _written(old) | {key: value for key, value in section.data.items() if key not in ("parameters", "sources")}
    for key in ("parameters", "sources"):
        given = section.data.get(key, {})
        data[key] = data[key] | given if isinstance(given, dict) else given
    if "cost" in section.data and "source" not in section.data:
        data["source"] = f"{ASSUMPTION}: set by the user"
    data["sources"] |= {
        name: f"{ASSUMPTION}: set by the user"
        for name in section.data.get("parameters", {})
        if name not in section.data.get("sources", {})
    }
    return _measure(data, i, section.text)


def _measure(data: Any, i: int, text: Text) -> Measure:
    at = Section(data, ("measures", i), text, _KEYS)
    works = at.string("works", "ration")
    if works not in PARAMETERS:
        what = Phrase("There is no way of working {name!r}.", name=short(works))
        raise at.error(what, "works", next_step=did_you_mean(works, tuple(PARAMETERS)), known=list(PARAMETERS))
    wanted = PARAMETERS[works]
    inner = Section(at.data.get("parameters", {}), (*at.path, "parameters"), text, tuple(wanted))
    parameters = {name: inner.range(name, low, high) for name, (low, high) in wanted.items()}
    told = Section(at.data.get("sources", {}), (*at.path, "sources"), text, tuple(wanted))
    caps_of = at.data.get("caps", {})
    caps = Section(caps_of, (*at.path, "caps"), text, tuple(caps_of) if isinstance(caps_of, dict) else ())
    cost = at.range("cost", 0, _MOST_MONEY)
    if cost.low <= 0:
        raise at.error(Phrase("The cost may be zero."), "cost", next_step=Phrase("Give a cost above zero."))
    return Measure(
        at.slug("id", "food-aid"), at.string("title", "Food aid"), works, at.string("unit", "person-year"),
        cost, at.string("source", needed=False), _begins(at), parameters,
        {name: told.string(name, needed=False) for name in told.data}, money(at, "most"),
        {_place(caps, code): amount for code in caps.data if (amount := money(caps, code)) is not None},
    )  # fmt: skip


def money(at: Section, key: str) -> float | None:
    """USD above zero; None where the key is absent."""
    if key not in at.data:
        return None
    law = at.range(key, 0, _MOST_MONEY)
    if not (law.exact and law.mode > 0):
        raise at.error(Phrase("{key} must be one amount above zero.", key=key), key,
                       next_step=Phrase("Write: {line}", line=f"{key} = 5_000_000"))  # fmt: skip
    return law.mode


def _place(caps: Section, code: str) -> str:
    """The country that a key names."""
    return Section({code: code}, caps.path, caps.text, (code,)).country(code)


def _begins(at: Section) -> int | None:
    value = at.required("begins", '1, or "next-season"')
    if value == NEXT_SEASON:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_MONTHS:
        step = Phrase('Write a month from 0 to {most}, or "next-season".', most=_MOST_MONTHS)
        raise at.error(Phrase("begins holds {value!r}.", value=short(str(value))), "begins", next_step=step)
    return value


def _written(measure: Measure) -> dict[str, Any]:
    """The measure as a table of the menu, to be changed and read again."""
    data = measure.to_dict()
    del data["assumed"]
    return data if measure.most is not None else {key: value for key, value in data.items() if key != "most"}


def _three(law: Range) -> list[float]:
    return [law.low, law.mode, law.high]
