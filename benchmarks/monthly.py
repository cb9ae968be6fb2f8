"""Runs by month: ``python benchmarks/monthly.py [FILE.svg]`` prints time, memory, scaling and laws, and draws the plot.

Question: the Black Sea closed from March for 3 to 18 months, India's rice banned, a fifth of Brazil's soya lost; four
staple layers on the embedded figures, 12 months. ``python benchmarks/monthly.py full`` runs the 10,000 draws alone.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

from clarion.compute import Processes, Serial
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly import MonthlyPlan, MonthlyQuestion, MonthlyTables, drivers, monthly, prepare
from clarion.spillover.engine.monthly.chunk import run_chunk, run_months
from clarion.spillover.engine.monthly.draws import drawn_inputs
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.scenario import from_dict

ITEMS = ("wheat", "maize", "rice", "soya")
DRAWS, WORKERS, BAR_S, BAR_MB = 10_000, 2, 60.0, 2000.0
SIZES = (125, 250, 500, 1000, 2000)


def main() -> None:
    if sys.argv[1:] == ["full"]:
        time_full()
        return
    plan = prepared(ITEMS, 1000)
    arrays = plan.world.arrays
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"{len(plan.items)} items, {len(plan.countries)} countries, {len(arrays.exporter):,} links and "
        f"{len(arrays.c_exporter):,} candidates for new ones, 12 months"
    )
    run_chunk(plan, 0)  # compiles what is not cached yet
    by_draws, by_links = scaling_in_draws(plan), scaling_in_links()
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(plot(by_draws, by_links), encoding="utf-8")
        print(f"plot: {sys.argv[1]}")
    laws()
    what_drives(plan)
    subprocess.run([sys.executable, __file__, "full"], check=True)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def question(items: tuple[str, ...], draws: int, chunk: int = 250) -> MonthlyQuestion:
    shocks = [
        {"kind": "corridor_closed", "corridor": "black-sea"},
        {"kind": "export_ban", "exporter": "IND", "items": ["rice"]},
        {"kind": "production_cut", "country": "BRA", "fraction": [0.1, 0.2, 0.4], "items": ["soya"]},
    ]
    touched = [s for s in shocks if set(s.get("items", ITEMS)) & set(items)]
    scene = from_dict({
        "name": "bench", "title": "Bench", "items": list(items), "period": "2019-2021", "shocks": touched,
        "time": {"start": "03", "months": [3, 9, 18], "horizon": 12},
    })  # fmt: skip
    return MonthlyQuestion(scene, draws=draws, chunk=chunk)


def prepared(items: tuple[str, ...], draws: int) -> MonthlyPlan:
    return prepare(question(items, draws), MonthlyTables.read(Warehouse()), 1)


def cpu(work, *, times: int = 3) -> float:
    """Least CPU time of a few goes: what others do on the machine only adds."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def exponent(sizes: list[float], seconds: list[float]) -> float:
    """Slope of log time on log size."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def scaling_in_draws(plan: MonthlyPlan) -> list[tuple[float, float]]:
    inputs = drawn_inputs(plan, Numbers(lambda _: 1, 0, max(SIZES)))
    found = []
    print("\nCPU time of the months by number of draws")
    for size in SIZES:
        part = type(inputs)(*(values[:size] for values in inputs))
        seconds = cpu(lambda part=part: run_months(plan, part), times=2)
        found.append((float(size), seconds))
        print(f"  {size:6,} draws  {seconds:7.2f} s  {1e3 * seconds / size:6.2f} ms a draw")
    print(f"  exponent {exponent(*map(list, zip(*found, strict=True))):.3f} (1 is linear)")
    return found


def scaling_in_links() -> list[tuple[float, float]]:
    """The same world once, twice, ... side by side: links and candidates grow, nothing else changes."""
    found = []
    print("\nCPU time of 200 draws by number of links (old and candidates), as layers are added")
    for count in range(1, len(ITEMS) + 1):
        plan = prepared(ITEMS[:count], 200)
        inputs = drawn_inputs(plan, Numbers(lambda _: 1, 0, 200))
        links = len(plan.world.arrays.exporter) + len(plan.world.arrays.c_exporter)
        run_months(plan, type(inputs)(*(values[:1] for values in inputs)))
        seconds = cpu(lambda plan=plan, inputs=inputs: run_months(plan, inputs))
        found.append((float(links), seconds))
        print(
            f"  {', '.join(plan.items):26} {links:7,} links  {seconds:6.2f} s  {1e6 * seconds / links:6.1f} us a link"
        )
    print(f"  exponent {exponent(*map(list, zip(*found, strict=True))):.3f} (1 is linear)")
    return found


def plot(by_draws: list[tuple[float, float]], by_links: list[tuple[float, float]]) -> str:
    """Both curves, each against the straight line through its last point."""
    import altair as alt

    rows = [
        {"size": size, "seconds": seconds, "kind": kind, "of": of}
        for of, measured in (("draws", by_draws), ("links", by_links))
        for kind, points in (
            ("measured", measured),
            ("linear", [(s, measured[-1][1] * s / measured[-1][0]) for s, _ in measured]),
        )
        for size, seconds in points
    ]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            alt.X("size:Q", title=None), alt.Y("seconds:Q", title="CPU seconds"),
            alt.StrokeDash("kind:N", title=None), alt.Column("of:N", title="Cost of the months by number of"),
        )
        .resolve_scale(x="independent", y="independent")
    )  # fmt: skip
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def laws() -> None:
    """What every draw must keep, on the shipped figures."""
    plan = prepared(ITEMS, 500)
    chunks = [run_chunk(plan, i) for i in range(2)]
    print(f"\nWorst relative breach of the law of mass in 500 draws: {max(c.mass_error for c in chunks):.1e}")
    print(f"Draws in which price and bans did not settle: {sum(c.unsettled for c in chunks)} of 500")
    one = chunks[0].totals["lost_total"].tobytes()
    small = prepare(question(ITEMS, 500, 50), MonthlyTables.read(Warehouse()), 1)
    parts = [run_chunk(small, i).totals["lost_total"] for i in range(5)]
    print(f"Chunks of 250 and of 50 give the same bytes: {np.concatenate(parts).tobytes() == one}")


def what_drives(plan: MonthlyPlan) -> None:
    figures = {"people": "people", "wheat price": "price:wheat", "Egypt, kcal": "kcal:EGY"}
    start = time.process_time()
    found = drivers(plan, figures, Serial(), draws=100)
    print(f"\nShares of variance, 8 samples of 100 draws, CPU {time.process_time() - start:.1f} s: first order, total")
    for name, one in found.items():
        told = ", ".join(f"{g} {e.value:.2f} / {one.total[g].value:.2f}" for g, e in one.first.items())
        print(f"  {name:12} {told}")


def time_full() -> None:
    """The whole answer: draws, months, people, quantiles."""
    tables = MonthlyTables.read(Warehouse())
    asked = question(ITEMS, DRAWS)
    warm = monthly(question(ITEMS, 4, 2), tables, Serial(), 1)
    watch = Watch()
    start, children = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time()
    answer = monthly(asked, tables, Processes(WORKERS), 1)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = time.process_time() - own + after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
    peak = watch.stop()
    print(
        f"\n{asked.draws:,} draws on {WORKERS} processes, whole answer: {wall:.1f} s ({BAR_S:.0f} s wanted), "
        f"CPU {used:.1f} s, {1e3 * used / asked.draws:.2f} ms a draw; peak memory of all processes {peak:.0f} MB "
        f"({BAR_MB:.0f} MB wanted); draws kept {answer.draws.nbytes / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}"
    )
    assert warm.steps == answer.steps


class Watch:
    """Peak of the proportional memory of this process and its children, looked at five times a second."""

    def __init__(self) -> None:
        self.peak, self.over = 0.0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def stop(self) -> float:
        self.over.set()
        self.thread.join()
        return self.peak

    def _look(self) -> None:
        while not self.over.wait(0.2):
            self.peak = max(self.peak, sum(map(_megabytes, _family())))


def _family() -> list[int]:
    me = os.getpid()
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    return [me, *(pid for pid, parent in parents.items() if parent == me)]


def _megabytes(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0.0) / 1024


if __name__ == "__main__":
    main()
