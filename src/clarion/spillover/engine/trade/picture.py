"""One item's trade and harvest in one period, as reported or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from clarion.errors import InputError, ModelError
from clarion.spillover.engine.trade.balance import prebalance
from clarion.spillover.engine.trade.flows import Floats, Flows, flows_from
from clarion.spillover.engine.trade.mirror import mirrored
from clarion.spillover.engine.trade.period import speaks_of
from clarion.spillover.engine.trade.reexports import trace_to_harvest
from clarion.spillover.engine.trade.reported import as_reported
from clarion.spillover.engine.trade.traded import traded
from clarion.vocab import Period, Phrase, commodity

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

Trade = Literal["raw", "corrected"]
TRADE: tuple[Trade, ...] = ("raw", "corrected")


@dataclass(frozen=True)
class Picture:
    """Who sold how much to whom, and what each country harvested.

    ``direct`` are the flows between sellers and buyers; ``flows`` are the same for raw trade, and flows from grower to
    user for corrected trade. ``production`` (n,) is zero where the table has no row; ``production_rows`` (n,) is the
    source line or None. ``harvest_period`` says which years the production speaks of; empty when the table has none of
    this item.
    """

    item: str
    trade: Trade
    period: str
    harvest_period: str
    direct: Flows
    flows: Flows
    production: Floats
    production_rows: tuple[tuple[int, ...], ...]

    @property
    def supply(self) -> Floats:
        """Production + imports - exports, (n,); may be negative where reports contradict each other."""
        return self.production + self.flows.imports - self.flows.exports


def picture(
    item: str,
    trade: Trade,
    trade_flows: LoadedTable,
    production: LoadedTable,
    period: Period | None = None,
) -> Picture:
    """Read one item's picture from tables in the contracts ``trade_flows`` and ``production``.

    Wheat flour is already in wheat equivalent there: loaders apply the factor of ``vocab.commodity``.

    Raises
    ------
    UnknownName: no such commodity.
    InputError: the table has no trade in it, or none in that period.
    ModelError: corrected trade is asked for, and the production table has nothing of the item.
    """
    if trade not in TRADE:
        raise InputError(f"Trade is {trade!r}.", where="trade", next_step="Use one of: " + ", ".join(TRADE) + ".")
    rows, labels = traded(trade_flows, item, period)
    merge = as_reported if trade == "raw" else mirrored
    harvests = production.frame.filter(pl.col("item") == item)
    direct = flows_from(merge(rows, "tonnes", len(labels)).to_dicts(), frozenset(harvests["iso3"].to_list()))
    harvest_period, harvested, harvest_rows = _harvest(harvests, direct, labels)
    if trade == "raw":
        flows = direct
    elif not harvest_period:
        raise ModelError(Phrase("Re-exports of {item} cannot be traced: the production table has none of it.",
                                item=commodity(item).of), where="trade",
                         next_step="Ask for --trade raw, or load production of this item.")  # fmt: skip
    else:
        direct = prebalance(direct, harvested)
        flows = _traced(direct, harvested)
    return Picture(item, trade, speaks_of(labels), harvest_period, direct, flows, harvested, harvest_rows)


def _harvest(
    rows: pl.DataFrame, flows: Flows, labels: tuple[str, ...]
) -> tuple[str, Floats, tuple[tuple[int, ...], ...]]:
    """Mean harvest over the same periods; where the table has none of them, over its latest one."""
    amounts = np.zeros(len(flows.countries))
    lines: list[tuple[int, ...]] = [()] * len(flows.countries)
    if rows.is_empty():
        return "", amounts, tuple(lines)
    there = set(rows["period"].to_list())
    same = [label for label in labels if label in there]
    whole = speaks_of(labels)
    chosen = same or ([whole] if whole in there else [max(there, key=lambda label: Period.parse(label).last)])
    grouped = (
        rows.filter(pl.col("period").is_in(chosen))
        .group_by("iso3")
        .agg(pl.col("tonnes").sum() / len(chosen), pl.col("source_row"))
    )
    for iso3, tonnes, source_rows in grouped.iter_rows():
        amounts[flows.position[iso3]] = tonnes
        lines[flows.position[iso3]] = tuple(sorted(row for row in source_rows if row is not None))
    return speaks_of(chosen), amounts, tuple(lines)


def _traced(direct: Flows, production: Floats) -> Flows:
    used = trace_to_harvest(direct.dense(), production)
    np.fill_diagonal(used, 0.0)
    importer, exporter = np.nonzero(used.T)
    known = {(int(e), int(i)): k for k, (e, i) in enumerate(zip(direct.exporter, direct.importer, strict=True))}
    pairs = [known.get((int(e), int(i))) for e, i in zip(exporter, importer, strict=True)]
    return Flows(
        direct.countries, exporter, importer, used[exporter, importer],
        tuple("traced" if k is None else direct.reported_by[k] for k in pairs),
        tuple(() if k is None else direct.rows[k] for k in pairs),
    )  # fmt: skip
