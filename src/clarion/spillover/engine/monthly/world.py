"""The layers of a question as one world of items and countries, ready for the compiled months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.monthly.arrays import WorldArrays
from clarion.spillover.engine.monthly.calendar import Season, pace, season
from clarion.spillover.engine.monthly.distance import distances
from clarion.spillover.engine.monthly.laws import past_users
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables
from clarion.spillover.engine.simulation.layer import Layer
from clarion.vocab import commodity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGE = 0.001
"""Share of an item's world exports from which a seller may offer more than usual, and may ban."""
STAPLES = frozenset({"wheat", "maize", "rice", "barley"})
"""What stands in for each other on a plate."""


@dataclass(frozen=True)
class World:
    """``arrays`` for the kernel; ``harvest``, ``use`` (K, N) tonnes a year; ``stocks`` (K, N), NaN where the table
    has no row; ``seasons`` by item; ``present`` (K, N) where the item's tables know the country."""

    arrays: WorldArrays
    tonnes: Floats
    harvest: Floats
    use: Floats
    stocks: Floats
    seasons: tuple[Season, ...]
    present: NDArray[np.bool_]


def world(
    question: MonthlyQuestion, layers: tuple[Layer, ...], countries: tuple[str, ...], tables: MonthlyTables
) -> World:
    """Put the layers together. Countries without a row of an item neither grow, hold nor trade it."""
    at = [np.searchsorted(countries, layer.countries).astype(np.int64) for layer in layers]
    exporter = [where[layer.exporter] for where, layer in zip(at, layers, strict=True)]
    importer = [where[layer.importer] for where, layer in zip(at, layers, strict=True)]
    seasons = tuple(season(layer.item, countries, tables.crop_calendar) for layer in layers)
    shares = np.array([found.shares for found in seasons])
    n = len(countries)
    exports = np.array([np.bincount(e, layer.tonnes, n) for e, layer in zip(exporter, layers, strict=True)])
    large = exports >= LARGE * np.maximum(exports.sum(axis=1, keepdims=True), 1e-300)
    use = np.array([_wide(where, layer.use, n) for where, layer in zip(at, layers, strict=True)])
    far = distances(countries)
    found = [
        _candidates(large[m], use[m] > 0.0, exporter[m], importer[m], layer.tonnes, far)
        for m, layer in enumerate(layers)
    ]
    sellers, buyers, far_apart, share = (np.concatenate(parts) for parts in zip(*found, strict=True))
    users = past_users(question.laws, [layer.item for layer in layers], tables.restrictions)
    past = np.array([[float(c in users[layer.item]) for c in countries] for layer in layers])
    arrays = WorldArrays(
        _starts([len(e) for e in exporter]), _rows(exporter, n), np.concatenate(exporter), np.concatenate(importer),
        shares,
        np.array([pace(s, question.behaviour.exports) for s in shares]),
        _starts([len(c[0]) for c in found]), _rows([seller for seller, *_ in found], n), sellers, buyers, far_apart,
        share, np.array([_kcal(layer.item) for layer in layers]), large, past,
    )  # fmt: skip
    present = np.zeros(use.shape, np.bool_)
    for m, where in enumerate(at):
        present[m, where] = True
    return World(
        arrays,
        np.concatenate([layer.tonnes for layer in layers]),
        np.array([_wide(where, layer.production, n) for where, layer in zip(at, layers, strict=True)]),
        use,
        np.array([_stocks(where, layer, n) for where, layer in zip(at, layers, strict=True)]),
        seasons,
        present,
    )


def _candidates(
    sellers: NDArray[np.bool_], buyers: NDArray[np.bool_], exporter: Ints, importer: Ints, tonnes: Floats, far: Floats
) -> tuple[Ints, Ints, Floats, Floats]:
    """Every large seller to everybody who uses the item: seller, buyer, distance, its share of the buyer's imports."""
    pairs = sellers[:, None] & buyers
    np.fill_diagonal(pairs, False)
    i, j = np.nonzero(pairs)
    trade = np.zeros(far.shape)
    trade[exporter, importer] = tonnes
    bought = trade.sum(axis=0)
    share = np.divide(trade[i, j], bought[j], out=np.zeros(len(i)), where=bought[j] > 0.0)
    return i.astype(np.int64), j.astype(np.int64), far[i, j], share


def _rows(sellers: list[Ints], n: int) -> Ints:
    """Where each seller's links begin, (K, N + 1), among those of all items."""
    counts = np.array([np.bincount(mine, minlength=n) for mine in sellers])
    ends = np.cumsum(counts.ravel()).reshape(counts.shape)
    found: Ints = np.concatenate([ends[:, :1] - counts[:, :1], ends], axis=1).astype(np.int64)
    return found


def _wide(where: Ints, values: Floats, n: int) -> Floats:
    found = np.zeros(n)
    found[where] = values
    return found


def _stocks(where: Ints, layer: Layer, n: int) -> Floats:
    """A country without a row of its own holds what nobody knows, not nothing."""
    found = np.full(n, np.nan)
    if layer.stocks is not None:
        known = [any(p.table == "stocks" for p in rows) for rows in layer.rows]
        found[where] = np.where(known, layer.stocks, np.nan)
    return found


def _starts(counts: list[int]) -> Ints:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _kcal(item: str) -> float:
    return (commodity(item).kcal_per_kg or 0.0) if item in STAPLES else 0.0
