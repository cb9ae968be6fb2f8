"""What the scenario form shows of fertiliser, energy and Russia's economy: what was posted, else what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from clarion.desk.language import reader_language
from clarion.spillover.engine.scenario import NUTRIENTS, Range, Scenario
from clarion.spillover.service.words import commodity_name
from clarion.spillover.web.cells import CHANGE, PARTS, SHARE, Unit, written
from clarion.spillover.web.economy import ECONOMY, FERTILISER, MOST_SHORTAGES, cells, names, row_of, shortages


@dataclass(frozen=True, slots=True)
class Law:
    """Three fields of one law; each cell is its name (and id), its word and what it shows."""

    label: str
    cells: tuple[tuple[str, str, str], ...]


def shown(scenario: Scenario, form: Mapping[str, str] | None, more: bool = False) -> dict[str, Any]:
    """What the fields show: what was posted, else what the scenario says; with ``more`` one more shortage."""
    values = _says(scenario) if form is None else form
    rows = max((i + 1 for i in range(MOST_SHORTAGES) if f"exporters-{i}" in values), default=0)
    empty = 1 if form is None or more or not rows else 0
    titles = {item: commodity_name(item, reader_language()) for item in NUTRIENTS}
    words = {
        "gas": gettext("Price of gas, times that before"),
        "months": gettext("Months for which fertiliser is short or dear; empty: as long as the shocks"),
        "growth": gettext("Russia's output over the year, change in per cent"),
        "rouble": gettext("The rouble's value in dollars, change in per cent"),
    } | {item: gettext("%(item)s: price, times that before") % {"item": title} for item, title in titles.items()}
    return {
        "fertiliser": {
            "open": more
            or bool(shortages(values))
            or any(value for name, value in values.items() if name.startswith("fer-")),
            "laws": [_law(f"fer-{name}", words[name], values) for name in FERTILISER],
            "source": values.get("fer-source", ""),
            "shortages": [_shortagerow_of(i, values, titles) for i in range(min(rows + empty, MOST_SHORTAGES))],
        },
        "economy": {
            "open": any(values.get(f"eco-{name}-{part}") for name in ECONOMY for part in PARTS)
            or any(values.get(f"eco-{name}") for name in ("base_year", "source")),
            "laws": [_law(f"eco-{name}", words[name], values) for name in ECONOMY],
            "calm": values.get("eco-rupture", "yes") == "no",
            "base_year": values.get("eco-base_year", ""), "source": values.get("eco-source", ""),
        },
    }  # fmt: skip


def _says(scenario: Scenario) -> dict[str, Any]:
    """A scenario's two tables as the fields of a form."""
    values: dict[str, Any] = {}

    def put(names: tuple[str, str, str], found: Range | None, unit: Unit) -> None:
        values.update(zip(names, written(found, unit) if found else ("", "", ""), strict=True))

    if fertiliser := scenario.fertiliser:
        gas = None if fertiliser.gas == Range.exactly(1.0) else fertiliser.gas
        for name, found in {"gas": gas, "months": fertiliser.months, **fertiliser.prices}.items():
            put(names(f"fer-{name}"), found, FERTILISER[name])
        values["fer-source"] = fertiliser.source
        for i, one in enumerate(fertiliser.shortages):
            values |= {f"exporters-{i}": ", ".join(one.exporters), f"lack-{i}": one.source}
            values[f"nutrients-{i}"] = list(one.nutrients)
            put(cells("lost", i), one.lost, SHARE)
            put(cells("share", i), one.share, SHARE)
    if economy := scenario.economy:
        put(names("eco-growth"), economy.growth, CHANGE)
        put(names("eco-rouble"), economy.rouble, CHANGE)
        values |= {"eco-rupture": "yes" if economy.rupture else "no", "eco-source": economy.source}
        values["eco-base_year"] = str(economy.base_year or "")
    return values


def _shortagerow_of(i: int, values: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    ticked = row_of(values, i)["nutrients"]
    words = {
        "lost": gettext("Share of what they sell that does not come, per cent"),
        "share": gettext("Their share of a buyer's purchases where trade is not loaded, per cent"),
    }
    return {
        "number": i + 1, "exporters": f"exporters-{i}", "named": values.get(f"exporters-{i}", ""),
        "nutrients": f"nutrients-{i}", "source": f"lack-{i}", "said": values.get(f"lack-{i}", ""),
        "choices": [(item, title, item in ticked) for item, title in titles.items()],
        "laws": [_law_of(cells(name, i), label, values) for name, label in words.items()],
    }  # fmt: skip


def _law(prefix: str, label: str, values: Mapping[str, Any]) -> Law:
    return _law_of(names(prefix), label, values)


def _law_of(names: tuple[str, str, str], label: str, values: Mapping[str, Any]) -> Law:
    words = (pgettext("value", "Lowest"), pgettext("value", "Likely"), pgettext("value", "Highest"))
    return Law(label, tuple((name, word, values.get(name, "")) for name, word in zip(names, words, strict=True)))
