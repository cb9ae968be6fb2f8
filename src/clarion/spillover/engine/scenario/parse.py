"""Reading a scenario from TOML, with errors that show the line.

The form is documented in the room's guide; ``render`` writes it. Nothing is guessed: a key that is not known, a
country or commodity that does not exist, a share outside 0 to 1 is refused.
"""

from __future__ import annotations

from typing import Any

from clarion.spillover.engine.scenario.economy import Fertiliser, read_economy, read_fertiliser
from clarion.spillover.engine.scenario.model import (
    TRADE_ELASTICITY,
    Corridor,
    CorridorClosed,
    CorridorUser,
    ExportLimit,
    ProductionCut,
    SanctionCost,
    Scenario,
    Shock,
)
from clarion.spillover.engine.scenario.ranges import Range
from clarion.spillover.engine.scenario.section import Section, Text, did_you_mean, short
from clarion.spillover.engine.scenario.timing import read_timing
from clarion.spillover.engine.scenario.toml import read_toml
from clarion.vocab import Period, Phrase, commodity

TOP = ("name", "title", "summary", "items", "period", "shocks", "corridors", "time", "fertiliser", "economy")
KINDS: dict[str, tuple[str, ...]] = {
    "production_cut": ("kind", "country", "fraction", "items", "source"),
    "export_ban": ("kind", "exporter", "items", "exceptions", "source"),
    "export_quota": ("kind", "exporter", "kept", "items", "exceptions", "source"),
    "corridor_closed": ("kind", "corridor", "closed", "items", "source"),
    "sanction_cost": ("kind", "exporter", "cost_percent", "elasticity", "items", "exceptions", "source"),
}
MOST_SHOCKS = 200


def read_text(text: str, where: str, shipped: tuple[Corridor, ...]) -> Scenario:
    """Read a scenario file's text; ``where`` names the file in errors, ``shipped`` are corridors it may borrow.

    Raises
    ------
    ScenarioError: with file, line and key, and what is valid there.
    """
    return read_data(*read_toml(text, where), shipped)


def read_data(data: dict[str, Any], text: Text, shipped: tuple[Corridor, ...]) -> Scenario:
    """Read the same keys from plain data, such as a form; raises ScenarioError as ``read_text`` does."""
    top = Section(data, (), text, TOP)
    name = top.slug("name", "black-sea-closure")
    items = top.commodities("items")
    if not items:
        raise top.error(
            Phrase("The scenario names no items."), "items", next_step=Phrase("Write: {line}", line='items = ["wheat"]')
        )
    corridors = _corridors(top)
    fertiliser = read_fertiliser(top)
    shocks = _shocks(top, items, (*corridors, *shipped), fertiliser)
    used = {s.corridor for s in shocks if isinstance(s, CorridorClosed)}
    return Scenario(
        name,
        top.string("title", "Black Sea exports stop"),
        top.string("summary", needed=False),
        items,
        _period(top),
        shocks,
        corridors,
        tuple(c for c in shipped if c.id in used and c.id not in {own.id for own in corridors}),
        read_timing(top),
        fertiliser,
        read_economy(top),
    )


def read_corridors(text: str, where: str) -> tuple[Corridor, ...]:
    """Read a file that only declares corridors."""
    data, source = read_toml(text, where)
    top = Section(data, (), source, ("corridors",))
    return _corridors(top)


def _period(top: Section) -> Period:
    written = top.string("period", "2019-2021")
    try:
        return Period.parse(written)
    except ValueError:
        what = Phrase("{text!r} is not a period.", text=short(written))
        raise top.error(what, "period", next_step=Phrase("Write: {line}", line='period = "2019-2021"')) from None


def _shocks(
    top: Section, items: tuple[str, ...], corridors: tuple[Corridor, ...], fertiliser: Fertiliser | None
) -> tuple[Shock, ...]:
    tables = top.required("shocks", '[{ kind = "export_ban", exporter = "RUS" }], or a table [[shocks]]')
    if not isinstance(tables, list) or not tables:
        raise top.error(
            Phrase("The scenario has no shock."), "shocks", next_step=Phrase("Add a table: {line}", line="[[shocks]]")
        )
    if len(tables) > MOST_SHOCKS:
        what = Phrase("The scenario has {count} shocks; at most {most} are read.", count=len(tables), most=MOST_SHOCKS)
        raise top.error(what, "shocks", MOST_SHOCKS, next_step="Make several scenarios of it, and compare them.")
    shocks = tuple(_shock(table, i, top, items, corridors) for i, table in enumerate(tables))
    # An item that no shock touches would be answered with "nothing happens": surely a slip.
    touched = {item for shock in shocks for item in shock.items or items}
    crops = {item for item in items if fertiliser is not None and commodity(item).edible}
    for i, item in enumerate(items):
        if item not in touched | crops:
            step = Phrase("Add {item} to a shock's items, or remove it from the scenario's.", item=item)
            raise top.error(Phrase("No shock touches {item}.", item=item), "items", i, next_step=step)
    return shocks


