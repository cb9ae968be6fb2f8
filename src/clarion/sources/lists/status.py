"""Which sanctions lists are loaded, and how old each is by its publisher's date and by the day it was fetched."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from clarion.sources.catalogue import catalogue, declared
from clarion.sources.lists.read import loads
from clarion.tables.manifest import Manifest
from clarion.tables.store import Store, Stored

PARTIES = "listed_parties"


@dataclass(frozen=True, slots=True)
class ListStatus:
    """One list, loaded or not.

    ``published`` is the publisher's date (ISO 8601), "" where neither the file nor the server told one; ``fetched`` and
    ``loaded`` are UTC. ``age_days`` counts from the publisher's date and is None without one: an old file that was
    loaded today is not a new list. ``fetched_days`` counts from the fetch, or else the load. ``entries`` counts
    all that are kept, delisted ones too. ``superseded_by`` is the list that took the place of a closed one.
    """

    name: str
    source: str
    title: str
    loaded: str = ""
    fetched: str = ""
    published: str = ""
    age_days: int | None = None
    fetched_days: int | None = None
    entries: int = 0
    partial: bool = False
    version: str = ""
    sha256: str = ""
    superseded_by: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def status(home: Path, now: datetime | None = None) -> list[ListStatus]:
    """Every list that the catalogue knows or that is loaded, by name. Reads manifests alone.

    Raises
    ------
    StorageError: a manifest is damaged.
    """
    now = now or datetime.now(UTC)
    held = {stored.manifest.source: _in_force(home, stored) for stored in Store(home).sources(PARTIES)}
    out = []
    for name, manifest in held.items():
        source = declared(name)
        day = published(manifest.release)
        one = ListStatus(
            name, source.id if source else "", source.title if source else name, manifest.loaded, manifest.retrieved,
            day, _days(day, now), _days(manifest.retrieved or manifest.loaded, now), manifest.rows,
            manifest.release.endswith("a part only"), manifest.version, manifest.sha256,
            source.superseded_by if source else "",
        )  # fmt: skip
        out.append(one)
    loaded = {one.source for one in out}
    out += [
        ListStatus(source.id, source.id, source.title, superseded_by=source.superseded_by)
        for source in catalogue().values()
        if PARTIES in source.tables and source.id not in loaded
    ]
    return sorted(out, key=lambda one: one.name)


def _in_force(home: Path, stored: Stored) -> Manifest:
    """Of a list that is there in part, that part: a load that was killed between two tables is not in force."""
    whole = loads(home, stored.manifest.source)
    return whole[-1][0].manifest if whole else stored.manifest


def published(release: str) -> str:
    """The publisher's date at the head of a release; "" where it is a day of retrieval or anything else."""
    try:
        return date.fromisoformat(release[:10]).isoformat()
    except ValueError:
        return ""


def _days(when: str, now: datetime) -> int | None:
    if not when:
        return None
    told = datetime.fromisoformat(when)
    return max((now - (told if told.tzinfo else told.replace(tzinfo=UTC))).days, 0)
