"""Whether two bare names are one name: the model against hand labels, on the tuning half alone.

    python benchmarks/pairs.py [fit]

Prints precision, recall and F1 by ten-fold cross-validation in which no name is on both sides, beside the scores that
nomenklatura's logic-v2 had on the same pairs, and pairs scored a second. ``fit`` fits the coefficients anew and writes
``src/clarion/screening/engine/data/pairs.json``. Needs CLARION_EVALUATION_DATA. The other half is kept by others.
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from clarion.screening.engine.pair_features import NAMES
from clarion.screening.engine.pairs import pair_features, score_pairs

KEPT = Path(__file__).parents[1] / "src" / "clarion" / "screening" / "engine" / "data" / "pairs.json"
PENALTY = 1.0
THRESHOLD = 0.40
"""Chosen for recall by the cross-validation below."""
Vector = NDArray[np.float64]


def main(fit_anew: bool) -> None:
    folder = Path(os.environ["CLARION_EVALUATION_DATA"]) / "screening" / "pairs"
    with (folder / "nomenklatura_name_bench_tuning_half.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    x = np.array([pair_features(r["name1"], r["name2"], r["schema"]) for r in rows])
    y = np.array([r["is_match"] == "true" for r in rows])
    people = np.array([r["schema"] == "Person" for r in rows])
    told = cross_validated(x, y, [r["name2"] for r in rows])
    for name, chosen in (("all", people | True), ("persons", people), ("organisations", ~people)):
        print(f"cross-validated, {name:14} {measures(told[chosen] >= THRESHOLD, y[chosen])}")
    theirs = logic_v2(folder, rows)
    print(f"logic-v2 (threshold .70), all     {measures(theirs >= 0.7, y)}")
    print(f"logic-v2 (threshold .70), persons {measures((theirs >= 0.7)[people], y[people])}")
    if fit_anew:
        coefficients = fitted(x, y)
        KEPT.write_text(json.dumps({
            "about": "Logistic coefficients of benchmarks/pairs.py on 413 labelled pairs (nomenklatura name_bench)",
            "threshold": THRESHOLD, "coefficients": dict(zip(NAMES, np.round(coefficients, 5).tolist(), strict=True)),
        }, indent=1) + "\n", encoding="utf-8")  # fmt: skip
        print(f"written to {KEPT.name}")
    begun = time.process_time()
    score_pairs([(r["name1"], r["name2"], r["schema"]) for r in rows * 5])
    print(f"{len(rows) * 5 / (time.process_time() - begun):,.0f} pairs a second and core")


def fitted(x: Vector, y: NDArray[np.bool_]) -> Vector:
    """Ridge-penalised logistic coefficients of the bare features; the penalty is on standardised ones."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    mean[0], spread[0] = 0.0, 1.0
    z, sign = (x - mean) / spread, np.where(y, 1.0, -1.0)

    def loss(w: Vector) -> tuple[float, Vector]:
        margin = sign * (z @ w)
        gradient = -z.T @ (sign / (1 + np.exp(margin))) + 2 * PENALTY * np.r_[0, w[1:]]
        return float(np.logaddexp(0, -margin).sum() + PENALTY * (w[1:] ** 2).sum()), gradient

    w: Vector = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    bare = w / spread
    bare[0] -= float(mean @ bare)
    return bare


def cross_validated(x: Vector, y: NDArray[np.bool_], groups: list[str], rounds: int = 8) -> Vector:
    """The probability of each pair by models that saw neither it nor a pair with its second name."""
    held = defaultdict(list)
    for at, group in enumerate(groups):
        held[group].append(at)
    told = np.zeros(len(y))
    for turn in range(rounds):
        order = list(held)
        random.Random(turn).shuffle(order)
        for fold in range(10):
            test = [at for group in order[fold::10] for at in held[group]]
            rest = np.setdiff1d(np.arange(len(y)), test)
            told[test] += 1 / (1 + np.exp(-(x[test] @ fitted(x[rest], y[rest]))))
    return told / rounds


def logic_v2(folder: Path, rows: list[dict[str, str]]) -> Vector:
    with (folder / "nomenklatura_logicv2_scores_tuning_half.csv").open(encoding="utf-8") as file:
        scores = {(r["name1"], r["name2"]): float(r["score"]) for r in csv.DictReader(file)}
    found: Vector = np.array([scores.get((r["name1"], r["name2"]), np.nan) for r in rows])
    return found


def measures(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> str:
    hit, wrong, missed = (said & true).sum(), (said & ~true).sum(), (~said & true).sum()
    return (f"F1 {2 * hit / (2 * hit + wrong + missed):.3f}, precision {hit / (hit + wrong):.3f}, "
            f"recall {hit / (hit + missed):.3f} ({len(true)} pairs)")  # fmt: skip


if __name__ == "__main__":
    main("fit" in sys.argv[1:])
