"""What changed between two loaded versions of one sanctions list, entry by entry.

Rows are compared by what they say: their number and their line in the file change whenever anything before them does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import UnknownName
from clarion.tables.store import Store, Stored

if TYPE_CHECKING:
    import polars as pl

TABLES = ("listed_parties", "listed_names", "listed_facts")
BESIDE = ("number", "source_row")  # of the print, not of what it says
NEWEST, BEFORE = -1, -2


@dataclass(frozen=True, slots=True)
class Change:
    """What one entry gained and lost. ``party`` names the columns of the entry itself that differ, old and new.

    ``names`` and ``facts`` hold rows as they stand in the tables, without number and line.
    """

    entry: str
    party: dict[str, tuple[str, str]]
    names_added: tuple[dict[str, Any], ...] = ()
    names_removed: tuple[dict[str, Any], ...] = ()
    facts_added: tuple[dict[str, Any], ...] = ()
    facts_removed: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two versions of a list: marks of entries that came and went, and what changed in the others."""

    name: str
    old: str
    new: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]

    @property
    def touched(self) -> tuple[str, ...]:
        """Entries that came or changed: whom to screen again."""
        return (*self.added, *(change.entry for change in self.changed))

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def versions(home: Path, name: str) -> list[str]:
    """The versions of a list that are kept, oldest first: the one in force and up to two before it."""
    return [stored.manifest.version for stored in Store(home).versions("listed_parties", name)]


def diff(home: Path, name: str, old: str = "", new: str = "") -> Difference:
    """The difference between two versions of a list; by default the one in force and the one before it.

    Raises
    ------
    UnknownName: the list is not loaded, or has no such version, or no earlier one is kept.
    StorageError: a stored table is damaged.
    """
    kept = versions(home, name)
    at = [_index(kept, name, asked, default) for asked, default in ((old, BEFORE), (new, NEWEST))]
    frames = [_frames(Store(home), name, index - len(kept)) for index in at]
    parties = [dict(zip(f["listed_parties"]["entry"], f["listed_parties"].rows(named=True), strict=True))
               for f in frames]  # fmt: skip
    said = [{table: _said(f[table]) for table in ("listed_names", "listed_facts")} for f in frames]
    both = sorted(parties[0].keys() & parties[1].keys())
    changes = (_change(entry, parties, said) for entry in both)
    return Difference(
        name, kept[at[0]], kept[at[1]], tuple(sorted(parties[1].keys() - parties[0].keys())),
        tuple(sorted(parties[0].keys() - parties[1].keys())), tuple(change for change in changes if change),
    )  # fmt: skip


def _index(kept: list[str], name: str, asked: str, default: int) -> int:
    if asked in kept:
        return kept.index(asked)
    if asked or len(kept) < -default:
        what = f"No earlier version of {name} is kept." if kept else f"Nothing is loaded of the list {name!r}."
        what = f"{name} has no version {asked!r}." if asked else what
        raise UnknownName(
            what,
            where="version" if kept else "list",
            next_step=f"Kept are: {', '.join(kept)}." if kept else "See what is loaded with: clarion sources",
            known=kept,
        )
    return len(kept) + default


def _frames(store: Store, name: str, back: int) -> dict[str, pl.DataFrame]:
    """The three tables of a version, counted from the newest: they are always kept together."""
    found: dict[str, list[Stored]] = {table: store.versions(table, name) for table in TABLES}
    return {table: stored[back].read() for table, stored in found.items()}


Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


def _said(frame: pl.DataFrame) -> Rows:
    """By entry, what its rows say, each once."""
    out: Rows = {}
    columns = [column for column in frame.columns if column not in BESIDE]
    for row in frame.select(columns).iter_rows(named=True):
        out.setdefault(row["entry"], {})[tuple(row.values())] = row
    return out


def _change(entry: str, parties: list[dict[str, Any]], said: list[dict[str, Rows]]) -> Change | None:
    before, after = parties[0][entry], parties[1][entry]
    party = {
        column: (str(before[column] or ""), str(after[column] or ""))
        for column in before
        if column not in BESIDE and before[column] != after[column]
    }
    rows = []
    for table in ("listed_names", "listed_facts"):
        was, now = (one[table].get(entry, {}) for one in said)
        rows += [tuple(now[key] for key in now if key not in was), tuple(was[key] for key in was if key not in now)]
    return Change(entry, party, *rows) if party or any(rows) else None
