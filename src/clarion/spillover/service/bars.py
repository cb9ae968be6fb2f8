"""An estimate as a bar of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.pictures.charts import Bar
from clarion.spillover.service.words import worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.vocab import Estimate


def bar(iso3: str, found: Estimate, kind: str, language: str) -> Bar:
    """A country's figure with its interval and its words."""
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Bar(place(iso3).name(language), found.value, low, high, worded(found, kind, language))
