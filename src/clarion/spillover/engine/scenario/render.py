"""Writing a scenario as TOML that a person can read and edit; ``parse`` reads it back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from clarion.spillover.engine.scenario.economy import Economy, Fertiliser
from clarion.spillover.engine.scenario.model import (
    Corridor,
    CorridorClosed,
    ExportLimit,
    ProductionCut,
    SanctionCost,
    Scenario,
    Shock,
    Timing,
)
from clarion.spillover.engine.scenario.ranges import Range


def to_toml(scenario: Scenario) -> str:
    """The scenario as a readable file, the borrowed corridors left out (they are found by name).

    Reading it back gives an equal scenario.
    """
    parts = ["\n".join(_top(scenario))]
    parts += ["\n".join(_time(scenario.time))] if scenario.time != Timing() else []
    parts += _fertiliser(scenario.fertiliser) if scenario.fertiliser else []
    parts += ["\n".join(_economy(scenario.economy))] if scenario.economy else []
    parts += ["\n".join(("[[shocks]]", *_shock(shock))) for shock in scenario.shocks]
    parts += [part for corridor in scenario.corridors for part in _corridor(corridor)]
    return "\n\n".join(parts) + "\n"


def _top(scenario: Scenario) -> Iterator[str]:
    yield _pair("name", scenario.name)
    yield _pair("title", scenario.title)
    if scenario.summary:
        yield _pair("summary", scenario.summary)
    yield _pair("items", scenario.items)
    yield _pair("period", str(scenario.period))


def _time(time: Timing) -> Iterator[str]:
    yield "[time]"
    yield _pair("start", f"{time.start:02d}")
    yield _pair("months", time.months)
    yield f"horizon = {time.horizon}"


def _fertiliser(found: Fertiliser) -> Iterator[str]:
    lines = ["[fertiliser]"]
    lines += [_pair("months", found.months)] if found.months else []
    lines += [_pair("gas", found.gas)] if found.gas != Range.exactly(1.0) else []
    yield "\n".join(lines + ([_pair("source", found.source)] if found.source else []))
    if found.prices:
        yield "\n".join(("[fertiliser.prices]", *(_pair(name, law) for name, law in found.prices.items())))
    for one in found.shortages:
        lines = ["[[fertiliser.shortages]]", _pair("exporters", one.exporters)]
        lines += [_pair("nutrients", one.nutrients)] if one.nutrients else []
        lines += [_pair("lost", one.lost)] + ([_pair("share", one.share)] if one.share else [])
        yield "\n".join(lines + ([_pair("source", one.source)] if one.source else []))


def _economy(found: Economy) -> Iterator[str]:
    yield "[economy]"
    yield _pair("growth", found.growth)
    yield _pair("rouble", found.rouble)
    yield f"rupture = {str(found.rupture).lower()}"
    if found.base_year:
        yield f"base_year = {found.base_year}"
    if found.source:
        yield _pair("source", found.source)


def _shock(shock: Shock) -> Iterator[str]:
    yield _pair("kind", shock.kind)
    if isinstance(shock, ProductionCut):
        yield _pair("country", shock.country)
        yield _pair("fraction", shock.fraction)
    elif isinstance(shock, CorridorClosed):
        yield _pair("corridor", shock.corridor)
        yield _pair("closed", shock.closed)
    elif isinstance(shock, SanctionCost):
        yield _pair("exporter", shock.exporter)
        yield _pair("cost_percent", shock.cost_percent)
        yield _pair("elasticity", shock.elasticity)
    else:
        yield _pair("exporter", shock.exporter)
        if shock.kind == "export_quota":
            yield _pair("kept", shock.kept)
    if isinstance(shock, ExportLimit | SanctionCost) and shock.exceptions:
        yield _pair("exceptions", shock.exceptions)
    if shock.items:
        yield _pair("items", shock.items)
    if shock.source:
        yield _pair("source", shock.source)


def _corridor(corridor: Corridor) -> Iterator[str]:
    name = _string(corridor.id)
    yield f"[corridors.{name}]\n" + _pair("title", corridor.title)
    for user in corridor.users:
        lines = [_pair("exporter", user.exporter), _pair("share", user.share)]
        lines += [_pair("other_routes", user.other_routes)] if user.other_routes else []
        lines += [_pair("source", user.source)] if user.source else []
        yield "\n".join((f"[[corridors.{name}.users]]", *lines))


def _pair(key: str, value: str | Range | tuple[str, ...]) -> str:
    return f"{key} = {_value(value)}"


def _value(value: str | Range | tuple[str, ...]) -> str:
    if isinstance(value, Range):
        return repr(value.mode) if value.exact else f"[{value.low!r}, {value.mode!r}, {value.high!r}]"
    if isinstance(value, tuple):
        return "[" + ", ".join(_string(v) for v in value) + "]"
    return _string(value)


def _string(text: str) -> str:
    # JSON's escapes are TOML's, but TOML also forbids the raw delete character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
