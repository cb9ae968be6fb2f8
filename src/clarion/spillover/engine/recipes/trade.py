"""Who gets what an exporter sends: shares from bilateral flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from clarion.errors import InputError
from clarion.spillover.engine.recipes.world import Matrix
from clarion.vocab import Phrase

ITEMS = {
    "wheat": "Wheat and products",
    "maize": "Maize and products",
    "rice": "Rice (Milled Equivalent)",
    "soya": "Soyabeans",
    "soya beans": "Soyabeans",
    "barley": "Barley and products",
    "sunflower-oil": "Sunflowerseed Oil",
    "palm-oil": "Palm Oil",
}
"""The recipes' names of what the house and FAOSTAT call otherwise, in small letters."""


@dataclass(frozen=True, eq=False)
class TradeShares:
    """``matrix`` (c * i, c * i): each column sums to one where its country sends any of its item to another.

    ``items`` are those with trade; all others have none. ``left_out`` counts rows of countries or items that the
    recipes do not know and of a country with itself.
    """

    matrix: Matrix
    items: tuple[str, ...]
    rows: int
    left_out: int


def named(item: str) -> str:
    """An item as the recipes name it."""
    return ITEMS.get(item.strip().lower(), item.strip())


def trade_shares(flows: pl.DataFrame, countries: tuple[str, ...], items: tuple[str, ...]) -> TradeShares:
    """Shares from a table item, exporter_iso3, importer_iso3, tonnes; rows for one link are added up.

    Raises
    ------
    InputError: no row is left that the recipes can use.
    """
    place: Mapping[str, int] = {iso3: i for i, iso3 in enumerate(countries)}
    item_place = {name: i for i, name in enumerate(items)}
    known = flows.with_columns(
        pl.col("item").map_elements(named, return_dtype=pl.String).replace_strict(item_place, default=None).alias("k"),
        pl.col("exporter_iso3").replace_strict(place, default=None).alias("i"),
        pl.col("importer_iso3").replace_strict(place, default=None).alias("j"),
    ).filter(pl.all_horizontal(pl.col("k", "i", "j").is_not_null()), pl.col("i") != pl.col("j"), pl.col("tonnes") > 0)
    if known.is_empty():
        raise InputError(
            "No flow is between countries, and of an item, that the recipes know.", where="trade",
            next_step=Phrase("Name items as the recipes do, or one of: {names}.", names=tuple(ITEMS)),
        )  # fmt: skip
    k, i, j = (known[c].to_numpy().astype(np.int64) for c in ("k", "i", "j"))
    n, size = len(items), len(countries) * len(items)
    sent = sparse.csr_array((known["tonnes"].to_numpy(), (j * n + k, i * n + k)), shape=(size, size))
    total = np.asarray(sent.sum(axis=0)).ravel()
    shares = sparse.csr_array(sent @ sparse.diags_array(np.divide(1.0, total, out=np.zeros(size), where=total > 0)))
    traded = tuple(items[p] for p in np.unique(k))
    return TradeShares(shares, traded, known.height, flows.height - known.height)
