"""The recurrence without a shock: what each step holds, makes and sends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clarion.errors import InputError
from clarion.spillover.engine.recipes.world import Floats, Recipes
from clarion.vocab import Phrase

STEPS = 10
"""Steps of the published runs. They have no length in time."""
MOST_STEPS = 1000


@dataclass(frozen=True, eq=False)
class Baseline:
    """Each step's amounts before it (``held``), input of processes (``fed``), production and receipts.

    ``held`` has one row more: the last is what remains after the last step. Shapes are (steps + 1, c * i),
    (steps, c * p) and twice (steps, c * i).
    """

    held: Floats
    fed: Floats
    made: Floats
    received: Floats

    @property
    def steps(self) -> int:
        return len(self.made)

    @property
    def after(self) -> Floats:
        """Amounts after the last step (c * i)."""
        last: Floats = self.held[-1]
        return last


def baseline(world: Recipes, steps: int = STEPS) -> Baseline:
    """Laber et al. 2023: o(t) = alpha nu (used x) + beta, plus the stock at t = 0; x(t + 1) = o + trade (exported x).

    Products are taken in the order of the equations, so that amounts agree with a plain loop to the last bit.

    Raises
    ------
    InputError: a number of steps that cannot be used.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(
            Phrase("{steps} steps were asked for.", steps=steps), where="steps",
            next_step=Phrase("Use from 1 to {most:,.0f}; the published number is 10.", most=MOST_STEPS),
        )  # fmt: skip
    n, m = len(world.start), world.nu.shape[0]
    held, fed, made, received = (np.empty(shape) for shape in ((steps + 1, n), (steps, m), (steps, n), (steps, n)))
    held[0] = world.start
    for t in range(steps):
        fed[t] = world.nu @ (world.used * held[t])
        made[t] = world.alpha @ fed[t] + world.beta
        if t == 0:
            made[t] += world.stock
        received[t] = world.trade @ (world.exported * held[t])
        held[t + 1] = made[t] + received[t]
    return Baseline(held, fed, made, received)
