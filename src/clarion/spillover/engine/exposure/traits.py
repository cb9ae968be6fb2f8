"""What is known of flows and importers before their next year: size, weight, and how steady they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from clarion.spillover.engine.trade import Picture, as_reported
from clarion.vocab import Period

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

Array = npt.NDArray[np.float64]

LARGE = 1e4
"""Tonnes a year. Below it, a flow that is all of a small country's imports is often one ship; above it, a supplier's
share tells how hard it is to replace."""

Chosen = npt.NDArray[np.bool_] | npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FlowTraits:
    """Of flows, (m,) each: ``tonnes`` a year; ``share`` of the importer's imports, 0 to 1; ``unsteadiness`` as the
    function of that name measures it, nan where only a mean is known."""

    tonnes: Array
    share: Array
    unsteadiness: Array

    @property
    def size(self) -> Array:
        """Powers of ten above ``LARGE``."""
        return _size(self.tonnes)

    @property
    def hold(self) -> Array:
        """Share times size, 0 for flows under ``LARGE``: the hold that a supplier has on its buyer."""
        return self.share * np.maximum(self.size, 0.0)

    def at(self, chosen: Chosen) -> FlowTraits:
        """The traits of some of the flows, by mask or by position."""
        return FlowTraits(self.tonnes[chosen], self.share[chosen], self.unsteadiness[chosen])


@dataclass(frozen=True, slots=True)
class ImporterTraits:
    """Of countries, (n,) each: ``tonnes`` bought a year; ``need``, imports over imports and harvest together (a large
    harvest leaves imports to fill what is missing, little one year and much the next); ``unsteadiness`` of imports."""

    tonnes: Array
    need: Array
    unsteadiness: Array

    @property
    def size(self) -> Array:
        """Powers of ten above ``LARGE``."""
        return _size(self.tonnes)


@dataclass(frozen=True, slots=True)
class Traits:
    """A picture's: ``flows`` in the order of its flows, ``importers`` in that of its countries."""

    flows: FlowTraits
    importers: ImporterTraits


def traits(picture: Picture, trade_flows: LoadedTable) -> Traits:
    """Read the traits of a picture. Steadiness needs yearly rows of each of the picture's years."""
    flows = picture.flows
    by_pair, by_importer = _unsteadiness(picture, trade_flows)
    names = flows.countries
    pairs = [(names[e], names[i]) for e, i in zip(flows.exporter, flows.importer, strict=True)]
    return Traits(
        FlowTraits(flows.tonnes, flows.tonnes / flows.imports[flows.importer], _looked_up(pairs, by_pair)),
        ImporterTraits(flows.imports, need(flows.imports, picture.production), _looked_up(names, by_importer)),
    )


def need(imports: Array, harvest: Array) -> Array:
    """Imports over imports and harvest together, 0 where there is neither."""
    available = imports + harvest
    return np.divide(imports, available, out=np.zeros_like(available), where=available > 0)


def unsteadiness(total: Array, squares: Array, years: int) -> Array:
    """How unevenly amounts lie over ``years``, from their sums and sums of squares: 0 the same in every year,
    sqrt(1 - 1 / years) all in one.

    It is sqrt(1 - N / years) with N = total^2 / squares, the effective number of years (Hill's number of order two).
    """
    return np.sqrt(np.clip(1 - total**2 / squares / years, 0.0, 1.0))


def _size(tonnes: Array) -> Array:
    return np.log10(np.maximum(tonnes, 1.0) / LARGE)


def _looked_up(keys: Sequence[Any], known: dict[Any, float]) -> Array:
    return np.array([known.get(key, np.nan) for key in keys], dtype=np.float64)


def _unsteadiness(picture: Picture, trade_flows: LoadedTable) -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    """By exporter and importer, and by importer; both empty without yearly rows."""
    labels = _years_of(picture.period)
    rows = trade_flows.frame.filter((pl.col("item") == picture.item) & pl.col("period").is_in(labels))
    if len(labels) < 2 or set(rows["period"].unique().to_list()) != set(labels):
        return {}, {}
    yearly = pl.concat([
        as_reported(rows.filter(pl.col("period") == label), "tonnes", 1).with_columns(period=pl.lit(label))
        for label in labels
    ])  # fmt: skip
    pairs = _over_years(yearly, ["exporter_iso3", "importer_iso3"], len(labels))
    importers = _over_years(yearly, ["importer_iso3"], len(labels))
    return {(e, i): found for e, i, found in pairs}, dict(importers)


def _over_years(yearly: pl.DataFrame, key: list[str], years: int) -> list[tuple[Any, ...]]:
    sums = (
        yearly.group_by([*key, "period"])
        .agg(pl.col("amount").sum())
        .group_by(key)
        .agg(pl.col("amount").sum().alias("total"), (pl.col("amount") ** 2).sum().alias("squares"))
        .filter(pl.col("total") > 0)
    )
    found = unsteadiness(sums["total"].to_numpy(), sums["squares"].to_numpy(), years)
    return sums.select(key).with_columns(pl.Series("found", found)).rows()


def _years_of(period: str) -> list[str]:
    if re.fullmatch(r"\d{4}-\d{4}", period):
        span = Period.parse(period)
        return [str(year) for year in range(span.first, span.last + 1)]
    return re.findall(r"\d{4}", period)
