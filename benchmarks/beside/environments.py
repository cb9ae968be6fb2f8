"""Other matchers in environments of their own: nomenklatura wants duckdb 1, Splink duckdb 2, and Clarion neither.

Made on demand with ``uv`` from ``requirements/peers-*.txt`` in a cache folder, and kept;
``CLARION_PEERS`` names another.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clarion.screening.engine.subject import Party, Payee

ROOT = Path(__file__).parents[2]
INSIDE = Path(__file__).with_name("inside")
Pair = tuple[Payee, Party]


class NoPeer(Exception):
    """This matcher could not be installed, and why."""


def python_of(peer: str) -> Path:
    """The interpreter of the environment ``nomenklatura`` or ``splink``, made if it is not there.

    Raises
    ------
    NoPeer: no uv, or no index that has the packages.
    """
    pinned = ROOT / "requirements" / f"peers-{peer}.txt"
    folder = Path(os.environ.get("CLARION_PEERS") or Path.home() / ".cache" / "clarion" / "peers") / peer
    python, mark = folder / "bin" / "python", folder / "pinned.txt"
    if mark.is_file() and mark.read_bytes() == pinned.read_bytes():
        return python
    if (uv := shutil.which("uv")) is None:
        raise NoPeer("uv is not installed")
    for command in (
        [uv, "venv", "--quiet", "--clear", "--python", "3.11", str(folder)],
        [uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(pinned)],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise NoPeer(" ".join(ran.stderr.split())[-300:])
    mark.write_bytes(pinned.read_bytes())
    return python


def scored(peer: str, script: str, task: dict[str, Any]) -> dict[str, Any]:
    """What ``inside/<script>.py`` prints as JSON when it is given ``task``; with ``wall``, its seconds altogether."""
    python, begun = python_of(peer), time.perf_counter()
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ran = subprocess.run([str(python), str(INSIDE / f"{script}.py")], input=json.dumps(task), capture_output=True,
                         text=True, env=clean, check=False)  # fmt: skip
    if ran.returncode:
        raise NoPeer(" ".join(ran.stderr.split())[-300:])
    found: dict[str, Any] = json.loads(ran.stdout)
    return found | {"wall": time.perf_counter() - begun}


def task_of(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Pairs as plain data: each payee and each party once, and who is compared with whom."""
    payees = list(dict.fromkeys(payee for payee, _ in pairs))
    parties = list({id(party): party for _, party in pairs}.values())
    at_payee = {payee: at for at, payee in enumerate(payees)}
    at_party = {id(party): at for at, party in enumerate(parties)}
    return {
        "payees": [{"name": p.name, "birth": str(p.birth) if p.birth else "", "schema": p.kind} for p in payees],
        "parties": [{"names": [name.whole for name in p.names], "births": _births(p), "schema": p.kind}
                    for p in parties],
        "pairs": [(at_payee[payee], at_party[id(party)]) for payee, party in pairs],
    }  # fmt: skip


def _births(party: Party) -> list[str]:
    """Dates that another matcher can read: days, months and years; of a range the two ends."""
    return [text for one in party.births for text in str(one).removeprefix("about ").split(" to ")]
