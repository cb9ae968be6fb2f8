"""How much of a plan is chance: it is made anew on draws taken with replacement (bootstrap; Efron 1979, Annals of
Statistics 7, 1-26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from clarion.compute import stream
from clarion.errors import InputError
from clarion.spillover.engine.support.best import best, build
from clarion.spillover.engine.support.effects import Effects
from clarion.spillover.engine.support.problem import Floats
from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.stop import Asked, never


def replicas(
    question: SupportQuestion, effects: Effects, seed: int, runs: int, cancelled: Asked = never
) -> Iterator[Floats]:
    """Plans (countries, measures) in USD, each made for draws taken with replacement; run ``k`` has a stream of its
    own.

    Lots are left out: a plan in lots jumps between runs by whole lots, which says little of how sure a country is.
    Draws that do not allow the whole floor of harm get the largest that they allow; those without any plan are left
    out.
    """
    draws = effects.harm.shape[1]
    for run in range(runs):
        taken = stream(seed, "support", "bootstrap", str(run)).integers(0, draws, draws)
        try:
            yield _money(question, effects, np.bincount(taken, minlength=draws) / draws, cancelled)
        except InputError:
            continue


def _money(question: SupportQuestion, effects: Effects, weights: Floats, cancelled: Asked) -> Floats:
    problem = build(question, effects, weights)
    try:
        return best(question, effects, problem, lots=False, cancelled=cancelled).money
    except InputError as error:
        if question.floor is None or "largest" not in error.details:
            raise
        lower = replace(question, floor=replace(question.floor, share=error.details["largest"]))
        return best(lower, effects, problem, lots=False, cancelled=cancelled).money
