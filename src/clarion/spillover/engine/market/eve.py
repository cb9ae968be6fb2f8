"""A world market on the eve of a shock, out of the house's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from clarion.errors import ModelError
from clarion.spillover.engine.bans.months import read_month
from clarion.spillover.engine.bans.restrictions import EPISODES, QUANTITY, Restriction
from clarion.spillover.engine.market.shock import Market
from clarion.vocab import Phrase

MONTHS_BEFORE = 12
Spans = tuple[tuple[str, str], ...]


def market_on_eve(
    item: str, window: tuple[str, str], prices: Mapping[int, float], exports: Mapping[str, float],
    rows: Iterable[Restriction], *, stocks: float, restless: Spans, calm: Spans,
    shortfall: Mapping[str, float] | None = None,
) -> Market:  # fmt: skip
    """What is known of ``item`` before the first month of ``window``.

    Parameters
    ----------
    item: commodity id.
    window: first and last month looked at, such as ``("2022-03", "2022-06")``.
    prices: month (``read_month``) to USD a tonne; those of the window are not looked at.
    exports: exporter to exports of a year, as a share of a year's world use.
    rows: the list of restrictions; only episodes that ended before the window tell of past users.
    stocks: usable stocks, as a share of a year's use.
    restless, calm: spans of first and last month whose price changes give the two volatilities.
    shortfall: exporter to the share of its harvest missing.

    Raises
    ------
    ModelError: a month without a price.
    """
    first, last = map(read_month, window)
    eve = first - 1
    base = float(np.mean([_price(prices, m, item) for m in range(first - MONTHS_BEFORE, first)]))
    known = _price(prices, eve, item)
    risen = tuple(
        float(np.log(known / _price(prices, min(m - MONTHS_BEFORE, eve), item))) for m in range(first, last + 1)
    )
    names = tuple(sorted(exports))
    users = {
        r.iso3 for r in rows
        if r.item == item and r.measure in QUANTITY and _ended(r.episode) < first
    }  # fmt: skip
    missing = shortfall or {}
    return Market(
        item, float(np.log(known / base)), risen,
        _volatility(prices, restless, item), _volatility(prices, calm, item), stocks, names,
        np.array([exports[n] for n in names]), np.array([float(n in users) for n in names]),
        np.array([missing.get(n, 0.0) for n in names]),
    )  # fmt: skip


def risen_by(item: str, window: tuple[str, str], prices: Mapping[int, float]) -> float:
    """What came: mean price of the window over that of the twelve months before, minus one."""
    first, last = map(read_month, window)
    after = np.mean([_price(prices, m, item) for m in range(first, last + 1)])
    return float(after / np.mean([_price(prices, m, item) for m in range(first - MONTHS_BEFORE, first)]) - 1.0)


def _volatility(prices: Mapping[int, float], spans: Spans, item: str) -> float:
    steps = [
        np.diff(np.log([_price(prices, m, item) for m in range(read_month(first), read_month(last) + 1)]))
        for first, last in spans
    ]
    return float(np.std(np.concatenate(steps), ddof=1))


def _ended(episode: str) -> int:
    last = EPISODES[episode][1]
    return last.year * 12 + last.month - 1


def _price(prices: Mapping[int, float], month: int, item: str) -> float:
    if month not in prices:
        raise ModelError(
            Phrase("No price of {item} in {year}-{month:02d}.", item=item, year=month // 12, month=month % 12 + 1),
            where="prices", next_step="Load the prices of that month: clarion sources fetch pink-sheet",
        )  # fmt: skip
    return prices[month]
