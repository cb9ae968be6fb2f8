"""What an attacker learns of each group: bounds on its size, from all printed numbers together.

This is the reconstruction by linear bounds that the gate begins with, told for every group and not only for those that
do not pass. It uses the printed numbers alone, never the list of people.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clarion.release.attack import Attack
from clarion.release.folder import Release
from clarion.release.model import Model
from clarion.release.published import Cell
from clarion.release.spec import Spec
from clarion.release.targets import targets

Learned = list[dict[str, Any]]
"""For each group: ``group`` {dimension: category}, ``status``, ``share`` (of the databases in which it is absent or
large, all so far), ``printed`` (its number, "" where it was left empty, None where no table has it), ``low`` and
``high`` (None: no bound) of all so far, ``new_low`` and ``new_high`` of those who came since the release before.
``worked`` and ``new_worked`` are false where time ran out: nothing is said there."""


def learned(
    model: Model, release: Release | None, groups: Sequence[Mapping[str, Any]], seconds: float,
    progress: Callable[[float], None] | None = None,
) -> Learned:  # fmt: skip
    """Work the bounds, all so far first, until the time is spent.

    ``model``: of the release with all earlier ones; ``release``: the printed numbers, None where none were; ``groups``:
    those of an answer (``status``, ``share_so_far``), which the rows take over in its order.
    """
    attack, found = Attack(model, max(1.0, seconds / 6)), targets(model)
    places = {group: number for number, group in enumerate(found.groups)}
    last = len(model.slots) - 1
    spans = [("", (0 if model.cumulative else last, last))]
    if model.cumulative and last:
        spans.append(("new_", (last, last)))
    rows: Learned = [
        {"group": dict(g["group"]), "status": g["status"], "share": g.get("share_so_far"),
         "printed": _printed(release, g["group"]) if release else None}
        for g in groups
    ]  # fmt: skip
    end, done = time.monotonic() + seconds, 0
    for name, (first, at) in spans:
        for row in rows:
            place = places.get(tuple(row["group"].items()))
            bounds = None
            if place is not None and time.monotonic() < end:
                bounds = attack.bounds(found.masks[place], first, at)
            row |= {f"{name}low": bounds[0] if bounds else None, f"{name}high": bounds[1] if bounds else None,
                    f"{name}worked": bounds is not None}  # fmt: skip
            done += 1
            if progress:
                progress(done / (len(spans) * len(rows)))
    return rows


def _printed(release: Release, group: Mapping[str, str]) -> str | None:
    cell = _cell(release.spec, release.tables, group)
    return cell.text if cell else None


def _cell(spec: Spec, tables: Mapping[str, Sequence[Cell]], group: Mapping[str, str]) -> Cell | None:
    """The printed row of exactly this group, in the first table that has it category by category."""
    for name, cells in tables.items():
        if set(spec.tables[name]) == set(group) and _exactly(spec, name, group):
            row = tuple(group[d] for d in spec.tables[name])
            return next((cell for cell in cells if cell.row == row), None)
    return None


def _exactly(spec: Spec, table: str, group: Mapping[str, str]) -> bool:
    """Whether the table has a row of this group alone, and leaves nobody of it out."""
    return all(
        spec.categories(table, d).get(group[d]) == (group[d],) if d in group else len(spec.counted(table, d)) == len(of)
        for d, of in spec.dimensions.items()
    )
