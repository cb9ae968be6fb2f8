"""Back-ups of the wraps, and what is done now and then so that nothing lives longer than it should."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from clarion.config import config
from clarion.seal import wraps_backup
from clarion.seal.store import erasure, openings, places


def back_up_wraps(out: Path) -> dict[str, Any]:
    """Write the wraps into one encrypted file; raises as ``wraps_backup.back_up``."""
    today = timezone.now().date()
    size = wraps_backup.back_up(places.wraps(), out.absolute(), today)
    sunday = date.fromisoformat(f"{wraps_backup.week(today)}-7")
    return {"file": str(out), "bytes": size, "until": (sunday + timedelta(days=config().wraps_days)).isoformat()}


def restore_wraps(file: Path) -> int:
    """Put wraps back, but for what was erased since; raises as ``wraps_backup.restore``."""
    count = wraps_backup.restore(places.wraps(), file.absolute())
    erasure.finish()
    return count


def tidy() -> dict[str, Any]:
    """Finish erasures that a kill has cut off, end requests past their time, destroy week keys past the retention."""
    done: dict[str, Any] = erasure.finish()
    today = timezone.now().date()
    return done | {
        "ended": openings.end_old(),
        "weeks": wraps_backup.prune(places.wraps(), today, config().wraps_days),
    }
