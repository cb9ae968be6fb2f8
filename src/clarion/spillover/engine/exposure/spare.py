"""Spare export capacity: what sellers outside the origins hold beyond what they need themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from clarion.spillover.engine.trade import Picture
from clarion.vocab import Period

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

MONTHS_KEPT = 2
"""Stock that a country keeps for itself, in months of its own supply: the minimum stock-to-use ratio that FAO has
recommended for cereals since 1974 is 17-18 % of yearly use, about two months."""


def spare_by_country(picture: Picture, stocks: LoadedTable | None, origins: tuple[str, ...]) -> dict[str, float] | None:
    """Tonnes that each net exporter outside the origins could add from stock; None without stocks of the item.

    The latest period of the table is used. Whoever else bids for the same stock is not considered: an upper bound.
    """
    if stocks is None:
        return None
    rows = stocks.frame.filter(pl.col("item") == picture.item)
    if rows.is_empty():
        return None
    latest = max(rows["period"].to_list(), key=lambda label: Period.parse(label).last)
    flows, supply = picture.flows, picture.supply
    spare = {}
    for iso3, tonnes in rows.filter(pl.col("period") == latest).select("iso3", "tonnes").iter_rows():
        i = flows.position.get(iso3)
        if i is None or iso3 in origins or flows.exports[i] <= flows.imports[i]:
            continue
        spare[iso3] = max(0.0, tonnes - MONTHS_KEPT / 12 * max(float(supply[i]), 0.0))
    return spare
