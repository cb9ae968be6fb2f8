"""When each country harvests, as shares of the year's harvest by calendar month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clarion.pictures.centroids import centroids
from clarion.sources.warehouse import LoadedTable
from clarion.vocab import Provenance, place

Floats = NDArray[np.float64]
OWN, NEIGHBOURS, REGION, HEMISPHERE, EVEN = "own", "neighbours", "region", "hemisphere", "even"


@dataclass(frozen=True)
class Season:
    """``shares`` (N, 12) sum to 1 a country. ``basis`` says where each comes from: the country's ``own`` calendar,
    the mean of its ``neighbours`` (subregion), ``region`` or ``hemisphere``; or spread ``even`` where the table knows
    nothing of the item. ``provenance`` cites the rows."""

    shares: Floats
    basis: tuple[str, ...]
    provenance: tuple[Provenance, ...]


def season(item: str, countries: tuple[str, ...], table: LoadedTable) -> Season:
    """The months of harvest of one item.

    Each window is spread evenly over its months. A country's windows (seasons, and provinces where there is no
    national row) weigh alike, for their shares of the harvest are not in the table.
    """
    rows = table.frame.filter(pl.col("item") == item)
    if rows.is_empty():
        return Season(np.full((len(countries), 12), 1.0 / 12.0), (EVEN,) * len(countries), ())
    known = {iso3: _own(rows.filter(pl.col("iso3") == iso3)) for iso3 in sorted(set(rows["iso3"].to_list()))}
    chosen = [_nearest(iso3, known) for iso3 in countries]
    lines = tuple(sorted(r for r in rows["source_row"].to_list() if r is not None))
    return Season(np.array([shares for shares, _ in chosen]), tuple(basis for _, basis in chosen), (table.cite(lines),))


def _own(rows: pl.DataFrame) -> Floats:
    national = rows.filter(pl.col("level") == "national")
    windows = (national if len(national) else rows).select("harvest_start_month", "harvest_end_month").rows()
    return _mean(_window(first, last) for first, last in windows)


def _window(first: int, last: int) -> Floats:
    """Even shares from the first to the last month, both included; over the year's end where the last comes before."""
    months = [(first - 1 + i) % 12 for i in range((last - first) % 12 + 1)]
    shares = np.zeros(12)
    shares[months] = 1.0 / len(months)
    return shares


def _nearest(iso3: str, known: dict[str, Floats]) -> tuple[Floats, str]:
    if iso3 in known:
        return known[iso3], OWN
    here = place(iso3)
    for basis, alike in (
        (NEIGHBOURS, [c for c in known if place(c).subregion == here.subregion]),
        (REGION, [c for c in known if place(c).region == here.region]),
        (HEMISPHERE, [c for c in known if _north(c) == _north(iso3)]),
    ):
        if alike:
            return _mean(known[c] for c in alike), basis
    return np.full(12, 1.0 / 12.0), EVEN


def _north(iso3: str) -> bool:
    return centroids().get(iso3, (0.0, 1.0))[1] >= 0.0


def _mean(shares: Iterable[Floats]) -> Floats:
    mean = np.mean(list(shares), axis=0)
    found: Floats = mean / mean.sum()
    return found


def pace(shares: Floats, exports: str) -> Floats:
    """Shares of a year's exports by calendar month, (N, 12): even, or following the harvest.

    A crop is sold over the twelve months from its harvest on, less each month: 12/78 in the first, 1/78 in the last.
    """
    if exports == "flat":
        return np.full(shares.shape, 1.0 / 12.0)
    weights = np.arange(12, 0, -1) / 78.0
    found: Floats = np.sum([np.roll(shares, later, axis=1) * weights[later] for later in range(12)], axis=0)
    return found