def _shock(data: Any, i: int, top: Section, scenario_items: tuple[str, ...], corridors: tuple[Corridor, ...]) -> Shock:
    path = ("shocks", i)
    kinds = tuple(KINDS)
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind is None:
        # Complains of a misspelt "kind" before it complains of a missing one.
        every = tuple(dict.fromkeys(key for keys in KINDS.values() for key in keys))
        Section(data, path, top.text, every).required("kind", '"production_cut"')
    kind = str(kind)
    if kind not in KINDS:
        step = did_you_mean(kind, kinds)
        raise top.error(
            Phrase("There is no kind of shock {kind!r}.", kind=short(kind)),
            *path,
            "kind",
            next_step=step,
            known=list(kinds),
        )
    at = Section(data, path, top.text, KINDS[kind])
    items = at.commodities("items")
    for n, item in enumerate(items):
        if item not in scenario_items:
            step = Phrase("Add {item} to the scenario's items, or remove it here.", item=item)
            raise at.error(Phrase("The scenario is not about {item}.", item=item), "items", n, next_step=step)
    source = at.string("source", needed=False)
    if kind == "production_cut":
        return ProductionCut(at.country("country"), at.range("fraction", 0, 1), items, source)
    if kind == "corridor_closed":
        closed = at.range("closed", 0, 1, Range.exactly(1.0))
        return CorridorClosed(_known_corridor(at, corridors), closed, items, source)
    exporter, exceptions = at.country("exporter"), at.countries("exceptions")
    if kind == "sanction_cost":
        cost = at.range("cost_percent", 0, 1000)
        elasticity = at.range("elasticity", 0, 50, TRADE_ELASTICITY)
        return SanctionCost(exporter, cost, elasticity, items, exceptions, source)
    kept = Range.exactly(0.0) if kind == "export_ban" else at.range("kept", 0, 1)
    return ExportLimit(exporter, kept, items, exceptions, source)


def _known_corridor(at: Section, corridors: tuple[Corridor, ...]) -> str:
    wanted = at.string("corridor", "black-sea")
    known = tuple(dict.fromkeys(c.id for c in corridors))
    if wanted not in known:
        step = (
            did_you_mean(wanted, known)
            if known
            else Phrase("Declare it in a table [corridors.{name}].", name=short(wanted))
        )
        raise at.error(
            Phrase("There is no corridor {name!r}.", name=short(wanted)), "corridor", next_step=step, known=list(known)
        )
    return wanted


def _corridors(top: Section) -> tuple[Corridor, ...]:
    tables = top.data.get("corridors", {})
    if not isinstance(tables, dict):
        raise top.error(
            Phrase("corridors must be tables."),
            "corridors",
            next_step=Phrase("Write: {line}", line="[corridors.black-sea]"),
        )
    return tuple(
        _corridor(key, table, top)
        for key, table in Section(tables, ("corridors",), top.text, tuple(tables)).data.items()
    )


def _corridor(key: str, data: Any, top: Section) -> Corridor:
    path = ("corridors", key)
    at = Section(data, path, top.text, ("title", "users"))
    users = at.required("users", '[{ exporter = "UKR", share = 0.95 }]')
    if not isinstance(users, list) or not users:
        raise at.error(
            Phrase("The corridor has no user."),
            "users",
            next_step=Phrase("Add a table: {line}", line=f"[[corridors.{key}.users]]"),
        )
    sections = [
        Section(user, (*path, "users", i), top.text, ("exporter", "share", "other_routes", "source"))
        for i, user in enumerate(users)
    ]
    found = tuple(
        CorridorUser(
            s.country("exporter"), s.range("share", 0, 1), s.countries("other_routes"), s.string("source", needed=False)
        )
        for s in sections
    )
    return Corridor(key, at.string("title", "Black Sea"), found)
