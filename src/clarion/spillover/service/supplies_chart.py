"""What a country's suppliers send before and after a shock, as one chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.locale import gettext
from clarion.pictures.charts import Frame, Pair, paired_dots
from clarion.spillover.service.words import commodity_name
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.service.results import ItemLoss

MOST = 8


def supplies_chart(found: ItemLoss, language: str) -> str:
    """The suppliers whose flows change most, the largest loss first; empty without any.

    Both ends of a line are those of one central run, so they have no intervals.
    """
    changed = sorted(found.partners, key=lambda p: -abs(p["after"] - p["before"]))[:MOST]
    pairs = [
        Pair(place(p["iso3"]).name(language), p["before"] / 1000, p["after"] / 1000)
        for p in sorted(changed, key=lambda p: p["after"] - p["before"])
    ]
    if not pairs:
        return ""
    title = gettext("Supplies before and after, central run", language)
    said = gettext("The suppliers whose flows change most; the table has them all.", language)
    return paired_dots(
        pairs, Frame(f"{commodity_name(found.item, language)}: {title}", said, language, f"supplies-{found.item}"),
        first=gettext("before", language), second=gettext("after", language),
        axis=gettext("thousand tonnes a year", language),
    )  # fmt: skip
