"""The desk with 200 people at once, and what is left of their work when it is killed.

    python benchmarks/load.py [postgresql|sqlite|killed|full] [--people 200] [--seconds 180] [--nice 0]

Without a name all four, one after another. The crowd is signed in, thinks for five seconds on average and sends one
change to nine reads (``benchmarks/crowd/visits.py`` lists them). Desk, worker, database and the crowd share the
machine; what each takes of it is printed, and how busy others keep it. On a machine that others keep busy, a negative
``--nice`` (for root) gives these processes the place that they would have on one of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
from crowd.desk import Desk, cpu_seconds, memory_mb, opened, prefer, worker
from crowd.disk import empty, fill, small_disk
from crowd.killed import told, under_writers
from crowd.visits import Person
from crowd.walk import Seen, browsers, crowd, shuffled, sign_in, warmed

AIMS = {"reads": 200, "writes": 500}  # milliseconds at the 95th percentile
WARM = 30.0  # seconds


@contextmanager
def postgresql(folder: Path | None = None) -> Iterator[Any]:
    """A server that keeps what it acknowledges, as an operator would run it; its data in ``folder`` or of its own."""
    tool = run_path(str(Path(__file__).parents[1] / "tools" / "with_postgres.py"))
    programs = tool["programs"]()
    if programs is None:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    with tool["cluster"](programs, {}, folder) as running:
        yield running


def load(people: int, seconds: float, nice: int, database: str = "", postmaster: int = 0) -> None:
    with tempfile.TemporaryDirectory(prefix="clarion-load-") as folder:
        desk = Desk(Path(folder) / "home", database)
        made = desk.prepare(people)
        with opened(desk):
            for pid in filter(None, (os.getpid(), desk.pid, postmaster)):
                prefer(pid, nice)
            asyncio.run(_walked(desk, made, seconds, postmaster))
        errors = desk.log.read_text(errors="replace").count("Traceback")
        print(f"errors in the desk's log: {errors}")


async def _walked(desk: Desk, made: dict[str, Any], seconds: float, postmaster: int) -> None:
    people = shuffled(
        [Person(**person, runs=made["runs"], spare=made["spare"], seed=i) for i, person in enumerate(made["people"])]
    )
    async with browsers(desk.address, people) as browsing:
        for person, http in browsing:
            await sign_in(http, person)
        await warmed(browsing)
        watched = {"desk": desk.pid, "database": postmaster}
        taken = asyncio.create_task(_taken(watched, WARM, seconds))
        seen, cpu = await crowd(browsing, WARM, seconds)
        shares = await taken
    print(f"{len(people)} people for {seconds:.0f} s after {WARM:.0f} s of warm-up")
    report(seen, seconds)
    shares["client"] = cpu / seconds
    taken_by = ", ".join(f"{name} {share:.0%}" for name, share in shares.items() if share)
    print(f"processor, per cent of one core of {os.cpu_count()}: {taken_by}")
    print(f"memory: web {memory_mb(desk.pid):.0f} MB, worker {memory_mb(worker(desk.pid)):.0f} MB")
    nice = os.getpriority(os.PRIO_PROCESS, 0)
    print(f"load average of the machine: {' '.join(f'{n:.1f}' for n in os.getloadavg())}; these at nice {nice}")


async def _taken(watched: dict[str, int], warm: float, seconds: float) -> dict[str, float]:
    """Share of one core that each process, with those below it, took of the measured time."""
    await asyncio.sleep(warm)
    before = {name: cpu_seconds(pid) for name, pid in watched.items() if pid}
    await asyncio.sleep(seconds)
    return {name: (cpu_seconds(watched[name]) - used) / seconds for name, used in before.items()}


def report(seen: Seen, seconds: float) -> None:
    """Milliseconds by kind and by name, statuses and faults; a missed aim is marked."""
    print(f"{'':24} {'number':>7} {'a second':>8} {'p50':>7} {'p95':>7} {'p99':>7} {'most':>7}  ms")
    for kind, found in (("reads", seen.reads), ("writes", seen.writes)):
        _line(kind, [ms for times in found.values() for ms in times], seconds, AIMS[kind])
    for found in (seen.reads, seen.writes):
        for name, times in sorted(found.items(), key=lambda one: -float(np.quantile(one[1], 0.95))):
            _line(f"  {name}", times, seconds)
    statuses = ", ".join(f"{status}: {number}" for status, number in sorted(seen.statuses.items()))
    print(f"answers by status: {statuses}; server errors: {sum(n for s, n in seen.statuses.items() if s >= 500)}")
    print(f"faults: {dict(seen.faults) or 'none'}")


def _line(name: str, times: list[float], seconds: float, aim: float = float("inf")) -> None:
    if not times:
        print(f"{name:24} {0:7}")
        return
    p50, p95, p99, most = np.quantile(times, (0.5, 0.95, 0.99, 1.0))
    missed = f" <- over {aim:.0f}" if p95 >= aim else ""
    print(f"{name:24} {len(times):7} {len(times) / seconds:8.1f} {p50:7.1f} {p95:7.1f} {p99:7.1f} {most:7.0f}{missed}")


def killed(people: int = 20) -> None:
    """Crashes under people who write: the database server, the desk, and the desk on SQLite."""
    with postgresql() as server:
        _crashed("PostgreSQL killed, back after 3 s", people, server.address, lambda desk: _outage(server, 3.0))
        _crashed("PostgreSQL killed again, back after 20 s", people, server.address, lambda desk: _outage(server, 20.0))
        _crashed("desk killed, on PostgreSQL", people, server.address, _restart)
    _crashed("desk killed, on SQLite", people, "", _restart)


def _outage(server: Any, seconds: float) -> None:
    server.kill()
    time.sleep(seconds)
    server.start()


def full(people: int = 20) -> None:
    """The disk of the database is filled by somebody else under people who write, and has room again 10 s later."""
    if os.geteuid() != 0:
        print("left out: only root may mount a small disk")
        return
    with small_disk(200) as disk:
        (disk / "server").mkdir()
        with postgresql(disk / "server") as server:
            _crashed("disk full, PostgreSQL", people, server.address, lambda desk: _filled(disk, server))
    with small_disk(60) as disk:
        _crashed("disk full, SQLite", people, "", lambda desk: _filled(disk), disk)


def _filled(disk: Path, server: Any = None) -> None:
    fill(disk)
    time.sleep(10)
    empty(disk)
    if server is not None and not server.running:
        print("  PostgreSQL had stopped by itself and is started again")
        server.start()


def _restart(desk: Desk) -> None:
    desk.kill()
    print(f"  the desk was open again after {desk.start():.1f} s")


def _crashed(
    title: str, people: int, database: str, crash: Callable[[Desk], None], place: Path | None = None
) -> None:  # fmt: skip
    print(title)
    with tempfile.TemporaryDirectory(prefix="clarion-load-", dir=place) as folder:
        desk = Desk(Path(folder) / "home", database)
        made = desk.prepare(people, runs=False)
        writers = [one for one in made["people"] if one["role"] in ("operator", "analyst")]
        with opened(desk):
            persons = [Person(**one, runs=[], spare=[], seed=i) for i, one in enumerate(writers)]
            told(*asyncio.run(under_writers(desk, persons, 8, lambda: crash(desk), 15)), desk)
        errors = Counter(re.findall(r"error +\] (.{0,60})", desk.log.read_text(errors="replace")))
        print(f"  the desk's log: {dict(errors)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("which", nargs="?", choices=("postgresql", "sqlite", "killed", "full"))
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--nice", type=int, default=0)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped with it
    if asked.which in (None, "postgresql"):
        print("-- PostgreSQL")
        with postgresql() as server:
            load(asked.people, asked.seconds, asked.nice, server.address, server.pid)
    if asked.which in (None, "sqlite"):
        print("-- SQLite")
        load(asked.people, asked.seconds, asked.nice)
    if asked.which in (None, "killed"):
        print("-- Killed under writers")
        killed()
    if asked.which in (None, "full"):
        print("-- Disk full under writers")
        full()


if __name__ == "__main__":
    main()
