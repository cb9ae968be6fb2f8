"""Cascades, compiled against dense, both sides in one run: ``python benchmarks/cascade.py``.

Shock: Ukraine and Russia lose all their wheat. Data: the published 195-country network where CLARION_EVALUATION_DATA
is set, else the embedded wheat trade of 2019-2021. The dense side is the tests' transcription of the equations.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from clarion.compute import antithetic, stream
from clarion.config import config
from clarion.spillover.engine.cascade import Draws, Network, run, run_many

R_SECONDS = 0.12  # the published R code on this question, per cascade, load excluded (measured once, R 4.2.2)
TESTS = Path(__file__).parent.parent / "tests" / "spillover" / "cascade"
DRAWS, BLOCK, THREADS, REPEATS = 10_000, 256, 2, 15


def main() -> None:
    if sys.argv[1:] == ["draws"]:
        time_draws()
        return
    network, name = wheat()
    print(f"{name}: {len(network.countries)} countries, {len(network.flows)} links")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    time_single(network)
    for _ in range(2):  # the first process compiles what is not cached yet
        subprocess.run([sys.executable, __file__, "draws"], check=True)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def wheat() -> tuple[Network, str]:
    if config().evaluation_data is not None:
        helpers = load("conftest")
        folder = config().evaluation_data / "spillover" / "fsc_wheat_maize_rice_2015_2017"
        return helpers.Folder(folder).crop("Wheat").network(), "Published wheat network, kcal"
    from clarion.sources.warehouse import Warehouse

    frames = (
        Warehouse().table(t).frame.filter(pl.col("item") == "wheat") for t in ("trade_flows", "production", "stocks")
    )
    flows, production, stocks = (f.rename({"tonnes": "quantity"}) for f in frames)
    network = Network.from_frames(
        flows.select("exporter_iso3", "importer_iso3", "quantity"),
        production.select("iso3", "quantity"),
        stocks.select("iso3", "quantity"),
    )
    return network, "Embedded wheat network, tonnes"


def load(name: str):
    sys.path.insert(0, str(TESTS))
    spec = importlib.util.spec_from_file_location(f"cascade_bench_{name}", TESTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def lost(network: Network) -> np.ndarray:
    return np.array([1.0 if c in ("UKR", "RUS") else 0.0 for c in network.countries])


def time_single(network: Network) -> None:
    dense = load("cascade_dense_oracle")
    E = np.zeros((len(network.countries),) * 2)
    E[network.row, network.column] = network.flows
    P, R, loss = network.production, network.reserves, lost(network)
    sides: dict[str, Callable[[float], object]] = {
        "dense numpy port of the reference": lambda f: dense.published(E, P, R, loss, "pta", f, extended=False),
        "compiled, reference mode": lambda f: run(network, loss, reserve_fraction=f, reference=True),
        "compiled, scenario mode": lambda f: run(network, loss, reserve_fraction=f),
    }
    for fraction in (0.5, 0.0):
        for ask in sides.values():
            ask(fraction)
        wall: dict[str, list[float]] = {side: [] for side in sides}
        cpu: dict[str, list[float]] = {side: [] for side in sides}
        for _ in range(REPEATS):  # interleaved, so that a busy moment hits every side
            for side, ask in sides.items():
                start, started = time.perf_counter(), time.process_time()
                ask(fraction)
                wall[side].append(time.perf_counter() - start)
                cpu[side].append(time.process_time() - started)
        base = statistics.median(next(iter(wall.values())))
        print(f"\nOne cascade, rule pta, reserve fraction {fraction:g}, median of {REPEATS}")
        for side in sides:
            median = statistics.median(wall[side])
            print(
                f"  {side:36}{1e3 * median:9.2f} ms  CPU {1e3 * statistics.median(cpu[side]):8.2f} ms"
                f"  {base / median:6.1f} x dense  {R_SECONDS / median:6.0f} x R at {R_SECONDS:g} s"
            )


def time_draws() -> None:
    network, _ = wheat()
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, started = time.perf_counter(), time.process_time()
    ensemble = run_many(network, blocks(network), threads=THREADS)
    wall, cpu = time.perf_counter() - start, time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{len(ensemble.dC):,} draws of loss, production, reserves and every flow on {THREADS} threads: {wall:.2f} s,"
        f" CPU {cpu:.2f} s, peak {peak:.0f} MB ({idle:.0f} MB before), {ensemble.converged.mean():.1%} settled,"
        f" worst mass balance {ensemble.mass_balance_error:.1e}"
    )


def blocks(network: Network) -> Iterator[Draws]:
    n, m = len(network.countries), len(network.flows)
    streams = {name: stream(1, name) for name in ("loss", "flows", "production", "reserves")}
    for first in range(0, DRAWS, BLOCK):
        size = min(BLOCK, DRAWS - first)
        yield Draws(
            loss=lost(network) * streams["loss"].uniform(0.3, 1.0, (size, 1)),
            flows=np.exp(0.2 * antithetic(streams["flows"], size, m)),
            production=np.exp(0.05 * antithetic(streams["production"], size, n)),
            reserves=np.exp(0.3 * antithetic(streams["reserves"], size, n)),
        )


if __name__ == "__main__":
    main()
