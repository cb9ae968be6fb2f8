"""Which sanctions lists are loaded, how old they are, and whether anybody can be called clear by them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.config import config
from clarion.tables.listed import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLES = ("listed_parties", "listed_names", "listed_facts")


@dataclass(frozen=True, slots=True)
class List:
    """One loaded list. ``seen`` is the day on which it was fetched from its publisher; where it came as a file, the
    publisher's own date, and where it has none, the day of loading (``dated`` says which). ``age`` is in days, below 0
    where that day is yet to come: then the clock or the date is wrong, and the list is as good as old. ``sha256`` is
    that of the publisher's file, ``tables`` are those of our three tables; ``partial`` marks a file that was let in
    although it is short."""

    source: str
    release: str
    seen: date
    dated: str
    age: int
    stale: bool
    partial: bool
    parties: int
    names: int
    sha256: str
    tables: tuple[str, ...]

    @property
    def undated(self) -> bool:
        """Whether nobody knows how old it is: a file without its publisher's date."""
        return self.dated == "loaded"

    @property
    def version(self) -> str:
        """One name for the three tables."""
        return sha256("|".join(self.tables).encode()).hexdigest()

    @property
    def origin(self) -> str:
        """The source that it is fetched by: an act of the Official Journal is one of several that come together."""
        return origin(self.source)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self) | {"seen": self.seen.isoformat(), "tables": list(self.tables)}


def origin(source: str) -> str:
    """The source that a list is fetched by; its own name where it is an organisation's own."""
    from clarion.sources.catalogue import declared

    found = declared(source)
    return found.id if found else source


def from_kept(data: dict[str, Any]) -> List:
    """What ``to_dict`` wrote."""
    return List(**(data | {"seen": date.fromisoformat(data["seen"]), "tables": tuple(data["tables"])}))


@dataclass(frozen=True, slots=True)
class Lists:
    """Every loaded list. ``sanctions`` are screened against; ``statuses`` warn; ``broken`` are ids of sanctions lists
    that cannot be screened against, because one of their tables is not here."""

    sanctions: tuple[List, ...]
    statuses: tuple[List, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def stale(self) -> tuple[List, ...]:
        return tuple(one for one in self.sanctions if one.stale)

    @property
    def renewals(self) -> tuple[str, ...]:
        """What to type to renew those that are too old."""
        from clarion.screening.service.renewal import commands

        return commands(self.stale)

    @property
    def undated(self) -> tuple[List, ...]:
        return tuple(one for one in self.sanctions if one.undated)

    @property
    def version(self) -> str:
        """One name for the versions of all of them; also of none."""
        said = "|".join(f"{one.source} {one.version}" for one in (*self.sanctions, *self.statuses))
        return sha256(said.encode()).hexdigest()

    @property
    def short(self) -> tuple[str, ...]:
        """Those that are there in part, whatever a policy needs."""
        return self.missing(())

    def missing(self, needed: Sequence[str]) -> tuple[str, ...]:
        """Those of ``needed`` that are not loaded, and those that are loaded in part; all where none names anybody."""
        held = {one.source for one in self.sanctions}
        nobody = not any(one.parties and one.names for one in self.sanctions)
        part = (one.source for one in self.sanctions if one.partial or nobody)
        return tuple(dict.fromkeys((*(name for name in needed if name not in held), *part, *self.broken)))


def index(actor: Actor) -> Lists:
    """The lists that are loaded, by source."""
    require(actor, "screening.lists")
    return loaded()


def loaded(today: date | None = None) -> Lists:
    """The lists of this data folder, without asking who wants to know."""
    from clarion.tables.store import Store

    store, day = Store(config().home), today or datetime.now(UTC).date()
    names = sorted({stored.manifest.source for table in TABLES for stored in store.sources(table)})
    found = {name: _read(name, day) for name in names}
    whole = [one for one in found.values() if one]
    return Lists(
        tuple(one for one in whole if not one.source.startswith(STATUS)),
        tuple(one for one in whole if one.source.startswith(STATUS)),
        tuple(name for name, one in found.items() if one is None and not name.startswith(STATUS)),
    )


def _read(source: str, today: date) -> List | None:
    from clarion.sources.lists.read import loads

    whole = loads(config().home, source)
    if not whole:
        return None  # without names or facts, as one that was loaded by hand and in part: nothing to screen by
    manifests = [one.manifest for one in whole[-1]]
    first = manifests[0]
    seen, dated = _seen(first.retrieved, first.release, first.loaded)
    age = (today - seen).days
    age = 0 if age == -1 else age  # it is tomorrow already where the publisher is
    return List(
        source, first.release, seen, dated, age, not 0 <= age <= config().lists_days,
        first.release.endswith("a part only"), first.rows, manifests[1].rows,
        first.sha256, tuple(one.data_sha256 for one in manifests),
    )  # fmt: skip


def _seen(retrieved: str, release: str, loaded_at: str) -> tuple[date, str]:
    for text, dated in ((retrieved, "fetched"), (release, "published")):
        if day := re.search(r"\d{4}-\d{2}-\d{2}", text):
            try:
                return date.fromisoformat(day[0]), dated
            except ValueError:
                continue
    return date.fromisoformat(loaded_at[:10]), "loaded"
