"""The first countries of the ranking as one chart: a rank, and the range of ranks that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.locale import gettext
from clarion.pictures.charts import Frame, interval_bars
from clarion.spillover.service.bars import bar

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import Standing


def ranks_chart(rows: Sequence[Standing], language: str) -> str:
    """Dots with their ranges, in the order given."""
    title = gettext("Rank, and the range of ranks over other weights", language)
    frame = Frame(title, gettext("The table with it has every country.", language), language, "ranks")
    return interval_bars([bar(s.iso3, s.rank, "number", language) for s in rows], frame, from_zero=False)
