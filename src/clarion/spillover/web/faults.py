"""Which field of the scenario form an error speaks of, so that the page can lead there."""

from __future__ import annotations

import re

from clarion.errors import ClarionError

_SHOCK = re.compile(r"shocks\[(\d+)\]\.(\w+)(?:\[(\d)\])?")
_NAMES = ("country", "exporter", "corridor")
_PARTS = ("low", "likely", "high")


def field_of(error: ClarionError, rows: list[int]) -> str:
    """The id of the field, empty where none fits; ``rows`` are the form's rows that became shocks, in order."""
    found = error.details.get("field", "")
    if found:
        return str(found)
    key = str(error.details.get("key") or "")
    if key in ("name", "title", "summary", "period", "items"):
        return f"b-{key}"
    if key.startswith("time"):
        return {"time.start": "b-start", "time.horizon": "b-horizon"}.get(key, "b-lasts")
    shock = _SHOCK.match(key)
    if not shock or int(shock[1]) >= len(rows):
        return ""
    cell = "who" if shock[2] in _NAMES else shock[2] if shock[2] in ("kind", "source") else _PARTS[int(shock[3] or 0)]
    return f"{cell}-{rows[int(shock[1])]}"
