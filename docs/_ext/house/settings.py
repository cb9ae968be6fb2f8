"""Every setting, from ``clarion.config``."""

from __future__ import annotations

from clarion.config import SETTINGS
from house.markdown import code, plain, table


def write(_: str) -> str:
    rows = [
        (code(s.name), plain(s.help) + (" Secret." if s.secret else ""), plain(s.default) or "empty") for s in SETTINGS
    ]
    return table(("variable", "what it sets", "default"), rows)
