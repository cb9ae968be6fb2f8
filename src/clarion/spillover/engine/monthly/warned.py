"""What in the draws themselves a reader must be warned of, said with the answer's first statement."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.market import DEAREST
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.simulation.methods import unsettled_draws
from clarion.vocab import Phrase, commodity

_BEYOND = (
    "In {held} of {draws} draws more {item} is missing than the law of prices was made for: its price is held at"
    " {times:g} times that before, which says no more than that it is dearer than ever seen."
)
_NEAR = math.log(DEAREST) - 1e-4  # prices are kept in single precision


def warned(plan: MonthlyPlan, price: NDArray[np.floating], unsettled: int) -> tuple[Phrase, ...]:
    """One sentence for each commodity whose price left what the law can tell, and one for draws that did not settle.

    Parameters
    ----------
    price: (D, M, T) change of the logarithm of the world price, by draw, item and month.
    unsettled: draws in which price and bans went on after the last round.
    """
    draws = plan.question.draws
    held = (price >= _NEAR).any(axis=2).sum(axis=0)
    beyond = [
        Phrase(_BEYOND, held=int(held[m]), draws=draws, item=commodity(plan.items[m]).of, times=DEAREST)
        for m in plan.priced if held[m]
    ]  # fmt: skip
    return (*beyond, *unsettled_draws(unsettled, draws))
