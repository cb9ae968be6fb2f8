"""Whether sealed values would survive a broken disk, and whether somebody has to decide or seal anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from clarion.config import Config
from clarion.desk.doctor.finding import Finding
from clarion.seal.wraps import NAME, Wraps
from clarion.seal.wraps_backup import week, weeks


def sealed(config: Config) -> Iterator[Finding]:
    """Back-ups of the wraps; it looks at files only, so that it works without the database."""
    folder = config.home / "sealed"
    if not (folder / NAME).exists():
        yield Finding("sealed", "ok", "Nothing is sealed on this desk.")
        return
    today = datetime.now(UTC).date()
    fresh = {week(today), week(today - timedelta(days=7))}
    made = weeks(Wraps(folder))
    if not fresh & set(made):
        when = f"the last is of {made[-1]}" if made else "there is none"
        yield Finding(
            "sealed", "warn", f"No back-up of the wraps for a week ({when}): a broken disk would erase everybody.",
            "clarion sealed backup FILE",
        )  # fmt: skip
    else:
        yield Finding("sealed", "ok", f"Back-ups of the wraps that still open: {', '.join(made)}.")
