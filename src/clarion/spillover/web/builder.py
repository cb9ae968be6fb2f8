"""The scenario form: its fields to a scenario's text and back, for scenarios that a form can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.errors import ClarionError, InputError
from clarion.spillover.engine.scenario import (
    TRADE_ELASTICITY,
    Scenario,
    from_dict,
    parse,
    shipped_corridors,
    to_toml,
)
from clarion.spillover.service.exposure import items as traded_items
from clarion.spillover.service.words import commodity_name
from clarion.spillover.web import economy, timing
from clarion.spillover.web.cells import COST, PARTS, SHARE, law, missing, written
from clarion.spillover.web.economy_shown import shown as economy_shown
from clarion.vocab import Phrase, places

# What each kind of shock names, and the key of its strength (in per cent on the form).
KINDS: dict[str, tuple[str, str]] = {
    "production_cut": ("country", "fraction"),
    "export_ban": ("exporter", ""),
    "export_quota": ("exporter", "kept"),
    "corridor_closed": ("corridor", "closed"),
    "sanction_cost": ("exporter", "cost_percent"),
}
UNITS = {"fraction": SHARE, "kept": SHARE, "closed": SHARE, "cost_percent": COST}
MOST_ROWS = 20
CELLS = ("kind", "who", "low", "likely", "high", "source")


def kinds() -> list[tuple[str, str]]:
    """Kinds of shock with their labels."""
    return [
        ("production_cut", gettext("Harvest lost: share of production")),
        ("export_ban", gettext("Export ban")),
        ("export_quota", gettext("Export quota: share that may leave")),
        ("corridor_closed", gettext("Corridor closed: share that cannot pass")),
        ("sanction_cost", gettext("Sanction, insurance or duty: cost in per cent")),
    ]


def blank() -> str:
    """A scenario to begin with."""
    data = {
        "name": "my-scenario", "title": gettext("My scenario"),
        "summary": gettext("What happens, to whom, for how long."),
        "items": ["wheat"], "period": "2019-2021",
        "shocks": [{"kind": "production_cut", "country": "UKR", "fraction": [0.2, 0.3, 0.4]}],
    }  # fmt: skip
    return to_toml(from_dict(data))


def from_form(form: Mapping[str, str]) -> str:
    """A posted form as a scenario's text.

    Raises
    ------
    ScenarioError, InputError: naming the field.
    """
    getlist = form.getlist  # type: ignore[attr-defined]
    if not getlist("items"):
        raise InputError(gettext("No commodity is chosen."), next_step=gettext("Choose at least one."), field="b-items")
    rows = [_shock(form, i) for i in filled(form)]
    return to_toml(from_dict({
        "name": form.get("name", "").strip(), "title": form.get("title", "").strip(),
        "summary": form.get("summary", "").strip(), "items": getlist("items"),
        "period": form.get("period", "").strip(), "shocks": rows,
    } | ({"time": time} if (time := timing.from_form(form)) else {}) | economy.from_form(form)))  # fmt: skip


def filled(form: Mapping[str, str]) -> list[int]:
    """The numbers of the rows that say something, which become the scenario's shocks."""
    return [i for i, row in enumerate(_posted(form)) if any(row.values())]


def _shock(form: Mapping[str, str], i: int) -> dict[str, Any]:
    kind, who = form.get(f"kind-{i}", ""), form.get(f"who-{i}", "").strip()
    if not (kind and who):
        raise InputError(
            gettext("Shock %(number)s is not complete.") % {"number": i + 1}, where=_where(i),
            next_step=gettext("Choose what happens and name the country or corridor, or empty the whole row."),
            field=f"who-{i}" if kind else f"kind-{i}",
        )  # fmt: skip
    if kind not in KINDS:
        what = Phrase("There is no shock {kind!r}.", kind=kind)
        raise InputError(what, where=_where(i), next_step="Choose one of the list.", field=f"kind-{i}")
    names, strength = KINDS[kind]
    shock: dict[str, Any] = {"kind": kind, names: who if names == "corridor" else who.upper()}
    if strength:
        unit = UNITS[strength]
        found = law(form, (f"low-{i}", f"likely-{i}", f"high-{i}"), unit, _where(i))
        if found is None:
            raise missing(f"likely-{i}", unit, _where(i))
        shock[strength] = found
    if source := form.get(f"source-{i}", "").strip():
        shock["source"] = source
    return shock


