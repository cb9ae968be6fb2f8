"""A floor of harm: every country in need avoids a share of its expected harm, whatever that costs."""

from __future__ import annotations

import numpy as np

from clarion.errors import InputError
from clarion.spillover.engine.support.highs import Programme, run
from clarion.spillover.engine.support.problem import Floats, Problem
from clarion.vocab import Phrase, place

_EXACT = 1e-9
_MOST_CUTS = 200


def slope(problem: Problem, i: int, money: Floats) -> tuple[float, Floats]:
    """Harm that country ``i`` avoids in the mean with ``money`` (measures,), and a supergradient of it (measures,).

    The mean of minima is concave and piecewise linear, so that ``f(y) <= f(x) + g (y - x)`` for any y.
    """
    reached = money @ problem.effect[i]
    short = reached < problem.harm[i]
    value = float(np.minimum(reached, problem.harm[i]) @ problem.probability)
    return value, problem.effect[i] @ (problem.probability * short)


def cheapest(problem: Problem, i: int, share: float) -> tuple[Floats, list[tuple[Floats, float]]]:
    """The least money (measures,) by which country ``i`` avoids ``share`` of its expected harm, and cuts that prove it.

    Cutting planes (Kelley 1960, Journal of the Society for Industrial and Applied Mathematics 8, 703-712): each cut is
    ``g x >= least``. Its caps must allow it, as ``floors`` makes sure.
    """
    cap = problem.cap[i]
    target = share * float(problem.harm[i] @ problem.probability)
    cuts: list[tuple[Floats, float]] = []
    money = np.zeros(len(cap))
    for _ in range(_MOST_CUTS):
        value, gradient = slope(problem, i, money)
        if value >= target * (1 - _EXACT):
            break
        cuts.append((gradient, target - value + float(gradient @ money)))
        matrix = np.array([g for g, _ in cuts])
        least = np.array([bound for _, bound in cuts])
        unit = np.maximum(np.abs(least), 1e-300)
        found = run(Programme(np.ones(len(cap)) * cap, np.zeros(len(cap)), (cap > 0).astype(float),
                              matrix * cap / unit[:, None], least / unit, np.full(len(least), np.inf)))  # fmt: skip
        money = found.values * cap
    return money, cuts


def floors(problem: Problem, countries: tuple[str, ...], chosen: list[int], share: float) -> dict[int, float]:
    """USD that a floor of ``share`` costs in each of the ``chosen`` countries.

    Raises
    ------
    InputError: the country whose caps fall short of it the most.
    """
    most = {i: slope(problem, i, problem.cap[i])[0] / float(problem.harm[i] @ problem.probability) for i in chosen}
    least = min(most, key=most.__getitem__)
    if most[least] < share * (1 - _EXACT):
        raise InputError(
            Phrase("{place}: the floor asks to avoid {share:.1%} of the harm, its caps allow {most:.1%}.",
                   place=place(countries[least]), share=share, most=most[least]),
            where="floor",
            next_step=Phrase("Lower the floor, raise the caps, or name the countries that the floor is for."),
            country=countries[least], share=share,
        )  # fmt: skip
    return {i: float(cheapest(problem, i, share)[0].sum()) for i in chosen}


def missed(problem: Problem, chosen: list[int], share: float, money: Floats) -> list[tuple[int, Floats, float]]:
    """Cuts ``g money_i >= least`` for the chosen countries whose floor a plan does not keep."""
    cuts = []
    for i in chosen:
        target = share * float(problem.harm[i] @ problem.probability)
        value, gradient = slope(problem, i, money[i])
        if value < target * (1 - 1e-6):
            cuts.append((i, gradient, target - value + float(gradient @ money[i])))
    return cuts
