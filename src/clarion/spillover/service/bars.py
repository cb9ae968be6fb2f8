"""An estimate as a bar of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.locale import gettext
from clarion.pictures.charts import Bar, Frame, interval_bars
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import Exposure
    from clarion.vocab import Estimate


def bar(iso3: str, found: Estimate, kind: str, language: str) -> Bar:
    """A country's figure with its interval and its words."""
    return _bar(place(iso3).name(language), found, kind, language)


def food_chart(imported: Sequence[Exposure], language: str, *, standalone: bool = False) -> str:
    """A country's imports from the origins by commodity, as SVG."""
    bars = [_bar(commodity_name(e.item, language), e.share_from_origins, "share", language) for e in imported]
    frame = Frame(gettext("Food from Russia and Ukraine", language), gettext("Share of imports", language), language,
                  "food", standalone)  # fmt: skip
    return interval_bars(bars, frame, form=".0%")


def _bar(label: str, found: Estimate, kind: str, language: str) -> Bar:
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Bar(label, found.value, low, high, worded(found, kind, language))