def _where(i: int) -> str:
    return gettext("shock %(number)s") % {"number": i + 1}


def rows_of(text: str, form: Mapping[str, str] | None, more: int = 0) -> tuple[list[dict[str, Any]], bool]:
    """The form's rows, and whether a form can show all that the scenario says.

    A posted ``form`` is shown as it was posted, right or wrong, with ``more`` empty rows.
    """
    if form is not None and form.get("mode") == "form":
        return _numbered(_posted(form), more), True
    try:
        scenario = parse(text)
    except ClarionError:
        return _numbered([], 1), False
    return _numbered([_row(s) for s in scenario.shocks], 1), _plain(scenario)


def _posted(form: Mapping[str, str]) -> list[dict[str, str]]:
    """The posted rows in order, empty ones among them."""
    return [{cell: form.get(f"{cell}-{i}", "").strip() for cell in CELLS} for i in range(_count(form))]


def _count(form: Mapping[str, str]) -> int:
    return max((i + 1 for i in range(MOST_ROWS) if any(f"{cell}-{i}" in form for cell in CELLS)), default=0)


def _numbered(rows: list[dict[str, Any]], empty: int) -> list[dict[str, Any]]:
    padded = (rows + [dict.fromkeys(CELLS, "")] * empty)[:MOST_ROWS]
    return [
        row | {"i": i, "number": i + 1, "ids": {cell: f"{cell}-{i}" for cell in CELLS}} for i, row in enumerate(padded)
    ]


def _row(shock: Any) -> dict[str, Any]:
    names, strength = KINDS[shock.kind]
    row = {
        "kind": shock.kind,
        "who": getattr(shock, names),
        "source": shock.source,
        "low": "",
        "likely": "",
        "high": "",
    }
    if strength:
        row |= zip(PARTS, written(getattr(shock, strength), UNITS[strength]), strict=True)
    return row


def _plain(scenario: Scenario) -> bool:
    """Whether writing the scenario from the form's fields would lose nothing."""
    short = len(scenario.fertiliser.shortages) if scenario.fertiliser else 0
    if scenario.corridors or len(scenario.shocks) > MOST_ROWS or short > economy.MOST_SHORTAGES:
        return False
    for shock in scenario.shocks:
        if shock.items or getattr(shock, "exceptions", ()):
            return False
        if getattr(shock, "elasticity", TRADE_ELASTICITY) != TRADE_ELASTICITY:
            return False
    return True


def fields(text: str, form: Mapping[str, str] | None, more: bool = False) -> dict[str, Any]:
    """What the form's other fields show; with ``more`` an empty shortage of fertiliser more."""
    chosen: dict[str, Any]
    posted = form if form is not None and form.get("mode") == "form" else None
    try:
        scenario = parse(text)
    except ClarionError:
        scenario = parse(blank())
    if posted is not None:
        chosen = {k: posted.get(k, "") for k in ("name", "title", "summary", "period")}
        chosen["items"] = posted.getlist("items")  # type: ignore[attr-defined]
    else:
        chosen = {"name": scenario.name, "title": scenario.title, "summary": scenario.summary,
                  "period": str(scenario.period), "items": list(scenario.items)}  # fmt: skip
    chosen["choices"] = [
        (item, commodity_name(item, reader_language()), item in chosen["items"]) for item in traded_items()
    ]
    chosen |= timing.shown(scenario, posted) | economy_shown(scenario, posted, more)
    chosen["kinds"] = kinds()
    chosen["corridors"] = [(c.id, c.title) for c in shipped_corridors()]
    chosen["places"] = sorted((p.name(reader_language()), p.iso3) for p in places().values() if p.kind == "place")
    return chosen
