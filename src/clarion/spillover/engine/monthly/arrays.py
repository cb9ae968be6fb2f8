"""What the compiled months read and write. D draws, K items, N countries, T months, M links, Q candidates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]


class WorldArrays(NamedTuple):
    """What is the same in every draw.

    Links of item m are ``first[m]`` to ``first[m + 1]``, those of its seller i ``row[m, i]`` to ``row[m, i + 1]``;
    ``exporter`` and ``importer`` (M,) index the countries.
    ``season`` and ``pace`` (K, N, 12) are the shares of a year's harvest and exports by calendar month. Candidates for
    new links (Q,) lie likewise: ``c_cost`` is the distance in thousands of kilometres, ``c_share`` the seller's share
    of the buyer's imports. ``kcal`` (K,) is energy of a kilogram of staples that stand in for each other, else 0.
    ``c_row`` (K, N + 1) says where each seller's candidates begin.
    ``large`` (K, N) are sellers who may offer more and may ban; ``past`` (K, N) is 1 for those who banned before.
    """

    first: Ints
    row: Ints
    exporter: Ints
    importer: Ints
    season: Floats
    pace: Floats
    c_first: Ints
    c_row: Ints
    c_exporter: Ints
    c_importer: Ints
    c_cost: Floats
    c_share: Floats
    kcal: Floats
    large: Booleans
    past: Floats


class Switches(NamedTuple):
    """``start`` is the first calendar month, 0 to 11; ``rounds`` of rationing along old links and ``most_rounds`` of
    price and bans in a month at most; the others turn parts of the model on."""

    start: int
    rounds: int
    most_rounds: int
    price: bool
    bans: bool
    links: bool


class Inputs(NamedTuple):
    """One row a draw. Yearly tonnes: ``flows`` (D, M), ``harvest`` and ``carry``, stock at the year's lowest (D, K, N).

    ``loss`` (D, K, N) is the share of harvests lost and ``keep`` (D, M) that of flows that may pass while the shock
    lasts, ``duration`` (D,) months. ``elastic`` (D, K, 3): elasticities of supply and demand, smoothing by stocks;
    ``cover`` (D, K) are the stocks that may be sold, as a share of a year's use. ``passed`` (D, N): how far the world
    price reaches the consumer. ``hazard`` (D, 4): coefficients of the hazard of bans; ``ban_draw`` (D, K, N, T) uniform
    numbers; ``ban_strength`` and ``ban_length`` (D, K, N), a share and months.
    ``policy`` (D, 6): share of usable reserves released a month, priority of home use, surge of exports, decay with
    distance, pull of known sellers, share of a missing staple that others may replace. ``floor_days`` (D, N): days of
    use that are never released. ``bids`` (D, N): what a buyer can pay, 1 in the middle.
    ``later`` (D, K, N) is the share lost of a harvest whose fertiliser was short; it goes on ``lead`` (D,) months
    before the harvest and is short for ``scarce`` (D,) months.
    """

    flows: Floats
    harvest: Floats
    carry: Floats
    loss: Floats
    keep: Floats
    duration: Floats
    elastic: Floats
    cover: Floats
    passed: Floats
    hazard: Floats
    ban_draw: Floats
    ban_strength: Floats
    ban_length: Floats
    policy: Floats
    floor_days: Floats
    bids: Floats
    later: Floats
    lead: Floats
    scarce: Floats


class Outcome(NamedTuple):
    """What the months bring, tonnes: ``lost`` (use that is missing), ``supply`` (missing before anybody responds) and
    ``stocks`` at the end, each (D, K, T, N); ``swapped`` (D, T, K, N) is
    eaten in place of other staples or, negative, made up by them.

    ``price`` (D, K, T) is the change of the logarithm of the world price; ``banned`` (D, K, T, N) where a country's own
    ban holds; ``harvest_lost`` (D, K) over all months; ``use`` (D, K, N) of a year of the baseline. ``mass_error`` is
    the worst relative error of the law of mass and ``settled`` False where price and bans met the limit of rounds.
    ``sent`` (D, T, M) and ``bought`` (D, T, Q) are flows on old and new links, or empty where not asked for.
    """

    lost: Floats
    supply: Floats
    stocks: Floats
    swapped: Floats
    price: Floats
    banned: NDArray[np.uint8]
    harvest_lost: Floats
    use: Floats
    mass_error: Floats
    settled: Booleans
    sent: Floats
    bought: Floats


def outcome(world: WorldArrays, draws: int, months: int, *, flows: bool = False) -> Outcome:
    """Empty arrays for a run; ``flows`` keeps those on every link."""
    items, n = world.large.shape
    size = (draws, items, months, n)
    kept = draws if flows else 0
    return Outcome(
        np.zeros(size), np.zeros(size), np.zeros(size), np.zeros((draws, months, items, n)),
        np.zeros((draws, items, months)), np.zeros(size, np.uint8), np.zeros((draws, items)),
        np.zeros((draws, items, n)), np.zeros(draws), np.ones(draws, np.bool_),
        np.zeros((kept, months, len(world.exporter))), np.zeros((kept, months, len(world.c_exporter))),
    )  # fmt: skip
