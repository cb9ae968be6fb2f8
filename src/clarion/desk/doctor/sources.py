"""How old the loaded sources are against how often their publishers renew them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clarion.config import Config
from clarion.desk.doctor.finding import Finding

# Days after which a newer release is likely out: the cadence, and some weeks for its publication.
_STALE = {"monthly": 45, "quarterly": 120, "continuous": 120, "yearly": 400}


def sources(config: Config) -> Iterator[Finding]:
    from clarion.sources.overview import overview

    known = overview(config.home)
    old = [entry for entry in known if _stale(entry)]
    for entry in old:
        text = f"{entry['id']} is {entry['age_days']} days old and is renewed {entry['cadence']}."
        yield Finding(
            "sources", "warn", text, f"clarion sources fetch {entry['id']} && clarion sources load {entry['id']}"
        )
    if not old:
        here = {state: sum(e["state"] == state for e in known) for state in ("embedded", "loaded", "fetched", "absent")}
        counted = ", ".join(f"{count} {state}" for state, count in here.items() if count)
        yield Finding("sources", "ok", f"{counted}; none that was fetched is older than its cadence")


def _stale(entry: dict[str, Any]) -> bool:
    limit = next((days for cadence, days in _STALE.items() if entry["cadence"].startswith(cadence)), None)
    return limit is not None and entry["age_days"] is not None and entry["age_days"] > limit
