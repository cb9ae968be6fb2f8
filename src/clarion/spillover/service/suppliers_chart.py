"""Where a country's staples come from, as one chart: a bar a commodity, its parts the suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.locale import gettext
from clarion.pictures.charts import Frame, Partners, stacked_partners
from clarion.spillover.service.words import commodity_name
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import CountryProfile


def suppliers_chart(found: CountryProfile, items: Sequence[str], language: str, *, standalone: bool = False) -> str:
    """Shares of imports by supplier for ``items``, in their order; empty when none of them is imported."""
    rows = []
    for item in items:
        shares = {
            place(p.partner).name(language): p.share.value for p in found.partners if p.item == item and p.share.value
        }
        if shares:
            rows.append(Partners(commodity_name(item, language), shares))
    if not rows:
        return ""
    frame = Frame(
        chart_title(language), gettext("Share of imports; the table has every supplier.", language), language,
        "partners", standalone,
    )  # fmt: skip
    origins = [place(iso3).name(language) for iso3 in found.origins]
    return stacked_partners(rows, frame, others=gettext("Others", language), first=origins)


def chart_title(language: str) -> str:
    """What the chart shows, for its caption."""
    return gettext("Share of imports by supplier", language)
