"""Generated programmes: people who come over several quarters, in skewed categories; and what plain rules publish."""

import csv
import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

NAMES = ("region", "theme", "age", "status")


def attack(folders, seconds=60):
    """What ``attacker.py``, in a process of its own, proves from these releases, the last of them being the newest."""
    *earlier, newest = map(str, folders)
    command = [sys.executable, str(Path(__file__).with_name("attacker.py")), str(seconds), newest, *earlier]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


class Programme:
    """``people`` recipients in categories of the given ``shape``, over so many ``quarters``; seeded.

    Categories are Zipf-skewed and depend on each other a little: some themes are common in some regions only.
    """

    def __init__(self, seed, people=240, shape=(4, 4, 3), quarters=4, k=5):
        rng = np.random.default_rng([7, seed])
        self.k, self.quarters = k, quarters
        self.dimensions = {
            name: [f"{name[0].upper()}{i}" for i in range(size)] for name, size in zip(NAMES, shape, strict=False)
        }
        skew = [1 / np.arange(1, size + 1) ** rng.uniform(0.5, 1.5) for size in shape]
        chosen = [rng.choice(size, people, p=w / w.sum()) for size, w in zip(shape, skew, strict=True)]
        alike = rng.random(people) < 0.3
        chosen[1] = np.where(alike, (chosen[0] * 2 + 1) % shape[1], chosen[1])
        self.rows = np.stack(chosen, axis=1)
        self.when = np.sort(rng.integers(0, quarters, people))
        self.tables = {
            "_".join(of) + ".csv": list(of) for width in (1, 2) for of in itertools.combinations(self.dimensions, width)
        }

    def so_far(self, quarter):
        return self.rows[self.when <= quarter]

    def spec(self, quarter, rule="round5", **further):
        return {"id": f"Q{quarter}", "k": self.k, "rule": rule, "counts": "cumulative",
                "population": len(self.so_far(quarter)), "dimensions": self.dimensions, "tables": self.tables,
                "earlier": [f"Q{q}" for q in range(quarter)], "known": [], **further}  # fmt: skip

    def write(self, folder, quarter, rule="round5", **further):
        """people.csv and spec.json of a quarter; their paths."""
        folder = Path(folder)
        people, spec = folder / f"people{quarter}.csv", folder / f"spec{quarter}.json"
        with people.open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(self.dimensions)
            values = list(self.dimensions.values())
            out.writerows([values[d][i] for d, i in enumerate(row)] for row in self.so_far(quarter))
        spec.write_text(json.dumps(self.spec(quarter, rule, **further)))
        return people, spec

    def count(self, quarter, row):
        """How many people are in the categories of ``row``, {dimension: category}, so far."""
        names = list(self.dimensions)
        inside = np.ones(len(self.so_far(quarter)), bool)
        for dimension, value in row.items():
            axis = names.index(dimension)
            inside &= self.so_far(quarter)[:, axis] == self.dimensions[dimension].index(value)
        return int(inside.sum())

    def publish_plainly(self, folder, quarter, rule):
        """What an office without a gate puts out. Rules: round5; suppress (0 to 4 left empty); below ("<5" for 1 to
        4, zeros shown); exact."""
        folder = Path(folder) / f"Q{quarter}"
        folder.mkdir(parents=True)
        said = self.spec(quarter, "suppress" if rule == "below" else rule)
        (folder / "release.json").write_text(json.dumps(said))
        for table, of in self.tables.items():
            with (folder / table).open("w", newline="") as file:
                out = csv.writer(file)
                out.writerow([*of, "count"])
                for values in itertools.product(*(self.dimensions[d] for d in of)):
                    out.writerow([*values, self._print(self.count(quarter, dict(zip(of, values, strict=True))), rule)])
        return folder

    def _print(self, count, rule):
        if rule == "round5":
            return (count + 2) // 5 * 5
        if rule == "suppress" and count < self.k:
            return ""
        if rule == "below" and 0 < count < self.k:
            return f"<{self.k}"
        return count
