"""One door to every table: what was loaded, and the embedded facts where nothing was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clarion.errors import UnknownName
from clarion.sources.base import Raw, Source
from clarion.sources.catalogue import catalogue
from clarion.tables import table as table_contract
from clarion.tables.store import Store, Stored
from clarion.vocab import Phrase, Provenance

if TYPE_CHECKING:
    import polars as pl


UNSTATED = Phrase("terms not stated")  # of somebody's own file that was loaded without --licence


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A table with its contract met, and the trail to where it came from."""

    name: str
    source: str
    frame: pl.DataFrame
    provenance: Provenance

    def cite(self, rows: tuple[int, ...] = (), note: str = "") -> Provenance:
        """The table's provenance, narrowed to source rows."""
        from dataclasses import replace

        return replace(self.provenance, rows=rows, note=note or self.provenance.note)


@cache
def embedded(table_name: str, source_id: str) -> LoadedTable:
    """A shipped source's table, read from the package."""
    from clarion.sources.embedded import facts_path

    declared = catalogue()[source_id]
    path = facts_path(declared.embedded)
    frame = declared.load(Raw(path, declared.release))[table_name]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return LoadedTable(table_name, source_id, frame, _provenance(declared, table_name, digest))


def _provenance(declared: Source, table_name: str, sha256: str) -> Provenance:
    return Provenance(
        declared.id, declared.release, table_name, declared.licence, declared.url, sha256, note=declared.notes
    )


def embedded_sources(table_name: str) -> list[str]:
    """Ids of the shipped sources that hold a table."""
    return [s.id for s in catalogue().values() if s.embedded and table_name in s.tables]


def first(store: Store, table_name: str) -> str:
    """The source that questions take a table from where none is named; "" where nothing holds it."""
    held = [*(stored.manifest.source for stored in store.sources(table_name)), *embedded_sources(table_name)]
    return held[0] if held else ""


class Warehouse:
    """Tables by name. Loaded ones come first, newest load first; else the embedded ones.

    ``home`` is the data folder (``config().home``); without one there are only the embedded facts.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._store = Store(home) if home is not None else None

    def table(self, name: str, source: str | None = None) -> LoadedTable:
        """One table, from ``source`` or from the first that holds it.

        Raises
        ------
        UnknownName: no such table, or no source holds it.
        StorageError: a loaded table is damaged.
        """
        table_contract(name)
        loaded = {stored.manifest.source: stored for stored in self._loaded(name)}
        held = [*loaded, *embedded_sources(name)]
        if source is not None and source not in held:
            raise UnknownName(
                Phrase("No table {name} from {source!r} is loaded.", name=name, source=source),
                where="source",
                next_step=Phrase(
                    "Choose one of: {names}; or load it with: clarion sources fetch {source}",
                    names=tuple(held),
                    source=source,
                ),
                known=held,
            )
        if not held:
            raise UnknownName(
                Phrase("Nothing is loaded for the table {name}.", name=name),
                where="table",
                next_step="See which source holds it with: clarion sources",
            )
        chosen = source or held[0]
        return _open(loaded[chosen]) if chosen in loaded else embedded(name, chosen)

    def all(self, name: str) -> list[LoadedTable]:
        """Every source's version of one table (indicators are spread over several), in the same order."""
        table_contract(name)
        return [
            *(_open(stored) for stored in self._loaded(name)),
            *(embedded(name, source) for source in embedded_sources(name)),
        ]

    def _loaded(self, name: str) -> list[Stored]:
        return self._store.sources(name) if self._store else []


def _open(stored: Stored) -> LoadedTable:
    m = stored.manifest
    trail = Provenance(m.source, m.release, m.table, m.licence or UNSTATED, m.url, m.sha256, m.retrieved, note=m.note)
    return LoadedTable(m.table, m.source, _read(_Version(stored)), trail)


class _Version:
    """A stored table, equal to another that is the same file."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        file = stored.folder / "data.parquet"
        found = file.stat() if file.is_file() else None
        self.key = (file, stored.manifest.data_sha256, found and (found.st_mtime_ns, found.st_size))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Version) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


# Whoever keeps answers keeps their tables too: read anew for each question, sixty-four copies would be held.
@lru_cache(maxsize=16)
def _read(version: _Version) -> pl.DataFrame:
    return version.stored.read()
