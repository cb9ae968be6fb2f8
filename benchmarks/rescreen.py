"""Payees who are sealed: screened before, screened anew when a list changes, and what of them is found on the disk.

    python benchmarks/rescreen.py [PAYEES]

PAYEES (1,000) of invented names are screened in memory and sealed; then a list names ten of them and a namesake of a
hundred others. Two keyholders approve, and the whole tool screens them anew in processes of its own, once killed in the
middle. Everything that the desk, the requester and the temporary folder hold is searched for every name, the back-ups
too. Then decisions of every kind are kept and made again.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS / "seal"), str(TESTS / "screening")]
SYLLABLES = ["бра", "вел", "гор", "дын", "жек", "зул", "кро", "лям", "мыш", "ноч", "пух", "рыб", "сту", "тюл", "фыр"]
GIVEN = ["Аверьян", "Викентий", "Галактион", "Демид", "Евграф", "Захарий", "Иннокентий", "Каллист", "Лаврентий"]


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="clarion-bench-") as there:
        folder = Path(there)
        for name in ("home", "people", "scratch", "copies"):
            (folder / name).mkdir(mode=0o700)
        os.environ |= {"CLARION_HOME": str(folder / "home"), "TMPDIR": str(folder / "scratch")}
        os.environ["DJANGO_SETTINGS_MODULE"] = "clarion.desk.settings"
        os.environ.pop("DATABASE_URL", None)
        from clarion.config import config
        from clarion.desk.setup import django_ready
        from clarion.desk.upgrade import upgrade

        upgrade(config())
        django_ready()
        print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        payees = list(people(count))
        load([(f"X.{n}", f"Nobody Number{n}", "") for n in range(50)])
        whole(folder, payees)
        again(payees)


def people(count: int) -> Iterator[dict[str, str]]:
    drawn = random.Random(3)
    for number in range(count):
        surname = "".join(drawn.choices(SYLLABLES, k=3)).capitalize() + "ов"
        yield {"name": f"{surname} {drawn.choice(GIVEN)}", "birth": f"19{60 + number % 40}-0{1 + number % 9}-11",
               "account": f"GE29NB{number:016}"}  # fmt: skip


def load(listed: Sequence[tuple[str, str, str]]) -> None:
    """A list of invented people in force: entry, name, day of birth."""
    import polars as pl

    from clarion.config import config
    from clarion.tables import TABLES
    from clarion.tables.manifest import Manifest
    from clarion.tables.store import Store

    kinds = {"integer": pl.Int64}

    def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
        schema = {c.name: kinds.get(c.kind, pl.String) for c in TABLES[table].columns}
        return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)

    rows = {
        "listed_parties": [{"entry": e, "kind": "person", "sex": "male", "status": "listed"} for e, _, _ in listed],
        "listed_names": [{"entry": e, "number": 1, "whole": n, "kind": "primary", "quality": "strong"}
                         for e, n, _ in listed],
        "listed_facts": [{"entry": e, "number": 1, "kind": "birth_date", "value": b, "start": b, "end": b,
                          "precision": "day"} for e, _, b in listed if b]
                        or [{"entry": listed[0][0], "number": 1, "kind": "measure", "value": "asset freeze"}],
    }  # fmt: skip
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note = Manifest("", "bench-list", 0, now, sha256=f"{len(listed):064x}", retrieved=now)
    Store(config().home).save({table: (frame(table, found), note) for table, found in rows.items()})


def whole(folder: Path, payees: Sequence[dict[str, str]]) -> None:
    from ceremony import World

    from clarion.access import Actor
    from clarion.config import config
    from clarion.desk.backup import backup
    from clarion.screening.service import sealing
    from clarion.seal.documents import write
    from clarion.seal.store import rosters
    from clarion.seal.tool.keyholder import main as keyholder

    world = World(folder / "people", policy=(100_000, 0, 72))
    rosters.install(Actor.console(), write(world.desk.roster.document))
    begun = time.perf_counter()
    values = [value for value, _ in sealing.screened(Actor.console(), payees)]
    took = time.perf_counter() - begun
    print(f"{len(payees):,} payees screened in memory before sealing in {took:.1f} s, lists read once included")
    from clarion.seal.store import sealing as store

    store.keep_many(Actor.console(), values, room="screening", fields="payee")
    records = [world.seal(value, room="screening") for value in values]
    listed = [(f"T.{n}", payees[n]["name"], payees[n]["birth"]) for n in range(10)]
    listed += [(f"N.{n}", payees[n]["name"], "1930-01-01") for n in range(10, min(110, len(payees)))]
    load(listed)
    request = world.ask(*records, purpose="rescreen", reason="A new list")
    world.approve(request, 0, 1)
    started = folder / "started"
    slow = f"import sys, time; sys.stdin.read(); open({str(started)!r}, 'w').close(); time.sleep(600)"
    code = (
        "import sys; from ceremony import CHEAP, NOW; from clarion.seal.tool.keyholder import main; "
        "main(sys.argv[1:], cost=CHEAP, now=lambda: NOW)"
    )
    words = ["rescreen", request, "--keys", world.laptop.folder, "--passphrase-file", world.laptop.passphrase, "--yes",
             "--", sys.executable, "-c", slow]  # fmt: skip
    path = os.pathsep.join(filter(None, [str(TESTS / "seal"), os.environ.get("PYTHONPATH", "")]))
    killed = subprocess.Popen([sys.executable, "-c", code, *map(str, words)], env=os.environ | {"PYTHONPATH": path})
    while not started.exists():
        time.sleep(0.1)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    time.sleep(1)
    print(f"killed in the middle: {len(world.desk.outcomes)} outcomes returned")
    begun = time.perf_counter()
    assert world.laptop.run("rescreen", request, main=keyholder) == 0, world.laptop.err
    took = time.perf_counter() - begun
    print(f"screened anew in {took:.1f} s, both processes' starts included: {world.laptop.out.splitlines()[0]}")
    returned = world.desk.outcomes[request]
    right = {one["record"] for one in returned} == set(records[:10])
    print(f"outcomes that changed: {len(returned)}, those of the ten who are listed now: {right}")
    backup(config(), folder / "copies" / "desk.tar.gz")
    (folder / "copies" / "open").mkdir()
    subprocess.run(["tar", "xzf", folder / "copies" / "desk.tar.gz", "-C", folder / "copies" / "open"], check=True)
    plain = folder / "control" / "plain.csv"
    plain.parent.mkdir()
    print(f"names and accounts found on the disk: {found(folder, payees)} of {2 * len(payees):,} looked for")
    plain.write_text("\n".join(f"{one['name']};{one['account']}" for one in payees), encoding="utf-8")
    print(f"         beside a plain copy of them the same search finds {found(folder, payees):,}")
    world.desk.close()


def found(folder: Path, payees: Sequence[dict[str, str]]) -> int:
    """How many names and accounts are in the clear in any file, but in the tables of the list itself."""
    whole = "\n".join(
        file.read_bytes().decode("utf-8", "replace").lower() for file in folder.rglob("*")
        if file.is_file() and "tables" not in file.parts
    )  # fmt: skip
    escaped = [name.encode("unicode_escape").decode() for name in (p["name"].split()[0].lower() for p in payees)]
    words = [p["name"].split()[0].lower() for p in payees] + [p["account"].lower() for p in payees]
    return sum(word in whole for word in words) + sum(word in whole for word in escaped)


def again(payees: Sequence[dict[str, str]]) -> None:
    """Keep decisions, let the list change, and make them again."""
    from clarion.access import Actor
    from clarion.screening.service import cleared, decisions, reproduce
    from clarion.screening.service.asked import asked
    from clarion.screening.service.check import check_all

    me = Actor.console()
    several = [asked({name: text for name, text in one.items() if name != "account"} | more)
               for one in payees for more in ({}, {"birth": ""}, {"bank": "Тихий Берег"})]  # fmt: skip
    checked = check_all(me, several, known=cleared.known)
    decisions.keep_many(me, [(one, payee, "") for one, payee in zip(checked, several, strict=True)])
    load([(f"Y.{n}", f"Somebody Else{n}", "") for n in range(9)])
    begun = time.perf_counter()
    told = reproduce.reproduce_all(me)
    took = time.perf_counter() - begun
    outcomes = {name: sum(one.outcome == name for one in checked) for name in ("clear", "ask", "review")}
    print(f"decisions {outcomes}: made again after the list changed: {dict(told.counts)}, in {took:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
