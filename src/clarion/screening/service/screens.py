"""The lists in memory, ready for questions: read once for each set of versions, and swapped when one changes."""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING

from clarion.config import config
from clarion.errors import UnknownName
from clarion.screening.service.lists import TABLES, List, Lists, loaded
from clarion.screening.service.readings import Readings
from clarion.vocab import Phrase

if TYPE_CHECKING:
    import polars as pl

    from clarion.screening.engine.screen import Screen
    from clarion.screening.engine.subject import Party
    from clarion.screening.service.policies import Use

_lock = threading.Lock()
_held: dict[tuple[str, ...], Screen] = {}
"""Sanctions and statuses of the versions in force, and one more: a single list, or versions of an earlier day."""


def sanctions(lists: Lists, use: Use) -> Screen:
    """The sanctions lists under a policy."""
    return _under(_screen(lists.sanctions), use)


def statuses(lists: Lists, use: Use) -> Screen | None:
    """The lists of statuses that endanger a payee; None where none is loaded."""
    return _under(_screen(lists.statuses), use) if lists.statuses else None


def begin(lists: Lists) -> None:
    """Start reading the lists in the background, for whoever is about to ask: the first question need not wait."""
    if lists.sanctions and _key(lists.sanctions) not in _held:
        threading.Thread(target=_read_quietly, args=(lists.sanctions,), daemon=True).start()


def _read_quietly(lists: Sequence[List]) -> None:
    # Whatever is wrong with a list is told to whoever asks; here nobody does.
    with suppress(Exception):
        _screen(lists)


def entry_mark(party: Party) -> str:
    """A name for all that a list says of one entry: it changes when the entry does."""
    return sha256(json.dumps(asdict(party), sort_keys=True).encode()).hexdigest()


def said_of(one: List, entries: Collection[str]) -> dict[str, str]:
    """The marks of some entries by what one version of a list says of them; raises as ``version``."""
    return {party.entry: entry_mark(party) for party in _parties(one, entries)}


def _screen(lists: Sequence[List]) -> Screen:
    from clarion.screening.engine.screen import Screen

    key = _key(lists)
    if (held := _held.get(key)) is not None:  # whoever asks for others, which take a while, keeps nobody waiting
        return held
    with _lock:  # the first question after a change reads the lists, those beside it wait for it
        if key not in _held:
            with _settled():
                readings = Readings()
                made = Screen([party for one in lists for party in _parties(one)], read=readings.parts_of)
                readings.keep()
                _make_room(key)
            _held[key] = made
        return _held[key]


@contextmanager
def _settled() -> Iterator[None]:
    """What is made here stays: the collector of garbage need not look through millions of parts of names again and
    again, neither while they come nor later, which took a fifth of the time of a batch."""
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    gc.collect()
    gc.freeze()


def _make_room(coming: tuple[str, ...]) -> None:
    """Let go of what is not in force: one may go on beside what is, and none beside another."""
    now = loaded()
    in_force = {_key(now.sanctions), _key(now.statuses)}
    others = [key for key in _held if key not in in_force]
    for key in others if coming not in in_force else others[:-1]:
        del _held[key]


def _key(lists: Sequence[List]) -> tuple[str, ...]:
    return tuple(f"{one.source} {one.version}" for one in lists)


def _under(screen: Screen, use: Use) -> Screen:
    """The same lists under another policy: thresholds alone differ, the index is shared."""
    from copy import copy

    own = copy(screen)
    own.policy = use.engine()
    return own


def _parties(one: List, entries: Collection[str] | None = None) -> list[Party]:
    """All parties of a list, or those of some entries: what is said of one is in its own rows."""
    from clarion.screening.engine.parties import parties

    return parties(one.source, *frames(one, entries))


def frames(one: List, entries: Collection[str] | None = None) -> list[pl.DataFrame]:
    """The three tables of one version of a list, or their rows of some entries; raises as ``version``."""
    import polars as pl

    found = [version(one.source, name, sha) for name, sha in zip(TABLES, one.tables, strict=True)]
    return found if entries is None else [frame.filter(pl.col("entry").is_in(list(entries))) for frame in found]


def version(source: str, table: str, data_sha256: str) -> pl.DataFrame:
    """One version of a list's table: the one in force, or an earlier one that is still on the disk.

    Raises
    ------
    UnknownName: it is no longer here.
    """
    from clarion.tables.store import Store

    for stored in reversed(Store(config().home).versions(table, source)):
        if stored.manifest.data_sha256 == data_sha256:
            return stored.read()
    raise UnknownName(
        Phrase("This version of the list {name} is no longer here.", name=source), where="lists",
        next_step="Load the publisher's file of that day again, in a data folder of its own.",
    )  # fmt: skip
