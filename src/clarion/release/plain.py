"""What the same people would have been told by a plain rule: small numbers as "<5", zeros and the rest as they are.

For comparison only. It needs the list of people, and what it says is as secret as the list: it is never published.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from clarion.release.attack import Attack
from clarion.release.folder import Release
from clarion.release.learn import Learned, learned
from clarion.release.model import build_model
from clarion.release.people import People, tabulate
from clarion.release.published import Cell
from clarion.release.spec import Spec
from clarion.release.targets import targets


@dataclass(frozen=True)
class Plain:
    """``small``: groups of one and two categories with 1 to k - 1 people; ``proved``: those that the attacker proves
    small; ``worked``: whether all were tried in time; ``rows``: the bounds of every group."""

    small: int
    proved: int
    worked: bool
    rows: Learned

    def to_dict(self) -> dict[str, Any]:
        return {"small": self.small, "proved": self.proved, "worked": self.worked, "rows": self.rows}


def plainly(people: People, spec: Spec, seconds: float) -> Plain:
    """Publish by the plain rule, this release alone, and attack it."""
    release = _published(people, spec)
    model = build_model(release, [])
    found = targets(model)
    axes = {dimension: axis for axis, dimension in enumerate(spec.dimensions)}
    attack, end = Attack(model, max(1.0, seconds / 12)), time.monotonic() + seconds / 2
    small = proved = tried = 0
    groups = []
    for number, group in enumerate(found.groups):
        size = sum(n for person, n in people.items() if all(person[axes[d]] == v for d, v in group))
        given_away = False
        if 0 < size < spec.k:
            small += 1
            if time.monotonic() < end:
                tried += 1
                given_away = attack.on(found.masks[number], 0, len(model.slots) - 1).status == "disclosed"
            proved += given_away
        groups.append({"group": dict(group), "status": "disclosed" if given_away else "open"})
    return Plain(small, proved, tried == small, learned(model, release, groups, seconds / 2))


def _published(people: People, spec: Spec) -> Release:
    plain = replace(spec, rule="suppress", merged={}, held=(), outside=(), earlier=(), known=(), period=spec.id,
                    calendar="", start="", population_is="")  # fmt: skip
    exact = tabulate(people, replace(plain, rule="exact"))

    def cell(found: Cell) -> Cell:
        if 0 < found.low < spec.k:
            return Cell(found.row, 1, spec.k - 1, f"<{spec.k}")
        return found

    return Release(plain, {name: [cell(c) for c in cells] for name, cells in exact.tables.items()})
