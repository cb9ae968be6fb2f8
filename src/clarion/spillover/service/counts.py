"""How many countries lie above a threshold, with the range that their own intervals imply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.vocab import Estimate, Interval

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import Exposure

METHOD = "Count of the central values; the range counts those whose whole interval, and any part of it, lies above."


def count_above(found: Sequence[Exposure], threshold: float) -> Estimate:
    """Importers whose share is at least ``threshold``.

    The range is wide on purpose: its lower end counts countries that are above for sure (at their own level), its
    upper end those that may be.
    """
    shares = [e.share_from_origins for e in found if e.share_from_origins.value is not None]
    count = sum(1 for s in shares if s.value is not None and s.value >= threshold)
    sure = sum(1 for s in shares if s.interval and s.interval.low >= threshold)
    may = sum(1 for s in shares if s.interval and s.interval.high >= threshold)
    sources = found[0].provenance[:1] if found else ()
    return Estimate(count, "countries", Interval(min(sure, count), max(may, count)), METHOD, sources)
