"""From a file to a loaded table: run the loader, check what comes out, keep it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError, SourceError
from clarion.sources.base import Raw, Source
from clarion.sources.catalogue import catalogue, find
from clarion.sources.fetch import Fetched, downloads, fetched, sha256_of
from clarion.sources.warehouse import first
from clarion.tables import table
from clarion.tables.manifest import Manifest
from clarion.tables.store import Store

if TYPE_CHECKING:
    import polars as pl

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought in. ``counts`` are source rows left out or changed, by reason."""

    source: str
    file: str
    sha256: str
    rows: Mapping[str, int]
    counts: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def load_source(
    source_id: str, home: Path, file: Path | None = None, *, partial: bool = False, now: Clock = utc_now
) -> Loaded:
    """Load an official file, the fetched one by default, into the tables that its source declares.

    ``partial`` lets through a file with fewer rows than the source declares, such as an extract of some countries;
    every figure that comes from it says so.

    Raises
    ------
    UnknownName: no such source.
    InputError: the source ships with Clarion, or nothing was fetched yet.
    SourceError: the file is not in its published form, has too few rows, or speaks of years to come. Nothing is kept.
    TableError, BusyError, StorageError: as ``Store.save``.
    """
    import polars as pl

    source = find(source_id)
    path, note = _file(source, home, file)
    digest = sha256_of(path)
    note = note if note and note.sha256 == digest else None
    raw = Raw(path, source.release or _release(note))
    try:
        frames = source.load(raw)
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"The file is not in its published form: {str(error)[:200]}",
            where=str(path),
            next_step="Download it again; if it stays so, the publisher has changed its form.",
        ) from error
    if set(frames) != set(source.tables):
        raise RuntimeError(f"the loader of {source.id} made {sorted(frames)}, and declares {source.tables}")
    rows = sum(frame.height for frame in frames.values())
    warnings = _bounds(source, path, rows, partial)
    part = rows < source.rows[0]  # asked for, or it would have been refused
    _has_come(path, frames, now().year)
    # In the release, which is said wherever the table is cited.
    release = ", ".join(filter(None, (raw.release, "a part only"))) if part else raw.release
    manifest = Manifest(
        table="", source=source.id, rows=0, loaded=now().isoformat(timespec="seconds"), release=release,
        # A path on this machine is nobody's source, and would be shown on every page that cites the table.
        url=note.url if note and note.url.startswith("http") else source.url, licence=source.licence, sha256=digest,
        retrieved=note.retrieved if note else "",
        note=" ".join(filter(None, (source.notes, *warnings))) if part else source.notes,
        counts=dict(sorted(raw.counts.items())),
    )  # fmt: skip
    kept, news = _keep(home, source.id, {name: (frame, manifest) for name, frame in frames.items()})
    return Loaded(source.id, str(path), digest, kept, manifest.counts, (*warnings, *news))


def load_table(
    table_name: str, file: Path, home: Path, *, source: str = "", licence: str = "", now: Clock = utc_now
) -> Loaded:
    """Load a file that is in a table's own contract. ``source`` names it; by default the file's name does.

    Raises
    ------
    UnknownName: no such table.
    InputError: ``source`` is an official one, or cannot be a name.
    TableError: the file breaks the contract. Nothing is kept.
    """
    from clarion.tables.files import read_table

    contract = table(table_name)
    name = source or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "own-file"
    if name in catalogue():
        raise InputError(
            f"{name} is the name of an official source.",
            where="source",
            next_step=f"Choose another name, or load an official file with: clarion sources load {name} {file}",
        )
    frame = read_table(file, contract)
    digest = sha256_of(file)
    manifest = Manifest(
        table=table_name, source=name, rows=frame.height, loaded=now().isoformat(timespec="seconds"),
        release=file.name, licence=licence, sha256=digest, note="Loaded from a file in the table's own columns.",
    )  # fmt: skip
    rows, news = _keep(home, name, {table_name: (frame, manifest)})
    return Loaded(name, str(file), digest, rows, warnings=news)


def _keep(
    home: Path, source: str, frames: Mapping[str, tuple[pl.DataFrame, Manifest]]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Rows kept by table, and a line for each table whose answers now come from elsewhere than before."""
    store = Store(home)
    before = {name: first(store, name) for name in frames}
    kept = store.save(frames)
    news = tuple(
        f"Questions now take {name} from {source}, no longer from {before[name]}."
        f" Undo with: clarion sources remove {source}"
        for name in frames
        if before[name] not in ("", source) and name != "indicators" and first(store, name) == source
    )
    return {name: stored.manifest.rows for name, stored in kept.items()}, news


def _file(source: Source, home: Path, file: Path | None) -> tuple[Path, Fetched | None]:
    if source.embedded:
        raise InputError(
            f"{source.id} comes with Clarion and needs no loading.",
            where=f"source {source.id}",
            next_step="See what can be fetched with: clarion sources",
        )
    path = file or downloads(home, source)
    if not path.is_file():
        raise InputError(
            "There is no such file." if file else f"Nothing has been fetched for {source.id} yet.",
            where=str(path),
            next_step=f"Fetch it with: clarion sources fetch {source.id}, or name a file.",
        )
    return path, fetched(home, source)


def _release(note: Fetched | None) -> str:
    """The day the publisher last changed the file, or the day we fetched it."""
    if note is None:
        return ""
    try:
        return parsedate_to_datetime(note.last_modified).date().isoformat()
    except ValueError:
        return f"retrieved {note.retrieved[:10]}"


def _bounds(source: Source, path: Path, rows: int, partial: bool) -> tuple[str, ...]:
    fewest, most = source.rows
    if partial and 0 < rows < fewest:
        return (f"Part of the source only: {rows:,} rows, where the whole has at least {fewest:,}.",)
    if rows < fewest:
        raise SourceError(
            f"The file gives {rows:,} rows; {source.id} has at least {fewest:,}. Something is missing.",
            where=str(path),
            next_step="Check that the file is whole and covers all countries and years; or take a part with --partial.",
            rows=rows,
            fewest=fewest,
        )
    if rows > most:
        return (f"The file gives {rows:,} rows, more than the {most:,} expected. The world may have grown; look once.",)
    return ()


def _has_come(path: Path, frames: Mapping[str, pl.DataFrame], year: int) -> None:
    """Refuse figures of years to come: the latest years are what every answer is about, and a slip would be among them.

    The next year may be there: a marketing year is named after the one in which it begins, and is estimated before.
    """
    import polars as pl

    for frame in frames.values():
        label = "month" if "month" in frame.columns else "period"
        years = pl.col(label).str.extract_all(r"\d{4}").list.eval(pl.element().cast(pl.Int32)).list.max()
        late = frame.select(pl.col(label).unique()).filter(years > year + 1)[label]
        if late.len():
            rows = frame.filter(pl.col(label).is_in(late.implode()))
            raise SourceError(
                f"The file speaks of {rows[label][0]}, which has not come yet.",
                where=f"{path}, line {rows['source_row'][0]}",
                next_step="Check the years in the file, and the clock of this machine with: clarion doctor",
                rows=rows.height,
                value=rows[label][0],
            )
