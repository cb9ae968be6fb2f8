"""Take a loaded source away again, and say what is left: what answers in its place, or which lists still stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clarion.errors import InputError
from clarion.sources.catalogue import catalogue
from clarion.sources.lists.read import TABLES as OF_LISTS
from clarion.sources.lists.read import whole_lists
from clarion.sources.warehouse import embedded_sources, first
from clarion.tables import table
from clarion.tables.listed import STATUS
from clarion.tables.store import Store

NO_LIST = (
    "No sanctions list that names anybody is left: nobody is called clear until one is loaded."
    " See which there are with: clarion screening lists status"
)


def remove(source_id: str, home: Path) -> dict[str, Any]:
    """Remove what was loaded of a source, official or one's own; a downloaded file stays. JSON-ready.

    A source of several lists goes with all of them; one of them alone by its own name. ``answers_now_from`` names, for
    each table of which one source answers, the one that does now ("" for none); ``still_filled_by`` those that go on
    filling a table to which every source adds; ``lists_left`` the lists that payees are still screened against.

    Raises
    ------
    InputError: the source ships with Clarion, or nothing of it is loaded.
    BusyError, StorageError: as ``Store.remove``.
    """
    declared = catalogue().get(source_id)
    if declared and declared.embedded:
        raise InputError(
            f"{source_id} comes with Clarion and cannot be removed.", where=f"source {source_id}",
            next_step="See what is loaded with: clarion sources",
        )  # fmt: skip
    store = Store(home)
    names = [source_id]
    if declared and declared.files == "each":
        held = {stored.manifest.source for stored in store.all()}
        names += sorted(name for name in held if name.startswith(f"{source_id}-"))
    removed = list(dict.fromkeys(table for name in names for table in store.remove(name)))
    if not removed:
        raise InputError(
            f"Nothing is loaded of {source_id!r}.", where="source", next_step="See what is loaded with: clarion sources"
        )
    return {"source": source_id, "removed": removed} | _left(store, home, removed)


def _left(store: Store, home: Path, removed: list[str]) -> dict[str, Any]:
    """What there still is of the tables that lost a source."""
    figures = [name for name in removed if name not in OF_LISTS]
    left: dict[str, Any] = {
        "answers_now_from": {name: first(store, name) for name in figures if not table(name).spread},
        "still_filled_by": {name: _fillers(store, name) for name in figures if table(name).spread},
    }
    left = {key: value for key, value in left.items() if value}
    empty = [name for name in figures if not first(store, name)]
    note = f"Nothing fills {', '.join(empty)} any more. See which source does with: clarion sources" if empty else ""
    if len(figures) < len(removed):
        lists = {name: entries for name, entries in whole_lists(home).items() if not name.startswith(STATUS)}
        left["lists_left"] = list(lists)
        note = note or ("" if any(lists.values()) else NO_LIST)
    return left | ({"note": note} if note else {})


def _fillers(store: Store, name: str) -> list[str]:
    return [*(stored.manifest.source for stored in store.sources(name)), *embedded_sources(name)]
