"""Production recipes, all shocks at once against loops over the equations: ``python benchmarks/recipes.py``.

Needs CLARION_EVALUATION_DATA. Sides of one run: a loop with sparse vectors, the form in which the authors' program
keeps its state; a lean loop with plain vectors; and the batch. Trade is made of FAOSTAT's flows of 2013 (wheat, maize,
rice, soya), and once more drawn at random for every item with as many entries as a full matrix has.
"""

from __future__ import annotations

import dataclasses
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from clarion.compute import stream
from clarion.config import config
from clarion.spillover.engine.recipes import (
    Recipes,
    baseline,
    country_shocks,
    item_shocks,
    reach,
    read_recipes,
    relative_losses,
    respond,
)

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "spillover" / "recipes"))
from recipes_oracle import SparseLoop, plain_loop
from test_recipes_published import COUNTRIES, MAIZE, REGIONS, WHEAT

LINKS = 312_480  # of a full matrix of trade
SAMPLE = 24  # shocks of the sparse loop that are timed with a full matrix; its time is the same for each
TONNES = 5e-6


def main() -> None:
    data = config().evaluation_data
    if data is None:
        print("CLARION_EVALUATION_DATA is not set: nothing to measure.")
        return
    folder = data / "spillover"
    world, made = read_recipes(folder / "laber2023_input_fabio2013", folder / "fao_bilateral_trade.csv.gz")
    assert made is not None
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{len(world.countries)} countries, {len(world.items)} items, {world.trade.nnz:,} links of {len(made.items)}")
    published(world)
    time_countries(world, len(world.countries))
    time_items(world)
    print(f"\nThe same with {LINKS:,} links drawn at random between all countries and for every item")
    time_countries(full_trade(world), SAMPLE)
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


