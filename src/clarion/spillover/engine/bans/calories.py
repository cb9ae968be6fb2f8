"""Calories on the world market, by what is traded and who sells it: what a share under restriction is a share of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from clarion.errors import ModelError
from clarion.sources.warehouse import LoadedTable
from clarion.vocab import COMMODITIES, Phrase, Provenance

_KG_PER_TONNE = 1000.0


@dataclass(frozen=True, slots=True)
class TradedCalories:
    """Energy exported a year, kcal, by food and exporter.

    ``missing`` names the commodities of the house that the trade table does not have: they are neither above nor below
    the line of a share.
    """

    kcal: Mapping[tuple[str, str], float]
    period: str
    missing: tuple[str, ...]
    provenance: tuple[Provenance, ...] = ()

    @property
    def total(self) -> float:
        return sum(self.kcal.values())


def traded_calories(trade: LoadedTable, period: str = "") -> TradedCalories:
    """Exports of every commodity in a ``trade_flows`` table, in its latest period or in ``period``.

    Raises
    ------
    ModelError: no export of that period.
    """
    frame = trade.frame.filter(pl.col("exporter_iso3") != pl.col("importer_iso3"))
    chosen = period or str(frame["period"].max() or "")
    sums = (
        frame.filter(pl.col("period") == chosen)
        .sort("reported_by")  # of two reports of one flow the exporter's comes first
        .unique(["item", "exporter_iso3", "importer_iso3"], keep="first", maintain_order=True)
        .group_by("item", "exporter_iso3")
        .agg(pl.col("tonnes").sum())
        .sort("item", "exporter_iso3")
    )
    energy = {c.id: c.kcal_per_kg for c in COMMODITIES.values() if c.kcal_per_kg}
    kcal = {
        (item, iso3): tonnes * _KG_PER_TONNE * energy[item]
        for item, iso3, tonnes in sums.iter_rows()
        if item in energy and tonnes > 0
    }
    if not kcal:
        raise ModelError(
            Phrase("No export of {period} is in the trade table.", period=chosen), where="trade_flows",
            next_step="Choose a period that the table has, or load one that has it.",
        )  # fmt: skip
    held = {item for item, _ in kcal}
    return TradedCalories(kcal, chosen, tuple(i for i in energy if i not in held), (trade.cite(),))
