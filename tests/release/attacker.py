"""An attacker who has the published files and OR-tools, and shares no line with the gate.

    python attacker.py SECONDS RELEASE_DIR [EARLIER_DIR ...]

Run in a process of its own: OR-tools and highspy clash in one. For every group of one or two categories, at each
release and among those who came between any two, it looks for a list of people that agrees with all files and has the
group absent or of k people and more. Where CP-SAT proves that there is none, the group is broken. Prints JSON:
{"targets", "small" (published in no table as absent or large), "broken": [[group, since, at]], "open": undecided}.
"""

import csv
import itertools
import json
import sys
import time
from pathlib import Path

from ortools.sat.python import cp_model


def printed(folder, spec):
    for table, of in spec["tables"].items():
        if table in spec.get("held", []):
            continue
        with open(Path(folder) / table, newline="") as file:
            lines = list(csv.DictReader(file))
        shown = any(line["count"] == "0" for line in lines)
        for line in lines:
            row = {d: line[d] for d in of}
            text = line["count"]
            if text == "" or text.startswith("<"):
                if spec["rule"] == "suppress":
                    yield row, int(shown), spec["k"] - 1
            elif spec["rule"] == "round5":
                yield row, max(0, int(text) - 2), int(text) + 2
            else:
                yield row, int(text), int(text)


def main(seconds, folder, *earlier):
    end = time.monotonic() + float(seconds)
    folders = [*earlier, folder]
    specs = [json.loads((Path(f) / "release.json").read_text()) for f in folders]
    k, dimensions = specs[-1]["k"], specs[-1]["dimensions"]
    names, last = list(dimensions), len(specs)
    cells = list(itertools.product(*dimensions.values()))
    most = 4 * sum(high for _, _, high in printed(folder, specs[-1])) + 10 * k
    if specs[-1].get("population") is not None:
        most = specs[-1]["population"]
    model = cp_model.CpModel()
    came = {(t, c): model.new_int_var(0, most, f"d{t}{c}") for t in range(last) for c in cells}
    sofar = {}
    for c in cells:
        for t in range(last):
            sofar[t, c] = sum(came[s, c] for s in range(t + 1))

    def inside(row):
        return [c for c in cells if all(c[names.index(d)] == v for d, v in row.items())]

    settled = set()
    for t, (place, spec) in enumerate(zip(folders, specs, strict=True)):
        for row, low, high in printed(place, spec):
            model.add_linear_constraint(sum(sofar[t, c] for c in inside(row)), low, high)
            if low >= k or high == 0:
                settled.add((tuple(row.items()), -1, t))
        if spec.get("population") is not None:
            total = sum(sofar[t, c] for c in cells)
            least = 0 if spec.get("population_is") == "at most" else spec["population"]
            model.add_linear_constraint(total, least, spec["population"])
    groups = [
        tuple(zip(chosen, values, strict=True))
        for width in (1, 2)
        for chosen in itertools.combinations(names, width)
        for values in itertools.product(*(dimensions[d] for d in chosen))
    ]
    targets = [(g, s, t) for g in groups for t in range(last) for s in range(-1, t)]
    of = {g: inside(dict(g)) for g in groups}
    unsettled = [x for x in targets if x not in settled]
    left, broken, undecided = list(unsettled), [], []

    def size(x, value):
        group, s, t = x
        return sum(value[u, c] for u in range(s + 1, t + 1) for c in of[group])

    def solve(x, low, high, seed):
        copy = model.clone()
        group, s, t = x
        people = sum(
            copy.get_int_var_from_proto_index(came[u, c].index) for u in range(s + 1, t + 1) for c in of[group]
        )
        copy.add_linear_constraint(people, low, high)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.randomize_search = True
        solver.parameters.max_time_in_seconds = max(0.1, min(10.0, end - time.monotonic()))
        status = solver.solve(copy)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {key: solver.value(variable) for key, variable in came.items()}
        return "none" if status == cp_model.INFEASIBLE else "open"

    number = 0
    while left and time.monotonic() < end:
        x = left.pop()
        answers = []
        for low, high in ((0, 0), (k, most)):
            number += 1
            found = solve(x, low, high, number)
            if isinstance(found, dict):
                left = [y for y in left if 1 <= size(y, found) < k]
                answers = ["refuted"]
                break
            answers.append(found)
        if answers == ["none", "none"]:
            broken.append(x)
        elif "refuted" not in answers:
            undecided.append(x)
    told = [[dict(g), None if s < 0 else specs[s]["id"], specs[t]["id"]] for g, s, t in broken]
    json.dump({"targets": len(targets), "small": len(unsettled), "broken": told, "open": len(left) + len(undecided),
               "solves": number}, sys.stdout)  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
