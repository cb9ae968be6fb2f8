"""How close to exporters' reports anybody could come: predictors that are told what a prediction may not know."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from clarion.spillover.engine.backtest import Parameters
from clarion.spillover.engine.backtest.answer import pair
from clarion.spillover.engine.backtest.fit import Pair, fit
from clarion.spillover.engine.backtest.past import Array, imports_of
from clarion.spillover.engine.backtest.predict import expected
from clarion.spillover.engine.backtest.scores import Mask, wape

_GAP = 3.0  # books that grow or shrink more than so often within a year have gaps
Errors = tuple[float, float]
"""WAPE of all importers, and of the exposed."""


def errors(said: Array, actual: Array, exposed: Mask) -> Errors:
    """Both errors of a prediction; every mask here has somebody in it."""
    everyone = wape(said, actual, np.ones(len(actual), bool))
    assert everyone is not None
    return everyone, wape(said, actual, exposed) or float("nan")


def fitted(of: Pair, by: Parameters) -> Errors:
    """What these parameters say of a pair."""
    return errors(expected(of.at, by), of.actual, of.at.leaning)


def told_outcome(of: Pair) -> Errors:
    """The same form with its five coefficients fitted on the scored pair itself."""
    return fitted(of, fit([of]))


def told_flows(of: Pair, trade: pl.DataFrame, exporters: Sequence[str]) -> Errors:
    """Told what each importer will take from the exporters; all other flows as in the base year."""
    ours = trade.filter(pl.col("exporter_iso3").is_in(list(exporters)))
    now, ahead = (imports_of(ours, year) for year in (of.base_year, of.base_year + 1))
    moved = np.array([ahead.get(code, 0.0) - now.get(code, 0.0) for code in of.at.importers])
    return errors(of.at.imports + moved, of.actual, of.at.leaning)


def told_later(of: Pair, trade: pl.DataFrame) -> Errors:
    """Told each importer's imports two years ahead, and taking the mean of the years before and after."""
    later = imports_of(trade, of.base_year + 2)
    level = np.array([later.get(code, 0.0) for code in of.at.importers])
    return errors((of.at.imports + level) / 2, of.actual, of.at.leaning)


def told_reports(of: Pair, growth: dict[str, float]) -> tuple[int, Errors, Errors, Errors]:
    """Told the growth of import values in the importer's own books, the mean price change taken out.

    Only importers whose books are known take part: how many they are, the error of no change on them, that of the
    growth, and that of half of it.
    """
    known = np.array([code in growth for code in of.at.importers])
    base, actual, exposed = of.at.imports[known], of.actual[known], of.at.leaning[known]
    grown = base * np.array([growth[code] for code in of.at.importers if code in growth])
    grown = grown * actual.sum() / grown.sum()
    half = (base + grown) / 2
    return (
        int(known.sum()),
        errors(base, actual, exposed),
        errors(grown, actual, exposed),
        errors(half, actual, exposed),
    )


def reported_growth(data: Path, base_year: int) -> dict[str, dict[str, float]]:
    """Growth of the value of wheat imports by importers' books, for each of two collections of them."""
    files = {
        "FAOSTAT": "fao_tm_values_top_partners_2014_2024.csv.gz",
        "Comtrade": "comtrade_importer_wheat_urea_ammonia_lpg_2020_2025.csv.gz",
    }
    found = {}
    for name, file in files.items():
        books = pl.read_csv(data / "trade_more" / file, infer_schema_length=None).filter(
            (pl.col("commodity") == "wheat")
            & (pl.col("reporter_side") == "importer")
            & (pl.col("exporter_iso3") != "WLD")
        )
        now, ahead = (_values(books, year) for year in (base_year, base_year + 1))
        growth = {code: ahead[code] / now[code] for code in now if code in ahead}
        found[name] = {code: g for code, g in growth.items() if 1 / _GAP < g < _GAP}
    return {name: growth for name, growth in found.items() if growth}


def _values(books: pl.DataFrame, year: int) -> dict[str, float]:
    rows = books.filter(pl.col("year") == year).group_by("importer_iso3").agg(pl.col("usd_1000").sum()).iter_rows()
    return {str(code): float(value) for code, value in rows if value}


def pairs_of(
    trade: pl.DataFrame, harvest: pl.DataFrame, bases: Sequence[int], exporters: Sequence[str], depth: int
) -> list[Pair]:
    """Base years as they stood, with no more than ``depth`` years before them; those without any only at depth 0."""
    found = [pair(trade, harvest, year, exporters, depth) for year in bases]
    return [p for p in found if p.at.history == bool(depth)]
