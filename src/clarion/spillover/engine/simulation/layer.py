"""One item's world before the shock: who grows, holds and sells how much to whom, with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clarion.errors import ScenarioError
from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.scenario import Links, Scenario, parameters, shocks
from clarion.spillover.engine.simulation.question import ScenarioQuestion, ScenarioTables
from clarion.spillover.engine.trade import picture
from clarion.vocab import Period, Phrase, Provenance, commodity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Layer:
    """Links (m,) lie by exporter and then importer; ``countries`` are sorted; amounts are tonnes a year.

    ``both`` says where both sides reported a flow. ``stocks`` is None where the tables hold none of the item.
    ``rows`` gives each country's provenance: its imports, harvest and stock.
    """

    item: str
    period: str
    countries: tuple[str, ...]
    exporter: Ints
    importer: Ints
    tonnes: Floats
    both: NDArray[np.bool_]
    production: Floats
    stocks: Floats | None
    rows: tuple[tuple[Provenance, ...], ...]

    @property
    def links(self) -> Links:
        """The pairs of countries, for the scenario's limits."""
        return Links([self.countries[i] for i in self.exporter], [self.countries[i] for i in self.importer])

    @property
    def use(self) -> Floats:
        """Production + imports - exports, no less than 0, (n,)."""
        n = len(self.countries)
        net = np.bincount(self.importer, self.tonnes, n) - np.bincount(self.exporter, self.tonnes, n)
        return np.maximum(self.production + net, 0.0)


def layer(item: str, question: ScenarioQuestion, tables: ScenarioTables) -> Layer:
    """Read one item.

    Flows are those between seller and buyer, since a shock travels along ships and wagons; tracing re-exports to the
    harvest first would count a hub's share twice. ``corrected`` trade is mirrored and balanced.

    Raises
    ------
    InputError: no trade of the item, or none in the scenario's period.
    ModelError: corrected trade of an item without production figures.
    ScenarioError: the shock leaves nothing of the item anywhere.
    """
    found = picture(item, question.trade, tables.trade_flows, tables.production, question.scenario.period)
    flows = found.direct
    order = np.lexsort((flows.importer, flows.exporter))
    stocks, stock_rows = _stocks(item, flows.countries, tables.stocks)
    rows = [
        tuple(
            table.cite(lines)
            for table, lines in (
                (tables.trade_flows, tuple(sorted({r for k in flows.bought_by(c) for r in flows.rows[k]}))),
                (tables.production, found.production_rows[c]),
                (tables.stocks, stock_rows[c]),
            )
            if lines
        )
        for c in range(len(flows.countries))
    ]
    result = Layer(
        item, found.period, flows.countries, flows.exporter[order], flows.importer[order], flows.tonnes[order],
        np.array(["both" in side for side in flows.reported_by], dtype=np.bool_)[order], found.production, stocks,
        tuple(rows),
    )  # fmt: skip
    _refuse_empty(result, question.scenario)
    return result


def _stocks(item: str, countries: tuple[str, ...], table: LoadedTable) -> tuple[Floats | None, list[tuple[int, ...]]]:
    """Latest stocks by country; a country without a row in a table that knows the item has none on record."""
    rows: list[tuple[int, ...]] = [()] * len(countries)
    frame = table.frame.filter(pl.col("item") == item)
    if frame.is_empty():
        return None, rows
    latest = max(frame["period"].unique().to_list(), key=lambda label: Period.parse(label).last)
    position = {iso3: i for i, iso3 in enumerate(countries)}
    stocks = np.zeros(len(countries))
    for row in frame.filter(pl.col("period") == latest).iter_rows(named=True):
        i = position.get(row["iso3"])
        if i is not None:
            stocks[i] = row["tonnes"]
            rows[i] = (row["source_row"],) if row["source_row"] is not None else ()
    return stocks, rows


def _refuse_empty(layer: Layer, scenario: Scenario) -> None:
    """A shock that can leave no harvest at all asks for the end of the world, not for a spillover."""
    worst = {name: law.high for name, law in parameters(scenario).items()}
    loss = shocks(scenario, worst)[layer.item].loss
    left = sum(p * (1.0 - loss.get(c, 0.0)) for c, p in zip(layer.countries, layer.production, strict=True))
    if layer.production.sum() > 0 and left <= 0.0:
        raise ScenarioError(
            Phrase("The scenario leaves no {item} anywhere.", item=commodity(layer.item).of),
            where=Phrase("scenario {name}", name=scenario.name),
            next_step="Cut fewer countries, or by less than all of the harvest.",
            item=layer.item,
        )
