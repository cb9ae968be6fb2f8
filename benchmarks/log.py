"""The log of acts: how long whole verification takes, and what of it can be changed unseen.

    python benchmarks/log.py [ACTS [ATTACKED]]

A log of 1,000,000 acts (or ACTS) is made in a scratch SQLite database and exported. It is verified whole by
``clarion log verify`` on the database and by the stand-alone file on the export (goal: under 10 s each). Then every
kind of attack of ``tests/seal/tamper.py`` is tried at random places, 216 in all: found, and located to the act. On a
busy machine ATTACKED makes the log that is attacked shorter; seconds of the processor are printed beside the clock's.
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
from collections.abc import Mapping
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


def main(acts: int, attacked: int) -> None:
    began = time.perf_counter()
    log = grown(acts)
    say(f"{acts:,} acts made in memory in {time.perf_counter() - began:.1f} s")
    with tempfile.TemporaryDirectory(prefix="clarion-log-") as folder:
        home, export = Path(folder) / "home", Path(folder) / "export.jsonl"
        began = time.perf_counter()
        kept(log, home)
        megabytes = (home / "clarion.sqlite3").stat().st_size / 1e6
        say(f"written into a database of {megabytes:,.0f} MB in {time.perf_counter() - began:.1f} s")
        seconds = clarion(home, "log", "export", "--out", str(export))[0]
        say(f"exported, {export.stat().st_size / 1e6:,.0f} MB, in {seconds:.1f} s")
        timed("clarion log verify, the database", *clarion(home, "log", "verify", "--json"))
        timed("clarion log verify, the export", *clarion(home, "log", "verify", str(export), "--json"))
        timed("verify_alone.py, the export", *ran([sys.executable, "-I", str(ALONE), str(export)], os.environ))
    attack(log if attacked == acts else grown(attacked))


def attack(log: Log) -> None:
    acts, began, draw = len(log.lines), time.perf_counter(), random.Random(2026)
    seen: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for _ in range(ROUNDS):
        for kind, tampered, anchors, where in attacks(log, draw):
            seen[kind].append(found(tampered.judged(anchors), where))
    say(f"\n{'attack':40}  tried  found  located")
    for kind, told in seen.items():
        say(f"{kind:40}  {len(told):5}  {sum(f for f, _ in told):5}  {sum(w for _, w in told):7}")
    everything = [told for kind in seen.values() for told in kind]
    share_found = sum(f for f, _ in everything) / len(everything)
    share_located = sum(w for _, w in everything) / len(everything)
    say(f"{len(everything)} attacks on {acts:,} acts in {time.perf_counter() - began:.0f} s: "
        f"{share_found:.1%} found, {share_located:.1%} located")  # fmt: skip
    late, anchor = acts // 2 + acts // 4, log.head(acts // 2)
    anew = log.with_line(late, lie(log.lines[late - 1])).hashed_anew(late, acts, OURS)
    told = replace(anew, heads=[anew.head(acts)]).judged([anchor])
    verdict = "not found" if told["sound"] else "found"
    say(f"written anew with the key after the last anchor (act {late:,}, anchor at {anchor['seq']:,}): {verdict}")


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


def clarion(home: Path, *arguments: str) -> tuple[float, float, str]:
    return ran([sys.executable, "-m", "clarion", *arguments], os.environ | {"CLARION_HOME": str(home)})


def ran(command: list[str], env: Mapping[str, str]) -> tuple[float, float, str]:
    """Seconds by the clock, seconds of the processor, and what the command printed."""
    began, before = time.perf_counter(), os.times()
    told = subprocess.run(command, env=dict(env), capture_output=True, text=True)
    if told.returncode:
        sys.exit(f"{command} failed: {told.stdout} {told.stderr}")
    seconds, after = time.perf_counter() - began, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, worked, told.stdout


def timed(what: str, seconds: float, worked: float, answer: str) -> None:
    told = json.loads(answer)
    verdict = "met" if seconds < GOAL else "MISSED"
    say(f"{what}: {seconds:.1f} s ({worked:.1f} s of the processor) for {told['entries']:,} acts, "
        f"sound: {told['sound']} (goal {GOAL:.0f} s: {verdict})")  # fmt: skip


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    main(size, int(sys.argv[2]) if len(sys.argv) > 2 else size)
