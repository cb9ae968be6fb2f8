"""Prices of a window of months after a shock, from what was known when it struck.

Each month exporters may close (a ban that has come stays for the window), and bans and the price settle together. The
price follows what the market expects to miss over the year ahead; around it prices wander as they did in earlier
crises, for a market in want of grain is restless whatever sets it off. The rise is of the window's mean price over the
mean of the twelve months before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from clarion.compute import stream
from clarion.spillover.engine.bans.law import Uniform
from clarion.spillover.engine.market.feedback import ROUNDS, settled
from clarion.spillover.engine.market.laws import MarketLaws
from clarion.spillover.engine.market.shock import MONTHS, Hampered, Market
from clarion.vocab import Estimate, Interval, Phrase, Provenance

Floats = NDArray[np.float64]
LEVEL = 0.8


@dataclass(frozen=True, slots=True)
class Outlook:
    """Draws of one commodity.

    Shapes (draws,): ``rise`` of the window over the twelve months before (0.48 is 48 percent), ``naive`` a random walk
    as restless as the quiet years before, ``lost`` the share of a year's world use that the hampered exporters lose,
    ``withheld`` what bans add to it, ``closed`` the exporters that closed. ``unsettled`` counts months of draws that
    had not settled.
    """

    item: str
    rise: Floats
    naive: Floats
    lost: Floats
    withheld: Floats
    closed: Floats
    unsettled: int


def uniforms(seed: int, draws: int) -> Uniform:
    """Random numbers by name, the same for every scenario of one seed."""
    return lambda name: stream(seed, "prices", name).random(draws)


def outlook(
    market: Market, hampered: Sequence[Hampered], laws: MarketLaws, uniform: Uniform, *, rounds: int = ROUNDS,
    more_gap: Floats | float = 0.0, bans: bool = True,
) -> Outlook:  # fmt: skip
    """The outlook of one commodity.

    Parameters
    ----------
    market, laws: what is known, and the laws of what is not.
    hampered: exporters that the shock strikes; others of the world market may close by their own will.
    uniform: random numbers by name (``uniforms``); common ones make scenarios comparable draw by draw.
    rounds: most rounds of bans and price within a month.
    more_gap: a further gap, as a share of a year's use, such as demand that comes over from another oil.
    bans: whether exporters may close.
    """
    drawn = laws.draw((market.item,), uniform)
    draws = len(drawn.smoothing)
    lost, left = _lost(market, hampered, uniform, draws)
    gap = lost + more_gap
    strength = np.column_stack([
        laws.withheld.quantiles(uniform(f"measure {iso3} {market.item}"), uniform(f"strength {iso3} {market.item}"))
        for iso3 in market.exporters
    ])  # fmt: skip
    lasts = np.minimum(drawn.months, MONTHS) / MONTHS
    withheld = strength * left * market.exports * lasts[:, None] * float(bans)
    closed = np.zeros(withheld.shape, np.bool_)
    wander, path, calm = (np.zeros(draws) for _ in range(3))
    unsettled = 0
    for month, risen in enumerate(market.risen):
        u = np.column_stack([uniform(f"closes {iso3} {market.item} {month}") for iso3 in market.exporters])
        found = settled(
            gap, withheld, u if bans else np.ones_like(u), np.full(draws, risen), market.shortfall,
            market.past_user, drawn.hazard, market.stocks, drawn.smoothing, drawn.supply[:, 0], drawn.demand[:, 0],
            banned=closed, rounds=rounds,
        )  # fmt: skip
        closed, unsettled = found.banned, unsettled + found.unsettled
        wander = wander + ndtri(np.clip(uniform(f"wanders {market.item} {month}"), 1e-9, 1 - 1e-9))
        path = path + np.exp(market.last + market.volatility * wander + found.price)
        calm = calm + np.exp(market.last + market.calm * wander)
    return Outlook(
        market.item, path / market.months - 1.0, calm / market.months - 1.0, lost, (withheld * closed).sum(axis=1),
        closed.sum(axis=1).astype(np.float64), unsettled,
    )  # fmt: skip


def _lost(market: Market, hampered: Sequence[Hampered], uniform: Uniform, draws: int) -> tuple[Floats, Floats]:
    """What hampered exporters lose of a year's use, shape (draws,), and what each exporter still sends, as a share."""
    left = np.ones((draws, len(market.exporters)))
    for each in hampered:
        if each.iso3 in market.exporters:
            left[:, market.exporters.index(each.iso3)] *= 1.0 - each.lost(uniform)
    lost: Floats = ((1.0 - left) * market.exports).sum(axis=1)
    return lost, left


def rise_estimate(
    draws: Floats, method: Phrase, provenance: tuple[Provenance, ...] = (), level: float = LEVEL,
    unit: str = "share of the mean of the twelve months before",
) -> Estimate:  # fmt: skip
    """The median of draws with their central interval."""
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2]).tolist()
    return Estimate(middle, unit, Interval(low, high, level), method, provenance)


def lowered(without: Outlook, given: Outlook, method: Phrase, level: float = LEVEL) -> Estimate:
    """By how many points ``given`` leaves the rise lower than ``without``, draw by draw (common random numbers)."""
    return rise_estimate(100.0 * (without.rise - given.rise), method, level=level, unit="points")
