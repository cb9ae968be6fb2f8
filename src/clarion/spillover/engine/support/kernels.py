"""The passes over every country and draw of the interior-point method, compiled.

Arrays of pairs are (2, countries, draws): first what is left of the harm, then how far the measures go beyond it.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np

from clarion.compute.kernel import kernel


@kernel()
def curvature(primal, dual, slope, bend, give):
    """What remains of each pair once it is eliminated: weights of the measures' rows, of their squares, of the price.

    With theta = dual / primal: slope = theta_2 / (theta_1 + theta_2), bend = theta_1 slope, give = 1 / (theta_1 +
    theta_2), each (countries, draws).
    """
    countries, draws = slope.shape
    for i in range(countries):
        for k in range(draws):
            low = dual[0, i, k] * primal[1, i, k]
            high = dual[1, i, k] * primal[0, i, k]
            share = 1.0 / (low + high)
            slope[i, k] = high * share
            bend[i, k] = high * share * (dual[0, i, k] / primal[0, i, k])
            give[i, k] = primal[0, i, k] * primal[1, i, k] * share


@kernel()
def right_side(goal, primal, dual, slope, give, aim, force, total):
    """Turn ``goal`` (the products wanted of each pair) into ``aim``, ``force`` on the measures and ``total`` a draw."""
    countries, draws = slope.shape
    total[:] = 0.0
    for i in range(countries):
        for k in range(draws):
            low = goal[0, i, k] / primal[0, i, k] - dual[0, i, k]
            high = goal[1, i, k] / primal[1, i, k] - dual[1, i, k]
            aim[0, i, k] = low
            aim[1, i, k] = high
            force[i, k] = high - slope[i, k] * (low + high)
            total[k] += give[i, k] * (low + high)


@kernel()
def change(primal, dual, slope, give, aim, price, reach, by, dual_by):
    """Changes of every pair for changes ``price`` of the draws' weights and ``reach`` of the measures.

    Returns how far a full step would overshoot in primal and dual (1 / step length), and the products of changes
    and values that tell the complementarity after a step.
    """
    countries, draws = slope.shape
    over, dual_over, first, second, third = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(countries):
        for k in range(draws):
            left = give[i, k] * (aim[0, i, k] + aim[1, i, k] - price[k]) - slope[i, k] * reach[i, k]
            beyond = left + reach[i, k]
            low = aim[0, i, k] - dual[0, i, k] / primal[0, i, k] * left
            high = aim[1, i, k] - dual[1, i, k] / primal[1, i, k] * beyond
            by[0, i, k] = left
            by[1, i, k] = beyond
            dual_by[0, i, k] = low
            dual_by[1, i, k] = high
            over = max(over, -left / primal[0, i, k], -beyond / primal[1, i, k])
            dual_over = max(dual_over, -low / dual[0, i, k], -high / dual[1, i, k])
            first += left * dual[0, i, k] + beyond * dual[1, i, k]
            second += low * primal[0, i, k] + high * primal[1, i, k]
            third += left * low + beyond * high
    return over, dual_over, first, second, third


@kernel()
def second_order(target, by, dual_by, goal):
    """Mehrotra's goal: ``target`` less the product of the changes of the predictor; all are flat."""
    for k in range(len(goal)):
        goal[k] = target - by[k] * dual_by[k]


@kernel()
def centre(target, step, dual_step, primal, dual, by, dual_by, goal, new):
    """Gondzio's goal: pull products that a longer step would leave far from ``target`` back towards it; all flat."""
    for k in range(len(goal)):
        product = (primal[k] + step * by[k]) * (dual[k] + dual_step * dual_by[k])
        pull = min(max(product, 0.1 * target), 10.0 * target) - product
        new[k] = goal[k] + max(pull, -10.0 * target)


@kernel()
def cholesky(system):
    """Turn a symmetric matrix into its factor, of which the upper triangle is written (``U' U``); False where it is
    not positive. Small and called often: the threads of a shared library would wait for each other longer than it
    takes.
    """
    count = len(system)
    for k in range(count):
        pivot = system[k, k]
        if not pivot > 0.0:
            return False
        root = np.sqrt(pivot)
        for j in range(k, count):
            system[k, j] /= root
        for i in range(k + 1, count):
            by = system[k, i]
            if by != 0.0:
                for j in range(i, count):
                    system[i, j] -= by * system[k, j]
    return True
