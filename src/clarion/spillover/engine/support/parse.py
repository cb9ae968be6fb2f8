"""Reading what is asked of a support plan from TOML, with errors that show the line."""

from __future__ import annotations

from typing import Any

from clarion.errors import InputError
from clarion.spillover.engine.scenario.section import Section, Text, short
from clarion.spillover.engine.scenario.toml import read_toml
from clarion.spillover.engine.support.measures import (
    Measure,
    changed,
    money,
    shipped_measures,
)
from clarion.spillover.engine.support.question import FLOORS, Earmark, Floor, Lot, SupportQuestion
from clarion.vocab import Phrase

_TOP = ("budget", "menu", "measures", "earmarks", "floor", "lots", "country_caps", "risk", "level", "step")
_MEASURE = ("id", "title", "works", "unit", "cost", "source", "begins", "most", "caps", "parameters", "sources")


def parse_support(text: str, where: str = Phrase("budget file")) -> SupportQuestion:
    """Read a question from TOML; ``where`` names the file in errors.

    ``menu`` chooses measures of the shipped menu (all of them if absent); a table ``[[measures]]`` changes one of them
    by its ``id``, or adds one.

    Raises
    ------
    ScenarioError: with file, line and key, and what is valid there.
    """
    return support_from(*read_toml(text, where))


def support_from(data: dict[str, Any], text: Text) -> SupportQuestion:
    """The same from plain data, such as a form or the API; its errors name the key, not a line."""
    top = Section(data, (), text, _TOP)
    budget = _amount(top, "budget")
    menu = _menu(top)
    caps_of = data.get("country_caps", {})
    caps = Section(caps_of, ("country_caps",), text, tuple(caps_of) if isinstance(caps_of, dict) else ())
    try:
        return SupportQuestion(
            budget, menu, _earmarks(top), _floor(top), _lots(top),
            {Section({code: code}, caps.path, text, (code,)).country(code): _amount(caps, code)
             for code in caps.data},
            _number(top, "risk", 0, 100, 0.0), _number(top, "level", 0.5, 0.999, 0.9), money(top, "step") or 1e6,
        )  # fmt: skip
    except InputError as error:
        if error.code != InputError.code:
            raise
        raise text.error(error.what, tuple(error.where.split(".")[:1]), error.next_step, **error.details) from None


def _menu(top: Section) -> tuple[Measure, ...]:
    known = {m.id: m for m in shipped_measures()}
    own = _tables(top, "measures")
    changes = [changed(Section(table, ("measures", i), top.text, _MEASURE), shipped_measures(), i)
               for i, table in enumerate(own)]  # fmt: skip
    known |= {m.id: m for m in changes}
    wanted = top.strings("menu")
    for i, name in wanted:
        if name not in known:
            what = Phrase("There is no measure {name!r} in this menu.", name=short(name))
            step = Phrase("Choose one of: {names}.", names=tuple(known))
            raise top.error(what, "menu", i, next_step=step, known=list(known))
    return tuple(known[name] for _, name in wanted) if wanted else tuple(known.values())


def _earmarks(top: Section) -> tuple[Earmark, ...]:
    found = []
    for i, table in enumerate(_tables(top, "earmarks")):
        at = Section(table, ("earmarks", i), top.text, ("name", "amount", "countries", "measures"))
        measures = tuple(name for _, name in at.strings("measures"))
        found.append(
            Earmark(at.string("name", "Horn of Africa"), _amount(at, "amount"), at.countries("countries"), measures)
        )
    return tuple(found)


def _floor(top: Section) -> Floor | None:
    if "floor" not in top.data:
        return None
    at = Section(top.data["floor"], ("floor",), top.text, ("kind", "share", "countries"))
    kind = at.string("kind", "money")
    if kind not in FLOORS:
        step = Phrase("Choose one of: {names}.", names=FLOORS)
        raise at.error(Phrase("There is no kind of floor {name!r}.", name=short(kind)), "kind", next_step=step)
    return Floor(kind, _number(at, "share", 0, 1), at.countries("countries"))


def _lots(top: Section) -> tuple[Lot, ...]:
    found = []
    for i, table in enumerate(_tables(top, "lots")):
        at = Section(table, ("lots", i), top.text, ("measure", "amount", "whole"))
        whole = at.data.get("whole", False)
        if not isinstance(whole, bool):
            raise at.error(Phrase("whole must be true or false."), "whole",
                           next_step=Phrase("Write: {line}", line="whole = true"))  # fmt: skip
        found.append(Lot(at.string("measure", "strategic-stock"), _amount(at, "amount"), whole))
    return tuple(found)


def _tables(top: Section, key: str) -> list[Any]:
    tables = top.data.get(key, [])
    if not isinstance(tables, list):
        step = Phrase("Write: {line}", line=f"[[{key}]]")
        raise top.error(Phrase("{key} must be tables.", key=key), key, next_step=step)
    return tables


def _amount(at: Section, key: str) -> float:
    at.required(key, "25_000_000")
    found = money(at, key)
    assert found is not None
    return found


def _number(at: Section, key: str, low: float, high: float, default: float | None = None) -> float:
    if default is not None and key not in at.data:
        return default
    law = at.range(key, low, high)
    if not law.exact:
        raise at.error(Phrase("{key} must be one number.", key=key), key, next_step=Phrase("Write 0.5, say."))
    return law.mode
