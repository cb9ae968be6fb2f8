"""Which field of the scenario form an error speaks of, so that the page can lead there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clarion.errors import ClarionError
from clarion.spillover.web import economy
from clarion.spillover.web.builder import filled
from clarion.spillover.web.cells import PARTS

_SHOCK = re.compile(r"shocks\[(\d+)\]\.(\w+)(?:\[(\d)\])?")
_NAMES = ("country", "exporter", "corridor")


def field_of(error: ClarionError, form: Mapping[str, str]) -> str:
    """The id of the posted form's field, empty where none fits."""
    found = error.details.get("field", "")
    if found:
        return str(found)
    key = str(error.details.get("key") or "")
    if key in ("name", "title", "summary", "period", "items"):
        return f"b-{key}"
    if key.startswith("time"):
        return {"time.start": "b-start", "time.horizon": "b-horizon"}.get(key, "b-lasts")
    if key.startswith(("fertiliser", "economy")):
        return economy.field_of(key, form)
    shock, rows = _SHOCK.match(key), filled(form)
    if not shock or int(shock[1]) >= len(rows):
        return ""
    cell = "who" if shock[2] in _NAMES else shock[2] if shock[2] in ("kind", "source") else PARTS[int(shock[3] or 0)]
    return f"{cell}-{rows[int(shock[1])]}"
