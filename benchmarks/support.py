"""The support plan against HiGHS on the plain linear programme, both in one run.

    python benchmarks/support.py

150 countries, 6 measures, 500 draws, with and without a weight on the worst tenth (CVaR). The plain programme has a
variable for every country and draw (75,900 and, with CVaR, 501 more). Prints both objectives, their difference, the gap
that our own duals prove, both times, and where a bar (one second, one part in a million) was missed. Tight and loose
budgets; spread effects, effects that are nearly alike (clustered), and harm without a common cause (apart).
"""

from __future__ import annotations

import time

import numpy as np
from scipy import sparse

from clarion.spillover.engine.support import Problem, Rows, solve
from clarion.spillover.engine.support.highs import Programme, run
from clarion.spillover.engine.support.lots import Lots, solve_lots
from clarion.vocab import Phrase

COUNTRIES, MEASURES, DRAWS = 150, 6, 500


def instance(seed: int, kind: str, tight: float, risk: float) -> Problem:
    """Harm and effects of a kind; the budget is the share ``tight`` of all caps."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(9, 1.5, COUNTRIES))[:, None]
    shared = 0.0 if kind == "apart" else 0.5 * rng.normal(0, 1, DRAWS)
    harm = size * np.exp(rng.normal(0, 0.6, (COUNTRIES, DRAWS)) + shared)
    shape = (COUNTRIES, MEASURES)
    if kind == "clustered":
        effect = np.exp(rng.normal(0, 0.02, shape))[:, :, None] * np.exp(rng.normal(0, 0.05, (*shape, DRAWS)))
    else:
        effect = np.exp(rng.normal(0, 0.5, shape))[:, :, None] * np.exp(rng.normal(0, 0.4, (*shape, DRAWS)))
        effect *= (rng.random(shape) < 0.7)[:, :, None]
    effect /= 200.0
    cap = 70.0 * harm.mean(axis=1)[:, None] * rng.uniform(0.3, 1, shape)
    budget = Rows(np.ones((1, cap.size)), np.array([tight * cap.sum()]), (Phrase("the budget"),))
    return Problem(harm, effect, cap, budget, risk=risk)


def plain(case: Problem) -> Programme:
    """Money, harm avoided in each country and draw, with CVaR the threshold and the losses above it; in millions of
    USD and in shares of a country's mean harm, so that HiGHS meets it in good scale."""
    unit = case.expected / case.countries
    cells, pairs = case.cap.size, case.harm.size
    tail = 1 + DRAWS if case.risk else 0
    columns = cells + pairs + tail
    line = np.arange(pairs)
    country = np.repeat(np.arange(COUNTRIES), DRAWS)
    reach = -1e6 * case.effect.transpose(0, 2, 1).reshape(pairs, MEASURES) / unit
    blocks = [
        sparse.hstack([
            sparse.csr_matrix((reach.ravel(), (np.repeat(line, MEASURES),
                               (country[:, None] * MEASURES + np.arange(MEASURES)).ravel())), shape=(pairs, cells)),
            sparse.eye(pairs), sparse.csr_matrix((pairs, tail)),
        ]),
        sparse.csr_matrix(np.concatenate([np.ones(cells), np.zeros(pairs + tail)])[None]),
    ]  # fmt: skip
    low, high = [np.full(pairs + 1, -np.inf)], [np.zeros(pairs), case.rows.limit / 1e6]
    cost = np.concatenate([np.zeros(cells), -np.tile(case.probability, COUNTRIES), np.zeros(tail)])
    least, most = np.zeros(columns), np.concatenate([case.cap.ravel() / 1e6, case.harm.ravel() / unit])
    most = np.concatenate([most, np.full(tail, np.inf)])
    if case.risk:
        cost[-tail] = case.risk
        cost[-DRAWS:] = case.risk * case.probability / (1.0 - case.level)
        least[-tail] = -np.inf
        blocks.append(sparse.hstack([sparse.csr_matrix((DRAWS, cells)), sparse.hstack([sparse.eye(DRAWS)] * COUNTRIES),
                                     np.ones((DRAWS, 1)), sparse.eye(DRAWS)]))  # fmt: skip
        low.append(case.harm.sum(axis=0) / unit)
        high.append(np.full(DRAWS, np.inf))
    return Programme(cost, least, most, sparse.vstack(blocks), np.concatenate(low), np.concatenate(high))


def main() -> None:
    solve(instance(0, "spread", 0.3, 1.0))  # compiles
    print(f"{COUNTRIES} countries, {MEASURES} measures, {DRAWS} draws; seconds are wall, in brackets of processor")
    head = ("instance", "ours", "HiGHS, plain", "difference", "proven gap", "ours s", "HiGHS s", "rounds")
    print("{:<24}{:>16}{:>16}{:>12}{:>12}{:>14}{:>16}{:>8}".format(*head))
    missed = []
    for kind, tight, seed in (("spread", 0.1, 11), ("spread", 0.3, 12), ("spread", 0.7, 13), ("clustered", 0.1, 14),
                              ("clustered", 0.3, 15), ("apart", 0.3, 16)):  # fmt: skip
        for risk in (0.0, 1.0):
            case = instance(seed, kind, tight, risk)
            clock, used = time.perf_counter(), time.process_time()
            ours = solve(case)
            ours_s, ours_cpu = time.perf_counter() - clock, time.process_time() - used
            programme = plain(case)
            clock, used = time.perf_counter(), time.process_time()
            found = run(programme)
            highs_s, highs_cpu = time.perf_counter() - clock, time.process_time() - used
            highs = -found.objective * case.expected / case.countries
            difference = abs(ours.objective - highs) / abs(highs)
            name = f"{kind} {tight:.0%}{' CVaR' if risk else ''} #{seed}"
            times = f"{ours_s:.2f} ({ours_cpu:.2f})", f"{highs_s:.2f} ({highs_cpu:.2f})"
            print(f"{name:<24}{ours.objective:>16,.3f}{highs:>16,.3f}{difference:>12.1e}{ours.gap:>12.1e}"
                  f"{times[0]:>14}{times[1]:>16}{ours.iterations:>8}")  # fmt: skip
            missed += [f"{name}: {ours_s:.2f} s"] * (ours_s >= 1) + [f"{name}: {difference:.1e}"] * (difference > 1e-6)
    print("bars missed:", "; ".join(missed) if missed else "none")
    case = instance(12, "spread", 0.3, 1.0)
    start = solve(case)
    lot = float(np.median(case.cap)) / 2
    clock = time.perf_counter()
    found = solve_lots(case, Lots(np.full(MEASURES, lot), np.zeros(MEASURES, bool)), start)
    print(f"lots of {lot:,.0f} USD or nothing, CVaR: objective {found.objective:,.3f},")
    print(f"  without lots at most {start.bound:,.3f}, gap {found.gap:.1e}, {time.perf_counter() - clock:.1f} s")


if __name__ == "__main__":
    main()
