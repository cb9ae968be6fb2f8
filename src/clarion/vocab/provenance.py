"""Where a figure comes from, down to the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Provenance:
    """The trail from a figure to its source.

    ``rows`` are line numbers in the source file as published (the header is line 1), so that a reader can open the
    file and look. ``sha256`` is that of the source file, not of our stored copy.
    """

    source: str
    release: str
    table: str
    licence: str = ""
    url: str = ""
    sha256: str = ""
    retrieved: str = ""
    rows: tuple[int, ...] = ()
    note: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Provenance:
        """What ``to_dict`` wrote."""
        return cls(**{**data, "rows": tuple(data.get("rows", ()))})

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, empty fields left out."""
        full = {name: getattr(self, name) for name in self.__slots__}
        full["rows"] = list(self.rows)
        return {name: value for name, value in full.items() if value not in ("", [])}


def tables_cited(cited: Iterable[Provenance]) -> tuple[Provenance, ...]:
    """Each table of each source once, in the order of its first mention, without rows and notes."""
    found: dict[tuple[str, str], Provenance] = {}
    for p in cited:
        found.setdefault((p.source, p.table), replace(p, rows=(), note=""))
    return tuple(found.values())
