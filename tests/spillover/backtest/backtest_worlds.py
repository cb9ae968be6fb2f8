"""Small made-up worlds of trade and harvests over some years."""

from __future__ import annotations

import numpy as np
import polars as pl

BASE = 2020
EXPORTERS = ("RUS", "UKR")
SELLERS = ("RUS", "UKR", "USA", "FRA")
BUYERS = ("EGY", "TUN", "KEN", "JPN", "BRA", "LBN")


def world(seed: int = 0, years: range = range(BASE - 4, BASE + 3)) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Trade and harvests of one commodity: every seller sends something to every buyer in every year."""
    rng = np.random.default_rng(seed)
    flows = [
        (year, seller, buyer, round(float(rng.uniform(2e4, 9e5)), 1))
        for year in years for seller in SELLERS for buyer in BUYERS
    ]  # fmt: skip
    grown = [(year, place, round(float(rng.uniform(0, 5e6)), 1)) for year in years for place in (*SELLERS, *BUYERS)]
    trade = pl.DataFrame(flows, schema=["year", "exporter_iso3", "importer_iso3", "tonnes"], orient="row")
    return trade, pl.DataFrame(grown, schema=["year", "iso3", "tonnes"], orient="row")


def steady(years: range = range(BASE - 4, BASE + 2)) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A world in which every year is like the one before."""
    trade, harvest = world(years=range(BASE, BASE + 1))
    return (
        pl.concat([trade.with_columns(pl.lit(year, pl.Int64).alias("year")) for year in years]),
        pl.concat([harvest.with_columns(pl.lit(year, pl.Int64).alias("year")) for year in years]),
    )
