"""How much of a plan is chance: it is made anew on draws taken with replacement (bootstrap; Efron 1979, Annals of
Statistics 7, 1-26)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from clarion.compute import stream
from clarion.spillover.engine.support.best import best, build
from clarion.spillover.engine.support.effects import Effects
from clarion.spillover.engine.support.problem import Floats
from clarion.spillover.engine.support.question import SupportQuestion


def replicas(question: SupportQuestion, effects: Effects, seed: int, runs: int) -> Iterator[Floats]:
    """Plans (countries, measures) in USD, each made for draws taken with replacement; run ``k`` has a stream of its
    own.

    Lots are left out: a plan in lots jumps between runs by whole lots, which says little of how sure a country is.
    """
    draws = effects.harm.shape[1]
    for run in range(runs):
        taken = stream(seed, "support", "bootstrap", str(run)).integers(0, draws, draws)
        weights = np.bincount(taken, minlength=draws) / draws
        yield best(question, effects, build(question, effects, weights), lots=False).money
