"""An attacker on sums of money who has the published files, OR-tools, and one contributor's own payments.

    python sums_attacker.py LIST.CSV COLUMN P RELEASE_DIR [LATER_DIR ...]

Shares no line with the gate: every payment is a variable of its own, and every pair of contributors is tried. The
attacker knows who is in which combination of categories and who was paid in which quarter, but of the amounts only the
own ones. LIST.CSV holds the truth, to compare with: a contributor is broken where the interval of what was received
in some stretch of quarters ends less than P per cent above or below it. Prints JSON: {"questions", "broken": [...]}.
"""

import csv
import itertools
import json
import sys
from pathlib import Path

from ortools.linear_solver import pywraplp


def bounds(text, rounding):
    if isinstance(rounding, list):
        low, _, high = text.rstrip("+").partition("-")
        return float(low), float(high) if high else None
    return max(0.0, int(text) - rounding / 2), int(text) + rounding / 2


def printed(folders):
    for slot, folder in enumerate(folders):
        spec = json.loads((Path(folder) / "release.json").read_text())
        for table in spec["amounts"]["tables"]:
            if table in spec.get("held", []):
                continue
            with (Path(folder) / table).open(newline="") as file:
                for line in csv.DictReader(file):
                    if text := line.pop("amount"):
                        yield slot, line, *bounds(text, spec["amounts"]["round"])


def main(people, column, p, *folders):
    p = float(p) / 100
    ids = [json.loads((Path(f) / "release.json").read_text())["id"] for f in folders]
    columns = [f"{column}@{name}" for name in ids[:-1]] + [column]
    with open(people, newline="") as file:
        rows = list(csv.DictReader(file))
    paid = {}
    for i, row in enumerate(rows):
        before = 0.0
        for t, name in enumerate(columns):
            if float(row[name]) > before:
                paid[i, t] = float(row[name]) - before
            before = float(row[name])
    solver = pywraplp.Solver.CreateSolver("GLOP")
    x = {key: solver.NumVar(0.0, 1e9, f"x{key}") for key in paid}
    for slot, row, low, high in printed(folders):
        inside = [x[i, t] for i, t in paid if t <= slot and all(rows[i][d] == v for d, v in row.items())]
        solver.Add(sum(inside) >= low)
        if high is not None:
            solver.Add(sum(inside) <= high)
    questions, broken = 0, []
    for attacker in sorted({i for i, _ in paid}):
        mine = [t for t in range(len(columns)) if (attacker, t) in paid]
        for t in mine:
            x[attacker, t].SetBounds(paid[attacker, t], paid[attacker, t])
        for first, last in itertools.combinations_with_replacement(range(len(columns)), 2):
            for target in sorted({i for i, t in paid if first <= t <= last} - {attacker}):
                keys = [(target, t) for t in range(first, last + 1) if (target, t) in paid]
                truth, total = sum(paid[k] for k in keys), sum(x[k] for k in keys)
                questions += 1
                ends = []
                for maximise in (True, False):
                    (solver.Maximize if maximise else solver.Minimize)(total)
                    assert solver.Solve() == pywraplp.Solver.OPTIMAL
                    ends.append(solver.Objective().Value())
                if ends[0] < (1 + p) * truth - 0.01 or ends[1] > (1 - p) * truth + 0.01:
                    broken.append([target, attacker, first, last])
        for t in mine:
            x[attacker, t].SetBounds(0.0, 1e9)
    json.dump({"questions": questions, "broken": broken}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
