"""What moves prices and governments: the fitted and published laws of the house, each of which a user may replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.bans import QUANTITY, restrictions
from clarion.spillover.engine.market import MarketLaws
from clarion.spillover.engine.market.pass_through import REFERENCE_INCOME, by_income, pass_through
from clarion.spillover.engine.scenario import Range


@dataclass(frozen=True, slots=True)
class Laws:
    """``market`` holds elasticities, storage and the law of bans; ``pass_through`` replaces, by country, how far the
    world price reaches prices at home; ``past_users`` are those who restricted exports before, by item, read from the
    list of restrictions where it is None."""

    market: MarketLaws = field(default_factory=MarketLaws)
    pass_through: Mapping[str, Range] = field(default_factory=dict)
    past_users: Mapping[str, frozenset[str]] | None = None


def past_users(laws: Laws, items: Iterable[str], table: LoadedTable) -> dict[str, frozenset[str]]:
    """Who banned, set a quota for or licensed exports of each item before."""
    if laws.past_users is not None:
        return {item: frozenset(laws.past_users.get(item, ())) for item in items}
    rows = [row for row in restrictions(table) if row.measure in QUANTITY]
    return {item: frozenset(row.iso3 for row in rows if row.item == item) for item in items}


def reaching_home(
    laws: Laws, table: LoadedTable, incomes: Mapping[str, float], countries: Iterable[str]
) -> tuple[Range, ...]:
    """How far the world price reaches prices at home, by country. One of which nothing is known counts as the mean of
    developing countries."""
    order = tuple(countries)
    known = pass_through(table, incomes, order)
    unknown = by_income(REFERENCE_INCOME)
    return tuple(laws.pass_through.get(iso3, known.get(iso3, unknown).law) for iso3 in order)
