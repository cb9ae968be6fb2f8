"""A table's contract: names, types, units, keys and bounds of its columns. Plain data, no dependency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "iso3", "commodity", "period", "year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``kind`` fixes the type and, for ``iso3``, ``commodity``, ``period``, ``year``, ``month`` and ``day``, the valid
    values.
    ``low`` and ``high`` bound numbers, both included. ``choices`` lists the only texts allowed.
    """

    name: str
    kind: Kind
    help: str
    unit: str = ""
    required: bool = True
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A named set of columns; ``key`` names those that no two rows may share.

    ``spread`` is for a table whose sources stand side by side: none answers in another's place.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    spread: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)
