"""Which sources there are, and what of them lies on this machine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clarion.sources.base import Source
from clarion.sources.catalogue import catalogue, declared, find
from clarion.sources.fetch import fetched
from clarion.sources.warehouse import embedded
from clarion.tables.store import Store, Stored


def overview(home: Path, now: datetime | None = None) -> list[dict[str, Any]]:
    """One entry a source: the declared ones, then a user's own files. JSON-ready.

    ``state`` is embedded, loaded, fetched or absent; ``age_days`` counts from retrieval, or from the load.
    """
    now = now or datetime.now(UTC)
    kept: dict[str, list[Stored]] = {}
    for stored in Store(home).all():
        kept.setdefault(stored.manifest.source, []).append(stored)
    out = [_declared(source, home, _held(kept, source), now) for source in catalogue().values()]
    return out + [_own(name, stored, now) for name, stored in sorted(kept.items())]


def details(source_id: str, home: Path, now: datetime | None = None) -> dict[str, Any]:
    """All that is known of one source, with what was left out when it was loaded.

    Raises
    ------
    UnknownName: no such source, declared or loaded.
    """
    now = now or datetime.now(UTC)
    source = declared(source_id)
    entry = next((e for e in overview(home, now) if e["id"] == (source.id if source else source_id)), None)
    if entry is None:
        find(source_id)
        raise AssertionError("unreachable")
    held = [s for s in Store(home).all() if s.manifest.source == source_id or _one_of(s, source, source_id)]
    if source:
        entry |= {
            "licence_url": source.licence_url, "file_format": source.file_format, "notes": source.notes,
            "download": source.download, "needs_key": source.needs_key,
        }  # fmt: skip
    entry["loads"] = [
        {"source": s.manifest.source, "table": s.manifest.table, "rows": s.manifest.rows,
         "loaded": s.manifest.loaded, "release": s.manifest.release,
         "sha256": s.manifest.sha256, "url": s.manifest.url, "retrieved": s.manifest.retrieved,
         "left_out": dict(s.manifest.counts), "folder": str(s.folder)}
        for s in held
    ]  # fmt: skip
    return entry


def _held(kept: dict[str, list[Stored]], source: Source) -> list[Stored]:
    """Take out what is loaded of a source, each of its lists where it has several."""
    names = [source.id]
    if source.files == "each":
        names += [name for name in kept if name.startswith(f"{source.id}-")]
    return [stored for name in names for stored in kept.pop(name, [])]


def _one_of(stored: Stored, source: Source | None, asked: str) -> bool:
    """Whether a source of several lists was asked for as a whole, and this is of one of them."""
    return source is not None and source.id == asked and declared(stored.manifest.source) is source


def _declared(source: Source, home: Path, held: list[Stored], now: datetime) -> dict[str, Any]:
    note = fetched(home, source)
    state = "embedded" if source.embedded else "loaded" if held else "fetched" if note else "absent"
    rows = sum(s.manifest.rows for s in held)
    if source.embedded:
        rows = sum(embedded(name, source.id).frame.height for name in source.tables)
    when = held[0].manifest.retrieved or held[0].manifest.loaded if held else note.retrieved if note else ""
    return {
        "id": source.id, "title": source.title, "publisher": source.publisher, "url": source.url,
        "licence": source.licence, "cadence": source.cadence, "tables": list(source.tables), "state": state,
        "rows": rows, "row_bounds": list(source.rows), "release": held[0].manifest.release if held else source.release,
        "retrieved": when, "age_days": _age(when, now),
    }  # fmt: skip


def _own(name: str, held: list[Stored], now: datetime) -> dict[str, Any]:
    first = held[0].manifest
    return {
        "id": name, "title": f"Own file {first.release}", "publisher": "", "url": first.url, "licence": first.licence,
        "cadence": "", "tables": [s.manifest.table for s in held], "state": "loaded",
        "rows": sum(s.manifest.rows for s in held), "row_bounds": None, "release": first.release,
        "retrieved": first.loaded, "age_days": _age(first.loaded, now),
    }  # fmt: skip


def _age(when: str, now: datetime) -> int | None:
    return max((now - datetime.fromisoformat(when)).days, 0) if when else None
