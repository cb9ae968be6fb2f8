"""Export bans and the price drive each other: iterated within a month until nobody else closes.

A price rise makes a ban more likely, a ban makes the price rise. Within a month bans are only added, and the hazard
does not fall as the price rises, so rounds end: at the latest when all have closed. Each exporter's chance is one
uniform number ``u`` a month, the same in every scenario: a dearer one closes all that a cheaper one does, and more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.compute.kernel import kernel
from clarion.spillover.engine.market.hazard import monthly_hazard
from clarion.spillover.engine.market.price import log_price

Floats = NDArray[np.float64]
ROUNDS = 50
"""After which a draw counts as not settled."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Price change (log), shape (draws,); closed exporters, shape (draws, exporters); rounds, shape (draws,).

    A draw that had not settled after the allowed rounds has one round more than these.
    """

    price: Floats
    banned: NDArray[np.bool_]
    rounds: NDArray[np.int64]
    allowed: int

    @property
    def unsettled(self) -> int:
        """Draws that had not settled."""
        return int((self.rounds > self.allowed).sum())


@kernel()
def settle(  # type: ignore[no-untyped-def]
    gap, withheld, u, rise, shortfall, past_user, coefficients, stocks, smoothing, supply, demand, banned, rounds
):
    """One draw's month: adds to ``banned`` (exporters,) in place, returns the price change and the rounds it took.

    Parameters
    ----------
    gap: share of a year's use that is missing without bans.
    withheld: what each exporter would hold back, as a share of a year's use, shape (exporters,).
    u: uniform numbers, shape (exporters,).
    rise: change of the log price over the year before, without the shock.
    shortfall, past_user: as in ``monthly_hazard``, shape (exporters,).
    coefficients: of the hazard, shape (4,).
    stocks, smoothing, supply, demand: as in ``log_price``.
    banned: who has closed already, shape (exporters,); changed.
    rounds: most rounds; one more is returned where they did not do.
    """
    for i in range(len(u)):
        if banned[i]:
            gap += withheld[i]
    price = log_price(gap, stocks, smoothing, supply, demand)
    for k in range(rounds):
        added = False
        for i in range(len(u)):
            if not banned[i] and u[i] < monthly_hazard(rise + price, shortfall[i], past_user[i], coefficients):
                banned[i] = True
                gap += withheld[i]
                added = True
        if not added:
            return price, k + 1
        price = log_price(gap, stocks, smoothing, supply, demand)
    return price, rounds + 1


@kernel()
def _settle_all(  # type: ignore[no-untyped-def]
    gap, withheld, u, rise, shortfall, past_user, coefficients, stocks, smoothing, supply, demand, banned, allowed,
    price, rounds
):  # fmt: skip
    for d in range(len(gap)):
        price[d], rounds[d] = settle(
            gap[d], withheld[d], u[d], rise[d], shortfall, past_user, coefficients[d], stocks, smoothing[d], supply[d],
            demand[d], banned[d], allowed,
        )  # fmt: skip


def settled(
    gap: Floats, withheld: Floats, u: Floats, rise: Floats, shortfall: Floats, past_user: Floats,
    coefficients: Floats, stocks: float, smoothing: Floats, supply: Floats, demand: Floats, *,
    banned: NDArray[np.bool_] | None = None, rounds: int = ROUNDS,
) -> Settled:  # fmt: skip
    """``settle`` for every draw.

    Parameters
    ----------
    gap, rise, smoothing, supply, demand: shape (draws,).
    withheld, u: shape (draws, exporters).
    shortfall, past_user: shape (exporters,).
    coefficients: shape (draws, 4); that of the price is not negative.
    stocks: usable stocks, as a share of a year's use.
    banned: who has closed before, shape (draws, exporters); none by default. Not changed.
    """
    closed = np.zeros(u.shape, np.bool_) if banned is None else banned.copy()
    price, took = np.empty(len(gap)), np.empty(len(gap), np.int64)
    _settle_all(
        gap, withheld, u, rise, shortfall, past_user, coefficients, stocks, smoothing, supply, demand, closed, rounds,
        price, took,
    )  # fmt: skip
    return Settled(price, closed, took, rounds)
