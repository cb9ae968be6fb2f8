"""Pictures of export bans, of prices foretold and come, and of money from Russia."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from clarion.locale import gettext
from clarion.pictures.charts import Bar, Frame, interval_bars
from clarion.spillover.service.bars import bar
from clarion.spillover.service.words import commodity_name, worded

if TYPE_CHECKING:
    from clarion.spillover.engine.bans import RestrictedShare
    from clarion.spillover.engine.macro import CountryMacro
    from clarion.vocab import Estimate


def measure_name(measure: str, language: str) -> str:
    """A measure, or a set of them, in the reader's words."""
    names = {
        "bans": gettext("bans", language),
        "bans and licences": gettext("bans and licences", language),
        "bans, licences and quotas": gettext("bans, licences and quotas", language),
        "all measures": gettext("all measures", language),
        "ban": gettext("ban", language),
        "licence": gettext("licence to export", language),
        "quota": gettext("quota", language),
        "minimum_price": gettext("least price", language),
        "tax": gettext("tax", language),
    }
    return names.get(measure, measure)


def restricted_chart(found: RestrictedShare, language: str, *, standalone: bool = False) -> str:
    """Share of traded calories under each set of measures."""
    title = gettext("Share of traded calories under restriction, by measure", language)
    said = gettext("Lines: 90 % interval, from dates that are not known.", language)
    rows = [_share(measure_name(name, language), e, language) for name, e in found.shares.items()]
    return interval_bars(rows, Frame(title, said, language, "restricted", standalone), form=".0%")


def lookback_chart(items: dict[str, dict[str, Estimate]], language: str, *, standalone: bool = False) -> str:
    """For each commodity what could be foretold in February 2022, with its interval, and what came."""
    title = gettext("Price of March to June 2022 over the twelve months before", language)
    said = gettext("Lines: 80 % interval of what could be foretold at the end of February.", language)
    rows = []
    for item, kinds in items.items():
        name = commodity_name(item, language)
        rows.append(_share(gettext("%(item)s, foretold", language) % {"item": name}, kinds["foretold"], language))
        rows.append(_share(gettext("%(item)s, came", language) % {"item": name}, kinds["came"], language))
    return interval_bars(rows, Frame(title, said, language, "lookback", standalone), form=".0%", from_zero=False)


def macro_chart(rows: Sequence[CountryMacro], language: str, *, standalone: bool = False) -> str:
    """Change of money from Russia as a share of output, both ways."""
    title = gettext("Change of money from Russia, share of output", language)
    said = gettext("Lines: 90 % interval, which lies on both sides of nothing. The table has every figure.", language)
    bars = [bar(one.iso3, one.share_of_gdp, "share", language) for one in rows]
    return interval_bars(bars, Frame(title, said, language, "macro", standalone), form=".0%", from_zero=False)


def states_chart(one: CountryMacro, language: str, *, standalone: bool = False) -> str:
    """One country: money from Russia over that of the year before, in all, without a boom and in one."""
    title = gettext("Money from Russia, times that of the year before", language)
    said = gettext("Dots: medians. Lines: 90 % intervals. 1 is no change.", language)
    bars = [
        Bar(label, e.value, e.interval.low if e.interval else None, e.interval.high if e.interval else None,
            worded(e, "number", language, 2))
        for label, e in (
            (gettext("in all", language), one.ratio), (gettext("without a boom", language), one.if_calm),
            (gettext("in a boom", language), one.if_boom),
        )
    ]  # fmt: skip
    return interval_bars(bars, Frame(title, said, language, "states", standalone), form=",.0f", from_zero=False)


def _share(label: str, found: Estimate, language: str) -> Bar:
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Bar(label, found.value, low, high, worded(found, "share", language))


def macro_facts(one: CountryMacro, language: str) -> list[tuple[str, Any, str, int]]:
    """A country's figures for a list: what it is, the estimate, its kind and digits."""
    return [
        (gettext("Money from Russia in the year before, USD million", language), one.received, "number", 0),
        (gettext("Money from Russia, times that of the year before", language), one.ratio, "number", 2),
        (gettext("Chance that it grows", language), one.increase, "share", 0),
        (gettext("Change, USD million a year", language), one.change, "number", 0),
        (gettext("Change, share of output", language), one.share_of_gdp, "share", 1),
        (gettext("Times that of the year before, without a boom", language), one.if_calm, "number", 2),
        (gettext("Times that of the year before, in a boom", language), one.if_boom, "number", 2),
        (gettext("Exports to Russia, times those of the year before", language), one.exports, "number", 2),
        (gettext("Exports to Russia, change in USD million a year", language), one.exports_change, "number", 0),
        (gettext("All trade, change", language), one.trade_change, "share", 1),
        (gettext("Goods passed on to Russia, share of output", language), one.passed_on, "share", 1),
    ]
