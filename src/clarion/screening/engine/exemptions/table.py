"""The table of exemptions, the organisation's own rows over those that ship."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from clarion.screening.engine.exemptions.entry import Entry, State


@dataclass(frozen=True)
class Table:
    """``entries`` in the order of their authority's rows, each id once; ``today`` is the day that they are read on."""

    entries: tuple[Entry, ...]
    today: date

    @classmethod
    def of(cls, shipped: Iterable[Entry], own: Iterable[Entry], today: date) -> Table:
        """The rows that ship, with the organisation's own in the place of those of the same id, and further ones."""
        rows = {one.id: one for one in shipped} | {one.id: replace(one, own=True) for one in own}
        return cls(tuple(rows.values()), today)

    def find(self, name: str) -> Entry | None:
        return next((one for one in self.entries if one.id.casefold() == name.strip().casefold()), None)

    def state(self, entry: Entry) -> State:
        """Where an entry stands today."""
        return entry.state(self.today, entry.id in self.replaced)

    @cached_property
    def replaced(self) -> dict[str, str]:
        """By the id of each entry that another one replaces: the id of the other.

        The other must have begun and must itself have been read; where that is not known, both stand.
        """
        return {
            old.id: new.id for new in self.entries for old in self.entries
            if old.article and old.article in new.supersedes and old.authority == new.authority
            and new.standing == "offer" and (new.valid_from is None or new.valid_from <= self.today)
        }  # fmt: skip
