"""A run's draws by month as bytes: for comparing two runs draw by draw, and for the support plan."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

from clarion.compute.archive import pack as archived
from clarion.compute.archive import unpack as read

if TYPE_CHECKING:
    from clarion.spillover.engine.monthly import ComparedRun, MonthlyDraws


def pack(draws: MonthlyDraws) -> bytes:
    """The draws, which hold what later questions need."""
    return gzip.compress(archived(draws), 3, mtime=0)


def unpack(data: bytes) -> MonthlyDraws:
    """The draws that ``pack`` kept.

    Raises
    ------
    ValueError: they are damaged.
    """
    from clarion.spillover.engine.monthly import MonthlyDraws

    try:
        raw = gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise ValueError(f"no archive of draws: {error}") from error
    found: MonthlyDraws = read(raw, (MonthlyDraws,))
    return found


def compared_run(data: dict[str, Any], draws: bytes) -> ComparedRun:
    """What a comparison needs of a kept answer."""
    from clarion.spillover.engine.monthly import ComparedRun

    return ComparedRun(data["scenario"]["name"], data["baseline"], data["level"], unpack(draws))
