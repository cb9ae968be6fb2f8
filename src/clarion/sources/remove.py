"""Take a loaded source away again; questions go back to what answered them before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clarion.errors import InputError
from clarion.sources.catalogue import catalogue
from clarion.sources.warehouse import first
from clarion.tables.store import Store


def remove(source_id: str, home: Path) -> dict[str, Any]:
    """Remove what was loaded of a source, official or one's own; a downloaded file stays. JSON-ready.

    A source of several lists goes with all of them; one of them alone by its own name.

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
    return {"source": source_id, "removed": removed, "answers_now_from": {name: first(store, name) for name in removed}}
