"""The gate for published counts against an attacker of its own, beside plain rules.

    python benchmarks/release.py [PROGRAMMES] [--resume FILE]

Generated programmes of 8 cumulative quarters with the number of recipients known (``tests/release/programmes.py``; the
default is 6, ``full`` is 200 with up to 400 cells of the cross). The attacker (``tests/release/attacker.py``) is
OR-tools in a process of its own with the published files only.

``full`` takes many hours. With ``--resume`` each programme is one line of JSON in FILE as soon as it is done, and those
that stand there are not run again: stop it whenever you like. They are run in an order that mixes the shapes.
``other`` in place of a number runs programmes of other sizes, shapes and rules than those that the search was made on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1] / "tests" / "release"
sys.path.insert(0, str(TESTS))

from programmes import Programme, attack  # noqa: E402

from clarion.release import build_release  # noqa: E402

SHAPES = [(3, 3, 2), (4, 3), (4, 4, 3), (6, 5, 4), (2, 2, 2, 2), (10, 8, 5)]


OTHER: list[tuple[int, int, tuple[int, ...], int, dict[str, Any]]] = [
    (901, 300, (5, 4), 4, {}),
    (902, 500, (4, 3, 3), 4, {}),
    (903, 150, (3, 3), 6, {}),
    (904, 240, (4, 4, 3), 4, {"population": None}),
    (905, 120, (2, 2, 2, 2), 4, {"rule": "suppress"}),
    (906, 400, (5, 5, 4), 4, {}),
    (907, 400, (10, 8, 5), 4, {}),
]
"""Seed, people, shape, quarters, and what else the specification says."""


def gated(programme: Programme, folder: Path, further: dict[str, Any]) -> tuple[int, int, int, list[Path]]:
    """Numbers asked for; released and within 2 of the truth; quarters that had no release; the folders."""
    asked = within = none = 0
    folders: list[Path] = []
    for quarter in range(programme.quarters):
        out = folder / f"Q{quarter}"
        known = [path.name for path in folders]
        answer = build_release(*programme.write(folder, quarter, earlier=known, **further), out, [])
        asked += answer["requested"]
        if answer["exit_code"] == 0:
            within += sum(within_two(programme, quarter, out, table) for table in programme.tables)
            folders.append(out)
        else:
            none += 1
    return asked, within, none, folders


def within_two(programme: Programme, quarter: int, out: Path, table: str) -> int:
    """How many numbers of a published table are there and within 2 of the truth."""
    if not (out / table).exists():
        return 0
    head, *lines = [line.split(",") for line in (out / table).read_text().split()]
    told = [(dict(zip(head, row, strict=False)), row[-1]) for row in lines]
    return sum(
        count != "" and abs(int(count) - programme.count(quarter, {d: row[d] for d in head[:-1]})) <= 2
        for row, count in told
    )


def measure(name: str, programme: Programme, further: dict[str, Any]) -> dict[str, Any]:
    """Build one programme, attack it, and say what came of it."""
    with tempfile.TemporaryDirectory() as place:
        began, cpu = time.monotonic(), time.process_time()
        asked, within, none, folders = gated(programme, Path(place), further)
        took, cpu = time.monotonic() - began, time.process_time() - cpu
        found = attack(folders, 120) if folders else {"broken": [], "targets": 0, "open": 0}
    return {"name": name, "asked": asked, "within": within, "none": none, "broken": len(found["broken"]),
            "targets": found["targets"], "open": found["open"], "seconds": round(took), "cpu": round(cpu)}  # fmt: skip


def programmes(which: str) -> list[tuple[str, Programme, dict[str, Any]]]:
    """Names of the programmes, the programmes, and what else their specifications say."""
    if which == "other":
        return [
            (f"other {seed} {shape}, {people} people, {quarters} quarters {further or ''}".strip(),
             Programme(seed, people=people, shape=shape, quarters=quarters), further)
            for seed, people, shape, quarters, further in OTHER
        ]  # fmt: skip
    full = which == "full"
    chosen = []
    for seed in range(200 if full else int(which)):
        shape, people = SHAPES[seed % (len(SHAPES) if full else len(SHAPES) - 1)], 160 + 40 * (seed % 5)
        programme = Programme(100 + seed, people=people, shape=shape, quarters=8)
        chosen.append((f"programme {seed} {shape}, {people} people", programme, {}))
    return chosen


def all_done(which: str, resume: Path | None) -> list[dict[str, Any]]:
    """Measure every programme that does not stand in the file yet; print each."""
    done = {}
    if resume and resume.exists():
        done = {line["name"]: line for line in map(json.loads, resume.read_text().splitlines())}
    results = []
    for name, programme, further in programmes(which):
        result = done.get(name) or measure(name, programme, further)
        if resume and name not in done:
            with resume.open("a") as file:
                file.write(json.dumps(result) + "\n")
        results.append(result)
        print(f"{name}: {result['within']} of {result['asked']} numbers released and within 2 of the truth "
              f"({result['within'] / result['asked']:.0%}), {result['none']} quarters without; attacker breaks "
              f"{result['broken']} of {result['targets']} targets, {result['open']} open; {result['seconds']} s "
              f"({result['cpu']} s of processor)", flush=True)  # fmt: skip
    return results


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("programmes", nargs="?", default="6", help="how many, or full, or other")
    parser.add_argument("--resume", type=Path, help="keep results here, one line of JSON a programme")
    given = parser.parse_args()
    results = all_done(given.programmes, given.resume)
    total = {key: sum(result[key] for result in results) for key in ("asked", "within", "broken", "open")}
    share = total["within"] / total["asked"]
    print(f"\nAll: {share:.0%} of the numbers released and within 2 of the truth (aim 80 %); {total['broken']} "
          f"certified targets broken (aim 0), {total['open']} left open by the attacker")  # fmt: skip
    print("\nPlain rules on the first programmes, two quarters: small groups that the same attacker proves")
    for seed in range(3):
        programme = Programme(100 + seed, people=160, shape=SHAPES[seed], quarters=2)
        for rule in ("below", "suppress", "round5"):
            with tempfile.TemporaryDirectory() as place:
                folders = [programme.publish_plainly(place, quarter, rule) for quarter in range(2)]
                found = attack(folders, 120)
            print(f"  programme {seed}, {rule:8}: {len(found['broken'])} of {found['small']}, {found['open']} open")


if __name__ == "__main__":
    main()
