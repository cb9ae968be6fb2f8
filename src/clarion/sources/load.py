"""From a file to a loaded table: run the loader, check what comes out, keep it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError, SourceError
from clarion.sources.base import Raw, Source
from clarion.sources.catalogue import declared, find
from clarion.sources.fetch import Fetched, fetched, sha256_of
from clarion.sources.formats.sanctions.forms import takes
from clarion.sources.former import former_stands, refuse_shrunk
from clarion.sources.given import Given, given
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
    """What a load brought in. ``counts`` are source rows left out or changed, by reason.

    ``lists`` names those that were loaded where each file is a list of its own; the other fields tell of all together.
    """

    source: str
    file: str
    sha256: str
    rows: Mapping[str, int]
    counts: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Ready:
    """Frames that passed every check but the tables' own, and what to keep with them."""

    given: Given
    frames: Mapping[str, pl.DataFrame]
    manifest: Manifest
    warnings: tuple[str, ...]


def load_source(
    source_id: str, home: Path, file: Path | Sequence[Path] | None = None, *, partial: bool = False,
    shrunk: bool = False, now: Clock = utc_now,
) -> Loaded:  # fmt: skip
    """Load an official file, the fetched one by default, into the tables that its source declares.

    ``file`` may be several, or a folder, where the source is read from several. ``partial`` lets through a file with
    fewer rows than the source declares, such as an extract of some countries; every figure that comes from it says so.
    ``shrunk`` lets through a sanctions list that lost a tenth of its entries or names.

    Raises
    ------
    UnknownName: no such source.
    InputError: the source ships with Clarion, or nothing was fetched yet.
    SourceError: the file is not in its published form, has too few rows, or speaks of years to come. Nothing is kept,
        and what was loaded before stays in force.
    TableError, BusyError, StorageError: as ``Store.save``.
    """
    source, store = find(source_id), Store(home)
    files = [file] if isinstance(file, Path) else list(file or ())
    ready = []
    for one in given(source, home, files):
        with former_stands(store, one.name, source.tables):
            found = _read(source, one, fetched(home, source), partial, now)
            if not shrunk:
                refuse_shrunk(store, one.name, found.frames, str(one.path))
        ready.append(found)
    rows: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    warnings: list[str] = []
    for done in ready:
        name = done.given.name
        with former_stands(store, name, source.tables):
            kept, news = _keep(home, name, {table: (frame, done.manifest) for table, frame in done.frames.items()})
        rows.update(kept)
        counts.update(done.manifest.counts)
        warnings += (*done.warnings, *news)
    first = ready[0]
    lists = tuple(one.given.name for one in ready) if source.files == "each" else ()
    where = str(first.given.path if len(ready) == 1 else first.given.path.parent)
    digest = first.given.sha256 if len(ready) == 1 else ""
    return Loaded(source.id, where, digest, dict(rows), dict(sorted(counts.items())), tuple(warnings), lists)


def _read(source: Source, one: Given, note: Fetched | None, partial: bool, now: Clock) -> _Ready:
    """Run the loader on one file, and check what comes out."""
    import polars as pl

    note = note if note and note.sha256 == one.whole else None
    if "listed_parties" in source.tables and note and not note.url.startswith("http"):
        note = None  # a list that was copied is as old as it says: its publisher alone gives what is in force today
    raw = Raw(
        one.path, source.release or _release(note), more=one.more, member=one.member, today=now().date(),
        wanted=takes(source),
    )  # fmt: skip
    try:
        frames = source.load(raw)
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"The file is not in its published form: {str(error)[:200]}",
            where=str(one.path),
            next_step="Download it again; if it stays so, the publisher has changed its form.",
        ) from error
    if set(frames) != set(source.tables):
        raise RuntimeError(f"the loader of {source.id} made {sorted(frames)}, and declares {source.tables}")
    rows = sum(frame.height for frame in frames.values())
    warnings = _bounds(source, one.path, rows, partial)
    part = rows < source.rows[0] and source.files != "each"  # asked for, or it would have been refused
    _has_come(one.path, frames, now().year)
    # In the release, which is said wherever the table is cited.
    release = ", ".join(filter(None, (raw.release, "a part only"))) if part else raw.release
    manifest = Manifest(
        table="", source=one.name, rows=0, loaded=now().isoformat(timespec="seconds"), release=release,
        # A path on this machine is nobody's source, and would be shown on every page that cites the table.
        url=note.url if note and note.url.startswith("http") else source.url, licence=source.licence, sha256=one.sha256,
        retrieved=note.retrieved if note else "",
        note=" ".join(filter(None, (source.notes, *warnings))) if part else source.notes,
        counts=dict(sorted(raw.counts.items())),
    )  # fmt: skip
    return _Ready(one, frames, manifest, warnings)


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
    if declared(name):
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
        if before[name] not in ("", source) and not table(name).spread and first(store, name) == source
    )
    return {name: stored.manifest.rows for name, stored in kept.items()}, news


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
    if source.files == "each":  # an act that lists nobody is whole
        fewest = 0
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
        if not {"month", "period"} & set(frame.columns):
            continue
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
