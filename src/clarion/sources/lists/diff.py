"""What changed between two loaded versions of one sanctions list, entry by entry.

Rows are compared by what they say: their number and their line in the file change whenever anything before them does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError, UnknownName
from clarion.sources.catalogue import catalogue
from clarion.sources.lists.read import nothing_loaded, read_list, versions, whole_lists

if TYPE_CHECKING:
    import polars as pl

BESIDE = ("number", "source_row")  # of the print, not of what it says


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


@dataclass(frozen=True, slots=True)
class Together:
    """What changed in all lists of one source. ``first`` are those of which no earlier version is kept, with how many
    they name: all of them are new if the list is."""

    name: str
    lists: tuple[Difference, ...]
    first: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def several(name: str) -> bool:
    """Whether a name is that of a source of many lists, such as the acts of the Official Journal."""
    found = catalogue().get(name)
    return found is not None and found.files == "each"


def diff_all(home: Path, source: str, old: str = "", new: str = "") -> Together:
    """The difference between the version in force and the one before, of each list of a source of many.

    Raises
    ------
    UnknownName: none of its lists is loaded.
    InputError: a version is named; each list has its own.
    StorageError: a stored table is damaged.
    """
    held = {name: entries for name, entries in whole_lists(home).items() if name.startswith(f"{source}-")}
    if not held:
        raise nothing_loaded(source)
    if old or new:
        raise InputError(
            f"{source} is many lists, and each has versions of its own.", where="version",
            next_step=f"Name one list, such as {next(iter(held))}. See all with: clarion screening lists status",
        )  # fmt: skip
    twice = [name for name in held if len(versions(home, name)) > 1]
    return Together(
        source, tuple(diff(home, name) for name in twice),
        {name: entries for name, entries in held.items() if name not in twice},
    )  # fmt: skip


def diff(home: Path, name: str, old: str = "", new: str = "") -> Difference:
    """The difference between two versions of a list; by default the one in force and the one before it.

    Raises
    ------
    UnknownName: the list is not loaded, or has no such version, or no earlier one is kept.
    StorageError: a stored table is damaged.
    """
    kept = versions(home, name)
    if not old and len(kept) == 1:
        raise UnknownName(
            f"No earlier version of {name} is kept.",
            where="version",
            next_step=f"Kept is: {kept[0]}. A new version comes with: clarion screening lists fetch or load",
            known=kept,
        )
    was, now = read_list(home, name, old or (kept[-2] if kept else "")), read_list(home, name, new)
    parties = [{row["entry"]: row for row in one.parties.iter_rows(named=True)} for one in (was, now)]
    said = [(_said(one.names), _said(one.facts)) for one in (was, now)]
    both = sorted(parties[0].keys() & parties[1].keys())
    changes = (_change(entry, parties, said) for entry in both)
    return Difference(
        name, was.version, now.version, tuple(sorted(parties[1].keys() - parties[0].keys())),
        tuple(sorted(parties[0].keys() - parties[1].keys())), tuple(change for change in changes if change),
    )  # fmt: skip


Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


def _said(frame: pl.DataFrame) -> Rows:
    """By entry, what its rows say, each once."""
    out: Rows = {}
    columns = [column for column in frame.columns if column not in BESIDE]
    for row in frame.select(columns).iter_rows(named=True):
        out.setdefault(row["entry"], {})[tuple(row.values())] = row
    return out


def _change(entry: str, parties: list[dict[str, Any]], said: list[tuple[Rows, Rows]]) -> Change | None:
    before, after = parties[0][entry], parties[1][entry]
    party = {
        column: (str(before[column] or ""), str(after[column] or ""))
        for column in before
        if column not in BESIDE and before[column] != after[column]
    }
    rows = []
    for old, new in zip(*said, strict=True):
        was, now = old.get(entry, {}), new.get(entry, {})
        rows += [tuple(now[key] for key in now if key not in was), tuple(was[key] for key in was if key not in now)]
    return Change(entry, party, *rows) if party or any(rows) else None
