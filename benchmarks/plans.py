"""How long a plan on a run by month takes: the quick one that a page shows, and the whole one that is kept.

Prints CPU seconds of both for questions of each kind, on the shipped Black Sea scenario and the embedded tables, in one
process. The page's aim is two to three seconds; what is slower is told as well. Run: ``python benchmarks/plans.py``.
"""

from __future__ import annotations

import time

from clarion.compute import Serial
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly import MonthlyQuestion, MonthlyTables, monthly, prepare
from clarion.spillover.engine.scenario import shipped_scenario
from clarion.spillover.service.support.work import MOST_DRAWS, outlook, question, worked

SEED = 1
ASKED = {
    "plain": {"budget": 1e8},
    "weight on the worst tenth": {"budget": 1e8, "risk": 1.0},
    "three earmarks": {"budget": 1e8, "earmarks": [
        {"name": "a", "amount": 1e7, "countries": ["YEM", "ETH"]},
        {"name": "b", "amount": 1e7, "measures": ["food-aid"]},
        {"name": "c", "amount": 5e6, "countries": ["SDN"]},
    ]},
    "floor of money, 20 %": {"budget": 1e8, "floor": {"kind": "money", "share": 0.2}},
    "floor of harm, 5 %": {"budget": 3e8, "floor": {"kind": "harm", "share": 0.05}},
    "lots of a million": {"budget": 1e8, "lots": [{"measure": "corridor", "amount": 1e6}]},
}  # fmt: skip


def main() -> None:
    door = Warehouse()
    asked, tables = MonthlyQuestion(shipped_scenario("black-sea-closure"), draws=MOST_DRAWS), MonthlyTables.read(door)
    draws = monthly(asked, tables, Serial(), SEED).draws
    start = time.process_time()
    basis = outlook(prepare(asked, tables, SEED), draws, door)
    print(
        f"outlook of {len(basis.outlook.countries)} countries, {MOST_DRAWS} draws: {time.process_time() - start:.2f} s"
    )
    worked(basis, question({"budget": 1e8}), SEED, quick=True)  # compiles
    print(f"{'question':28} {'quick, s':>9} {'points':>7} {'whole, s':>9}")
    for name, data in ASKED.items():
        found = []
        for quick in (True, False):
            start = time.process_time()
            plan = worked(basis, question(data), SEED, quick=quick)
            found.append((time.process_time() - start, len(plan["curve"])))
        print(f"{name:28} {found[0][0]:9.2f} {found[0][1]:7} {found[1][0]:9.2f}", flush=True)


if __name__ == "__main__":
    main()
