"""Small problems, and the plain linear programme that the method never builds."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from clarion.spillover.engine.support import Problem, Rows
from clarion.vocab import Phrase


def problem(seed, countries=3, measures=2, draws=6, tight=0.4, risk=0.0, budget=None, extra=None):
    rng = np.random.default_rng(seed)
    harm = rng.lognormal(0, 1, (countries, 1)) * rng.lognormal(0, 0.7, (countries, draws)) * 1e5
    harm[rng.random(harm.shape) < 0.1] = 0
    effect = rng.lognormal(-5, 0.6, (countries, measures, 1)) * rng.lognormal(0, 0.3, (countries, measures, draws))
    effect[rng.random((countries, measures)) < 0.2] = 0
    cap = rng.uniform(0.2, 1, (countries, measures)) * harm.mean() * 150
    money = tight * cap.sum() if budget is None else budget
    matrix, limit = [np.ones(cap.size)], [money]
    if extra:
        matrix.append(np.eye(cap.size)[:measures].sum(axis=0))
        limit.append(money * 0.3)
        matrix.append(-np.eye(cap.size)[-measures:].sum(axis=0))
        limit.append(-min(0.05 * money, 0.5 * cap[-1].sum()))
    rows = Rows(np.array(matrix), np.array(limit), tuple(Phrase("limit") for _ in limit))
    weight = rng.uniform(0.5, 2, countries)
    chance = rng.uniform(0.5, 1.5, draws)
    return Problem(harm, effect, cap, rows, chance / chance.sum(), weight, risk, 0.8)


def plain(case, worth=0.0):
    """The best objective, less ``worth`` a USD, by scipy's linear programme with a variable for every country and
    draw."""
    countries, measures, draws = case.countries, case.measures, case.draws
    cells, pairs = case.cap.size, case.harm.size
    tail = draws + 1 if case.risk else 0
    cost = np.concatenate([np.full(cells, worth), -(case.weight[:, None] * case.probability).ravel(), np.zeros(tail)])
    rows = []
    for i in range(countries):
        for k in range(draws):
            row = np.zeros(cells + pairs + tail)
            row[i * measures : (i + 1) * measures] = -case.effect[i, :, k]
            row[cells + i * draws + k] = 1
            rows.append((row, 0.0))
    for row, limit in zip(case.rows.matrix, case.rows.limit, strict=True):
        rows.append((np.concatenate([row, np.zeros(pairs + tail)]), limit))
    if case.risk:
        cost[-tail] = case.risk
        cost[-draws:] = case.risk * case.probability / (1 - case.level)
        for k in range(draws):
            row = np.zeros(cells + pairs + tail)
            row[cells + k : cells + pairs : draws] = -case.weight
            row[-tail] = -1
            row[-draws + k] = -1
            rows.append((row, -float(case.weight @ case.harm[:, k])))
    bounds = [(0, c) for c in case.cap.ravel()] + [(0, h) for h in case.harm.ravel()]
    bounds += [(None, None), *[(0, None)] * draws] if case.risk else []
    matrix = sparse.csr_matrix(np.array([row for row, _ in rows]))
    found = linprog(cost, A_ub=matrix, b_ub=[limit for _, limit in rows], bounds=bounds, method="highs")
    return None if found.status == 2 else -found.fun
