"""The log of acts: how long whole verification takes, and what of it can be changed unseen.

    python benchmarks/log.py [ACTS]

A log of 1,000,000 acts (or ACTS) is made in a scratch SQLite database and exported. It is verified whole by
``clarion log verify`` on the database and by the stand-alone file on the export (goal: under 10 s each). Then every
kind of attack of ``tests/seal/tamper.py`` is tried at random places, 216 in all: found, and located to the act.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "seal"))

from tamper import OURS, Log, attacks, found, grown, lie  # noqa: E402

from clarion.seal.log import KEY  # noqa: E402

ALONE = ROOT / "src" / "clarion" / "seal" / "log" / "verify_alone.py"
ROUNDS = 12  # of every kind
GOAL = 10.0  # seconds


def main(acts: int) -> None:
    began = time.perf_counter()
    log = grown(acts)
    print(f"{acts:,} acts made in memory in {time.perf_counter() - began:.1f} s")
    with tempfile.TemporaryDirectory(prefix="clarion-log-") as folder:
        home = Path(folder) / "home"
        began = time.perf_counter()
        kept(log, home)
        megabytes = (home / "clarion.sqlite3").stat().st_size / 1e6
        print(f"written into a database of {megabytes:,.0f} MB in {time.perf_counter() - began:.1f} s")
        export = Path(folder) / "export.jsonl"
        seconds, _ = clarion(home, "log", "export", "--out", str(export))
        print(f"exported, {export.stat().st_size / 1e6:,.0f} MB, in {seconds:.1f} s")
        timed("clarion log verify, the database", *clarion(home, "log", "verify", "--json"))
        timed("clarion log verify, the export", *clarion(home, "log", "verify", str(export), "--json"))
        timed("verify_alone.py, the export", *ran([sys.executable, "-I", str(ALONE), str(export)], os.environ))
    began = time.perf_counter()
    seen: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    draw = random.Random(2026)
    for _ in range(ROUNDS):
        for kind, tampered, anchors, where in attacks(log, draw):
            seen[kind].append(found(tampered.judged(anchors), where))
    print(f"\n{'attack':40}  tried  found  located")
    for kind, told in seen.items():
        print(f"{kind:40}  {len(told):5}  {sum(f for f, _ in told):5}  {sum(w for _, w in told):7}")
    everything = [told for kind in seen.values() for told in kind]
    share_found = sum(f for f, _ in everything) / len(everything)
    share_located = sum(w for _, w in everything) / len(everything)
    print(f"{len(everything)} attacks in {time.perf_counter() - began:.0f} s: "
          f"{share_found:.1%} found, {share_located:.1%} located")  # fmt: skip
    anchor, late = log.head(acts // 2), acts // 2 + acts // 4
    rewritten = log.with_line(late, lie(log.lines[late - 1])).hashed_anew(late, acts, OURS)
    told = replace(rewritten, heads=[rewritten.head(acts)]).judged([anchor])
    verdict = "not found" if told["sound"] else "found"
    print(f"written anew with the key after the last anchor (act {late:,}, anchor at {anchor['seq']:,}): {verdict}")


def kept(log: Log, home: Path) -> None:
    """A desk's database with the log in it, and the key that signed it."""
    (home / KEY).parent.mkdir(parents=True, mode=0o700)
    home.chmod(0o700)
    (home / KEY).touch(0o600)
    (home / KEY).write_text(bytes(range(32)).hex())
    clarion(home, "upgrade")
    with closing(sqlite3.connect(home / "clarion.sqlite3")) as database, database:
        database.executemany(
            "insert into access_logentry (seq, line, hash, sig) values (?, ?, ?, ?)",
            zip(range(1, len(log.lines) + 1), log.lines, log.hashes, log.sigs, strict=True),
        )
        database.execute(
            "insert into access_loghead (id, seq, hash, at, key, sig) values (1, :seq, :hash, :at, :key, :sig)",
            log.heads[-1] | {"key": OURS.key},
        )


def clarion(home: Path, *arguments: str) -> tuple[float, str]:
    return ran([sys.executable, "-m", "clarion", *arguments], os.environ | {"CLARION_HOME": str(home)})


def ran(command: list[str], env: object) -> tuple[float, str]:
    began = time.perf_counter()
    told = subprocess.run(command, env=env, capture_output=True, text=True)  # type: ignore[call-overload]
    if told.returncode:
        sys.exit(f"{command} failed: {told.stdout} {told.stderr}")
    return time.perf_counter() - began, told.stdout


def timed(what: str, seconds: float, answer: str) -> None:
    told = json.loads(answer)
    verdict = "met" if seconds < GOAL else "MISSED"
    print(
        f"{what}: {seconds:.1f} s for {told['entries']:,} acts, sound: {told['sound']} (goal {GOAL:.0f} s: {verdict})"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
