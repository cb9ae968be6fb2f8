"""What is shown of a release: pictures of what an attacker would learn, and the rows of its table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.desk.releases import words
from clarion.pictures.charts.render import Frame
from clarion.pictures.marked_grid import Kind, Mark, marked_grid

SPANS = ("", "new_")
"""All so far, and those who came since the release before."""
_KINDS: dict[str, Kind] = {"certified": "good", "disclosed": "bad", "undecided": "unsure", "open": "plain"}
MOST_ROWS = 400


@dataclass(frozen=True)
class Told:
    """One row of the table."""

    name: str
    printed: str
    so_far: str
    new: str
    share: float | None
    kind: Kind
    status: str


def kind_of(row: Mapping[str, Any]) -> Kind:
    """How a group is marked: one that is certified but whose number is not given is marked as that."""
    found = _KINDS[row["status"]]
    return "empty" if found == "good" and row["printed"] == "" else found


def told(learned: Sequence[Mapping[str, Any]]) -> list[Told]:
    """The rows of the table, those that do not pass first."""
    order = {"bad": 0, "unsure": 1}
    rows = sorted(learned, key=lambda row: order.get(kind_of(row), 2))
    return [
        Told(words.group_name(r["group"]), r["printed"] or "", words.between(r["low"], r["high"], r["worked"]),
             words.between(r["new_low"], r["new_high"], r["new_worked"]) if "new_worked" in r else "", r["share"],
             kind_of(r), words.status(kind_of(r)))
        for r in rows
    ]  # fmt: skip


def has_new(learned: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a release before this one lets an attacker ask who came since."""
    return bool(learned) and "new_worked" in learned[0]


def pictures(
    learned: Sequence[Mapping[str, Any]], span: str, *, prefix: str = "told", standalone: bool = False
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """(title, SVG) for each pair of dimensions; or one, where there is one dimension only."""
    dimensions: dict[str, dict[str, None]] = {}
    for row in learned:
        for dimension, category in row["group"].items():
            dimensions.setdefault(dimension, {})[category] = None
    by_group = {frozenset(row["group"].items()): row for row in learned}
    pairs = list(itertools.combinations(dimensions, 2)) or [(name, "") for name in dimensions]
    for number, pair in enumerate(pairs):
        one, other = sorted(pair, key=lambda d: -len(dimensions.get(d, ())))  # the shorter across
        down, across = [*dimensions[one], ""], [*dimensions.get(other, ()), ""]
        cells = {}
        for r, first in enumerate(down):
            for c, second in enumerate(across):
                group = {**({one: first} if first else {}), **({other: second} if second else {})}
                if (row := by_group.get(frozenset(group.items()))) and f"{span}worked" in row:
                    cells[r, c] = _mark(row, span)
        used = {mark.kind for mark in cells.values()}
        title = (gettext("%(one)s by %(other)s") % {"one": one, "other": other}) if other else one
        everybody = gettext("all")
        drawn = marked_grid(
            [name or everybody for name in down], [name or everybody for name in across], cells,
            Frame(title, _description(cells), reader_language(), f"{prefix}{number}", standalone),
            [(kind, text) for kind, text in words.legend().items() if kind in used],
        )  # fmt: skip
        yield title, drawn


def _mark(row: Mapping[str, Any], span: str) -> Mark:
    printed = row["printed"] or "" if span == "" else ""
    return Mark(kind_of(row), printed, words.briefly(row[f"{span}low"], row[f"{span}high"], row[f"{span}worked"]))


def _description(cells: Mapping[tuple[int, int], Mark]) -> str:
    counted = {kind: sum(mark.kind == kind for mark in cells.values()) for kind in words.legend()}
    parts = [f"{words.status(kind)}: {number}" for kind, number in counted.items() if number]
    return gettext("Groups: %(parts)s. The table below has each of them.") % {"parts": "; ".join(parts)}
