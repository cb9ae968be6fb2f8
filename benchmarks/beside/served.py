"""Screening as people meet it: the command line over a file, in two processes, and a desk asked over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from crowd.desk import Desk, cpu_seconds, memory_mb, opened

from beside.crowded import write
from clarion.screening.engine.subject import Party, Payee
from clarion.tables import TABLES
from clarion.tables.manifest import Manifest
from clarion.tables.store import Store

Row = dict[str, object]


def load(home: Path, parties: Sequence[Party]) -> None:
    """Keep a made list in a data folder, in the three tables of every list."""
    listed: list[Row] = []
    names: list[Row] = []
    facts: list[Row] = []
    for party in parties:
        listed.append({"entry": party.entry, "kind": party.kind, "status": "listed"})
        names += [{"entry": party.entry, "number": n, "whole": name.whole, "quality": "strong",
                   "kind": "primary" if n == 1 else "alias"} for n, name in enumerate(party.names, 1)]  # fmt: skip
        birth = str(party.births[0])
        facts.append({"entry": party.entry, "number": 1, "kind": "birth_date", "value": birth, "start": birth,
                      "end": birth, "precision": "day"})  # fmt: skip
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note = Manifest("", "made-list", 0, now, sha256="0" * 64, retrieved=now)
    rows = {"listed_parties": listed, "listed_names": names, "listed_facts": facts}
    Store(home).save({table: (_frame(table, found), note) for table, found in rows.items()})


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    schema = {c.name: pl.Int64 if c.kind == "integer" else pl.String for c in TABLES[table].columns}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def two_batches(parties: Sequence[Party], count: int) -> tuple[float, float, dict[str, int], float]:
    """Two processes of ``clarion screening batch``, each with half of the payees: seconds on the clock, resident memory
    of both together at its highest (MB), answers by outcome, seconds of the processor."""
    with tempfile.TemporaryDirectory(prefix="clarion-throughput-") as folder:
        place = Path(folder)
        load(place / "home", parties)
        for half in (0, 1):
            write(place / f"payees{half}.csv", count // 2, 100 + half)
        env = os.environ | {"CLARION_HOME": str(place / "home")}
        begun, memory, used = time.perf_counter(), 0.0, [0.0, 0.0]
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "clarion", "screening", "batch", f"payees{half}.csv", "--out",
                 f"answers{half}.csv", "--on", "serial", "--json"],
                cwd=place, env=env, stdout=subprocess.PIPE,
            )
            for half in (0, 1)
        ]  # fmt: skip
        while any(one.poll() is None for one in running):
            alive = [(at, one.pid) for at, one in enumerate(running) if one.poll() is None]
            try:
                memory = max(memory, sum(memory_mb(pid) for _, pid in alive))
                for at, pid in alive:
                    used[at] = cpu_seconds(pid)
            except (FileNotFoundError, ProcessLookupError, IndexError):
                pass  # it has just ended
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        counts: Counter[str] = Counter()
        for one in running:
            if one.returncode:
                raise SystemExit("clarion screening batch failed")
            assert one.stdout is not None
            counts.update(json.loads(one.stdout.read())["counts"])
        return seconds, memory, dict(counts), sum(used)


def through_api(parties: Sequence[Party], payees: Sequence[Payee]) -> list[float]:
    """Milliseconds of each question to a desk on this machine, one after another, on one connection each."""
    with tempfile.TemporaryDirectory(prefix="clarion-throughput-") as folder:
        desk = Desk(Path(folder) / "home")
        made = desk.prepare(4, runs=False)
        load(desk.home, parties)
        officer = next(one for one in made["people"] if one["role"] == "officer")
        with opened(desk):
            for payee in payees[:40]:  # the lists are read, in each process that answers
                _asked(desk.address, officer["token"], payee)
            return [_asked(desk.address, officer["token"], payee) for payee in payees]


def _asked(address: str, token: str, payee: Payee) -> float:
    body = {"name": payee.name, "birth": str(payee.birth) if payee.birth else ""}
    request = urllib.request.Request(
        f"{address}/api/v1/screening/check", json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )  # fmt: skip
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - begun)
