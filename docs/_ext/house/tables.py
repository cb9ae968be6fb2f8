"""Every table's contract."""

from __future__ import annotations

from clarion.sources import catalogue
from clarion.tables.contract import Column
from clarion.tables.registry import TABLES
from house.markdown import code, codes, plain, table


def write(_: str) -> str:
    parts = []
    for t in TABLES.values():
        makers = codes(s.id for s in catalogue().values() if t.name in s.tables)
        rows = [(code(c.name), c.kind, c.unit, _bounds(c), plain(c.help)) for c in t.columns]
        parts.append(
            f"## {t.name}\n\n{plain(t.help)} No two rows share {codes(t.key)}.\n\n"
            + table(("column", "kind", "unit", "allowed", "what it is"), rows)
            + (f"Filled by: {makers}.\n" if makers else "No source that ships fills it; load a file of your own.\n")
        )
    return "\n\n".join(parts)


def _bounds(c: Column) -> str:
    bounds = [codes(c.choices)] if c.choices else []
    bounds += [f"{c.low:g} and more"] if c.low is not None and c.high is None else []
    bounds += [f"{c.low:g} to {c.high:g}"] if c.low is not None and c.high is not None else []
    bounds += [] if c.required else ["may be empty"]
    return "; ".join(bounds)