def clock(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What ``work`` gives, wall and CPU seconds (of all threads)."""
    start, started = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - start, time.process_time() - started


def time_countries(world: Recipes, sampled: int) -> None:
    fresh = dataclasses.replace(world)  # nothing worked out before
    warm = baseline(world)
    respond(world, warm, country_shocks(world, [0]))
    countries = len(world.countries)

    def batch(threads: int) -> Any:
        again = dataclasses.replace(fresh)
        return respond(again, baseline(again), country_shocks(again), threads=threads)

    _, one_wall, one_cpu = min((clock(lambda: batch(1)) for _ in range(5)), key=lambda x: x[2])
    response, two_wall, two_cpu = min((clock(lambda: batch(2)) for _ in range(5)), key=lambda x: x[1])
    ready = country_shocks(world)
    found = reach(world, ready)
    _, ready_wall, ready_cpu = min(
        (clock(lambda: respond(world, warm, ready, found=found)) for _ in range(5)), key=lambda x: x[2]
    )
    rows = [ready.row[ready.column == s] for s in range(countries)]
    lean, lean_wall, lean_cpu = clock(lambda: [plain_loop(world, r) for r in rows])
    worst = max(float(np.abs(response.after(s) - lean[s]).max()) for s in range(countries))
    loop = SparseLoop(world)
    slices = [slice(int(r[0]), int(r[-1]) + 1) if len(r) else slice(0, 0) for r in rows[:sampled]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sparse.SparseEfficiencyWarning)
        sparse_found, wall, cpu = clock(lambda: [loop.run(s) for s in slices])
    sparse_wall, sparse_cpu = wall * countries / sampled, cpu * countries / sampled
    far = max(float(np.abs(response.after(s) - x).max()) for s, x in enumerate(sparse_found))
    scaled = "" if sampled == countries else f" (from {sampled} of them)"
    print(f"\nAll {countries} countries lost one by one, 10 steps; {len(found.rows):,} amounts can be reached")
    print(f"  loop with sparse vectors{scaled}: {sparse_wall:.2f} s, CPU {sparse_cpu:.2f} s")
    print(f"  lean loop with plain vectors: {lean_wall:.3f} s, CPU {lean_cpu:.3f} s")
    for name, w, c in (
        ("batch, one thread, from the matrices", one_wall, one_cpu),
        ("batch, two threads, from the matrices", two_wall, two_cpu),
        ("batch, one thread, baseline and reach at hand", ready_wall, ready_cpu),
    ):
        print(
            f"  {name}: {1e3 * w:.1f} ms, CPU {1e3 * c:.1f} ms; faster than the sparse loop {sparse_wall / w:.0f} x,"
            f" CPU {sparse_cpu / c:.0f} x; than the lean loop {lean_wall / w:.1f} x, CPU {lean_cpu / c:.1f} x"
        )
    print(f"  largest difference in any amount: lean loop {worst:.1e}, sparse loop {far:.1e} (bar {TONNES:g} t)")


def time_items(world: Recipes) -> None:
    base = baseline(world)

    def every() -> int:
        return sum(len(respond(world, base, item_shocks(world, k)).shocks) for k in range(len(world.items)))

    shocks, wall, cpu = clock(every)
    worst = 0.0
    for name in (MAIZE, WHEAT, "Poultry Birds"):
        one = item_shocks(world, world.item(name))
        response = respond(world, base, one)
        for s in range(0, len(one), 4):
            plain = plain_loop(world, one.row[one.column == s])
            worst = max(worst, float(np.abs(response.after(s) - plain).max()))
    print(
        f"\nAll {shocks:,} single losses (country and item), {int(world.producers.sum()):,} of them of something made:"
        f" {wall:.2f} s, CPU {cpu:.2f} s, {shocks / wall:,.0f} a second;"
        f" largest difference of 144 from the lean loop {worst:.1e}"
    )


def published(world: Recipes) -> None:
    """The table of the partial check beside what comes out; a star marks a miss."""
    shocks = country_shocks(world, [world.country("UKR")])
    base = baseline(world)
    losses = relative_losses(world, respond(world, base, shocks), 0)
    print("\nUkraine lost, relative losses after 10 steps: expected, found")
    for item, region, expected in REGIONS:
        show(f"{item}, {region}", expected, losses.regions[losses.region_names.index(region), world.item(item)], 3)
    for iso3, expected in COUNTRIES.items():
        show(f"{MAIZE}, {iso3}", expected, losses.countries[world.country(iso3), world.item(MAIZE)], 2)
    for steps, expected in ((2, 0.114), (5, 0.232), (10, 0.273)):
        short = relative_losses(world, respond(world, baseline(world, steps), shocks), 0)
        at = short.region_names.index("Europe South"), world.item(MAIZE)
        show(f"{MAIZE}, Europe South, {steps} steps", expected, short.regions[at], 3)
    wheat = world.item(WHEAT) + len(world.items) * np.arange(len(world.countries))
    held = base.held[:, wheat].sum(axis=1) / 1e6
    show("World wheat of the baseline, start, Mt", 895, held[0], 0)
    show("World wheat of the baseline, 10 steps, Mt", 789, held[-1], 0)


def show(name: str, expected: float, found: float, digits: int) -> None:
    miss = abs(found - expected) > 0.51 * 10**-digits
    print(f"  {name:45}{expected:>9.{digits}f}{found:>10.{digits + 1}f}{' *' if miss else ''}")


def full_trade(world: Recipes) -> Recipes:
    c, i = len(world.countries), len(world.items)
    rng = stream(1, "full trade")
    importer, exporter, item = rng.integers(c, size=LINKS), rng.integers(c, size=LINKS), rng.integers(i, size=LINKS)
    shape = (c * i, c * i)
    sent = sparse.csr_array((rng.lognormal(0, 2, LINKS), (importer * i + item, exporter * i + item)), shape=shape)
    total = np.asarray(sent.sum(axis=0)).ravel()
    shares = sparse.csr_array(sent @ sparse.diags_array(np.divide(1.0, total, out=np.zeros(c * i), where=total > 0)))
    return dataclasses.replace(world, trade=shares)


if __name__ == "__main__":
    main()
