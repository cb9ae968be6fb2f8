"""The scenarios that ship."""

from __future__ import annotations

from clarion.spillover.engine.scenario import shipped_scenarios
from house.markdown import code, codes, plain, table


def write(_: str) -> str:
    rows = [(code(s.name), plain(f"{s.title}. {s.summary}"), codes(s.items)) for s in shipped_scenarios().values()]
    return table(("name", "what happens", "commodities"), rows)
