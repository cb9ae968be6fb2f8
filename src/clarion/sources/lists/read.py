"""One version of one sanctions list: its three tables, which are kept together and must be read together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clarion.errors import UnknownName
from clarion.sources.catalogue import declared
from clarion.tables.store import Store, Stored

if TYPE_CHECKING:
    import polars as pl

TABLES = ("listed_parties", "listed_names", "listed_facts")


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A list as it was loaded at one time. ``sha256`` is that of the publisher's file, ``published`` its release."""

    name: str
    version: str
    sha256: str
    published: str
    parties: pl.DataFrame
    names: pl.DataFrame
    facts: pl.DataFrame


def versions(home: Path, name: str) -> list[str]:
    """The versions of a list that are kept, oldest first: the one in force and up to two before it.

    Raises
    ------
    StorageError: a manifest is damaged.
    """
    return [load[0].manifest.version for load in loads(home, name)]


def read_list(home: Path, name: str, version: str = "") -> ListVersion:
    """A version of a list, by default the one in force: rows of all three tables from one load, never of two.

    Raises
    ------
    UnknownName: the list is not loaded, or has no such version.
    StorageError: a table is damaged.
    """
    kept = {load[0].manifest.version: load for load in loads(home, name)}
    if not kept:
        raise nothing_loaded(name)
    if version and version not in kept:
        raise UnknownName(
            f"{name} has no version {version!r}.",
            where="version",
            next_step=f"Kept are: {', '.join(kept)}.",
            known=list(kept),
        )
    load = kept[version or list(kept)[-1]]
    manifest = load[0].manifest
    return ListVersion(
        name, manifest.version, manifest.sha256, manifest.release, load[0].read(), load[1].read(), load[2].read()
    )


def whole_lists(home: Path) -> dict[str, int]:
    """How many entries each list has that all three tables hold; one that lacks a table cannot be screened against.

    Raises
    ------
    StorageError: a manifest is damaged.
    """
    names = sorted(stored.manifest.source for stored in Store(home).sources(TABLES[0]))
    held = {name: loads(home, name) for name in names}
    return {name: found[-1][0].manifest.rows for name, found in held.items() if found}


def nothing_loaded(name: str) -> UnknownName:
    """The error for a list of which nothing is loaded."""
    return UnknownName(
        f"Nothing is loaded of the list {name!r}.", where="list",
        next_step="See which lists are loaded, by their names, with: clarion screening lists status",
    )  # fmt: skip


def loads(home: Path, name: str) -> list[tuple[Stored, Stored, Stored]]:
    """Loads that all three tables hold, oldest first.

    A load that was killed after the first table was put in force is in one table alone: the one before it counts. Loads
    are told by their time and file, because the counters in the names of versions may differ between tables. A list of
    one's own comes as three files, one for each table: those in force make one version.
    """
    store = Store(home)
    parties, names, facts = (
        {(one.manifest.loaded, one.manifest.sha256): one for one in store.versions(table, name)} for table in TABLES
    )
    whole = [(one, names[load], facts[load]) for load, one in parties.items() if load in names and load in facts]
    if declared(name) is None and parties and names and facts:
        own = list(parties.values())[-1], list(names.values())[-1], list(facts.values())[-1]
        whole += [own] if own not in whole else []
    return whole
