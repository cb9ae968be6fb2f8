"""From a run by month to the outlook of a support plan: what is missing, for whom, when, and at what price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clarion.spillover.engine.bans.inputs import prices as price_series
from clarion.spillover.engine.exposure.indicators import Figure, Indicators
from clarion.spillover.engine.monthly.answer import MonthlyDraws
from clarion.spillover.engine.monthly.next_harvest import nitrogen_short
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.support.effects import Outlook
from clarion.spillover.engine.support.problem import Floats
from clarion.vocab import Period, Phrase, Place, Provenance, commodity, place, tables_cited

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

GROWING = 4
"""Months from sowing to harvest: the first harvest that seed or fertiliser bought at the start can still change."""
FEE = 0.062
"""Average cost of sending money home, as a share of it: World Bank, Remittance Prices Worldwide 47 (third quarter of
2023). Fees by receiving country are not among the tables, so that each gets the world's."""
HIGH_INCOME = 12_536.0
"""USD a head from which a country is left out of plans: where the World Bank's group of high income began in the fiscal
year 2021, by income of 2019; applied to output a head."""
_PART_OF = {"FRO": "DNK", "GRL": "DNK", "NCL": "FRA", "PYF": "FRA"}
"""Places that trade by themselves and whose output may not be known, with the state of each: its output a head stands
in. The World Bank counts all four to its group of high income."""
_NITROGEN_USED = "agricultural_use_N"
_GDP, _SHARE_OF_GDP = "gdp", "remittances_pct_gdp"
_FROM_RUSSIA, _RUSSIAS_SHARE = "remittances_from_russia_usd_m", "remittances_share_from_russia"
_NAMED = 12  # countries told by name in a note


@dataclass(frozen=True)
class FromMonths:
    """The outlook, and ``notes`` that say what is not known or was assumed, for whom."""

    outlook: Outlook
    notes: tuple[Phrase, ...]


def outlook_of(
    plan: MonthlyPlan, draws: MonthlyDraws, prices: Sequence[LoadedTable], indicators: Sequence[LoadedTable],
    remittances: Sequence[LoadedTable] = (),
) -> FromMonths:  # fmt: skip
    """What the draws of a run say of each country without support.

    Parameters
    ----------
    plan: the run's question with its figures read.
    draws: of that run; those whose months were kept are used.
    prices: tables of monthly world prices.
    indicators: GDP, money received (as shares or in USD) and nitrogen used.
    remittances: tables of money between two countries, where any is loaded.

    World prices (USD a tonne, mean of the scenario's period) stand for prices at the border. The staples of a country
    are what it loses, by their tonnes; where it loses none, what it uses.
    """
    kept = len(draws.paths["people"])
    foods = [m for m, item in enumerate(plan.items) if commodity(item).edible]
    lost = np.maximum(_wide(draws.totals["supply_total"], kept)[:, foods], 0.0)  # (S, K, I)
    missing = np.maximum(_wide(draws.totals["lost_total"], kept)[:, foods], 0.0)
    mix = _mix(missing.mean(axis=0), plan.world.use[foods])  # (K, I)
    energy = np.array([commodity(plan.items[m]).kcal_per_kg or 0.0 for m in foods])
    eaten = _eaten(plan, foods)
    kcal = energy @ mix
    before, cited = _prices_before(plan, foods, prices)
    ratio = np.exp(_wide(draws.totals["price"], kept)[:, foods]).mean(axis=2)  # (S, K)
    received, sources = _received(plan.countries, indicators, remittances)
    harvest = plan.world.harvest[foods].sum(axis=0)
    nitrogen, soils = _nitrogen(plan, kept, indicators)
    shape = (len(plan.countries), kept)
    outlook = Outlook(
        plan.countries,
        people=_by_country(draws.paths["people"]),
        missing=_by_country(draws.paths["kcal_lost"]),
        population=np.array([plan.year.nutrition[c].get("population") or np.nan for c in plan.countries]),
        price=_priced(mix, before[:, None] * ratio.T),
        price_before=_priced(mix, before[:, None])[:, 0],
        kcal_per_kg=kcal,
        eaten=np.divide((energy[:, None] * eaten * mix).sum(axis=0), kcal, out=np.full_like(kcal, np.nan),
                        where=kcal > 0),
        lost=lost.sum(axis=1).T,
        harvest=np.broadcast_to(harvest[:, None], shape).copy(),
        harvest_month=_harvest_month(plan, foods),
        nitrogen=nitrogen,
        remittances=np.broadcast_to((received * len(plan.steps) / 12.0)[:, None], shape).copy(),
        fee=np.full(len(plan.countries), FEE),
        provenance=tables_cited((*_read(plan), *cited, *sources, *soils)),
    )  # fmt: skip
    poor, rich, parts = _without_rich(outlook, plan, indicators)
    notes = _notes(plan, poor, foods, before)
    if parts:
        notes = (Phrase("Left out of plans, for their output is not known and the state of each has {usd:,.0f} USD a"
                        " head or more: {names}.", usd=HIGH_INCOME, names=parts), *notes)  # fmt: skip
    if rich:
        notes = (Phrase("Left out of plans, for each has {usd:,.0f} USD a head or more: {names}.",
                        usd=HIGH_INCOME, names=rich), *notes)  # fmt: skip
    return FromMonths(poor, notes)


def _without_rich(
    outlook: Outlook, plan: MonthlyPlan, indicators: Sequence[LoadedTable]
) -> tuple[Outlook, tuple[Place, ...], tuple[Place, ...]]:
    """The outlook of those who may need others' money; who is left out by their own output, and by that of their state.

    One whose output is not known, and that is part of no rich state, stays in.
    """
    known = Indicators(indicators, (_GDP,))
    figures = [known.latest(iso3, _GDP) for iso3 in outlook.countries]
    usd = np.array([figure.value * 1e6 if figure else np.nan for figure in figures])
    a_head = usd / outlook.population
    by_state = dict(zip(outlook.countries, a_head, strict=True))
    own = a_head >= HIGH_INCOME
    part = np.array([f is None and by_state.get(_PART_OF.get(c, ""), 0.0) >= HIGH_INCOME
                     for c, f in zip(outlook.countries, figures, strict=True)])  # fmt: skip
    stays = ~(own | part)
    parts = {
        name: getattr(outlook, name)[stays]
        for name in Outlook.__dataclass_fields__ if name not in ("countries", "provenance")
    }  # fmt: skip
    left = tuple(c for c, kept in zip(outlook.countries, stays, strict=True) if kept)
    hurt = np.nan_to_num(outlook.people).max(axis=(1, 2)) > 0
    rich, of_rich = (
        tuple(place(c) for c, told in zip(outlook.countries, out & hurt, strict=True) if told)[:_NAMED]
        for out in (own, part)
    )
    return Outlook(left, provenance=outlook.provenance, **parts), rich, of_rich


def _wide(values: object, kept: int) -> Floats:
    return np.asarray(values, np.float64)[:kept]


def _by_country(path: object) -> Floats:
    """(S, T, I) as (I, T, S)."""
    return np.ascontiguousarray(np.asarray(path, np.float64).transpose(2, 1, 0))


def _mix(lost: Floats, use: Floats) -> Floats:
    """Shares of each food in a country's staples, (K, I), by tonnes; NaN for a country that neither loses nor uses."""
    weights = np.where(lost.sum(axis=0) > 0, lost, use)
    total = weights.sum(axis=0)
    found: Floats = np.divide(weights, total, out=np.full_like(weights, np.nan), where=total > 0)
    return found


def _eaten(plan: MonthlyPlan, foods: list[int]) -> Floats:
    """Published share of a tonne that people eat, (K, I)."""
    found = np.zeros((len(foods), len(plan.countries)))
    for k, m in enumerate(foods):
        layer, shares = plan.year.layers[m], plan.year.burdens[m]
        found[k] = plan.year.spread_out(layer, np.array([share.middle for share in shares]))
    return found


def _prices_before(
    plan: MonthlyPlan, foods: list[int], tables: Sequence[LoadedTable]
) -> tuple[Floats, tuple[Provenance, ...]]:
    """Mean world price over the scenario's period, (K,); NaN where no month of it is known."""
    period: Period = plan.question.scenario.period
    months = range(period.first * 12, period.last * 12 + 12)
    series = price_series(tables)
    found = np.full(len(foods), np.nan)
    for k, m in enumerate(foods):
        known = [usd for month, usd in series.get(plan.items[m], {}).items() if month in months]
        found[k] = float(np.mean(known)) if known else np.nan
    return found, tuple(table.cite() for table in tables)


def _priced(mix: Floats, price: Floats) -> Floats:
    """Price of a tonne of each country's staples, (I, S), from ``mix`` (K, I) and ``price`` (K, S): of those staples
    whose price is known."""
    known: NDArray[np.bool_] = np.asarray(np.isfinite(price).all(axis=1))
    weights = np.where(known[:, None], mix, 0.0)
    total = weights.sum(axis=0)[:, None]
    found = weights.T @ np.where(known[:, None], price, 0.0)
    priced: Floats = np.divide(found, total, out=np.full_like(found, np.nan), where=total > 0)
    return priced


def _harvest_month(plan: MonthlyPlan, foods: list[int]) -> Floats:
    """The first step, at least ``GROWING`` months in, in whose month a large part of the year's harvest comes, (I,).

    Large is half as much as in the month of the most. A country without a harvest gets the number of steps: never.
    """
    shares: Floats = np.sum([plan.world.harvest[m][:, None] * plan.world.seasons[m].shares for m in foods], axis=0)
    steps = len(plan.steps)
    month = np.array([step - 1 for step in plan.question.calendar])
    large = np.asarray((shares >= 0.5 * shares.max(axis=1, keepdims=True)) & (shares > 0))
    comes = large[:, month] & (np.arange(steps) >= GROWING)[None, :]
    found: Floats = np.where(comes.any(axis=1), comes.argmax(axis=1), steps).astype(np.float64)
    return found


def _nitrogen(plan: MonthlyPlan, kept: int, tables: Sequence[LoadedTable]) -> tuple[Floats, tuple[Provenance, ...]]:
    """Kilograms of nitrogen missing in a year, (I, S): the share that is short of what agriculture uses; none where
    the scenario leaves fertiliser as it is."""
    if plan.soil is None:
        return np.zeros((len(plan.countries), kept)), ()
    numbers = Numbers(lambda _: plan.seed, 0, kept)
    short = nitrogen_short(plan.soil, plan.question.scenario, plan.items, plan.countries, numbers)
    known = Indicators(tables, (_NITROGEN_USED,))
    figures = [known.latest(iso3, _NITROGEN_USED) for iso3 in plan.countries]
    used = np.array([figure.value if figure else np.nan for figure in figures])
    return 1000.0 * used[:, None] * short.T, tuple(figure.provenance for figure in figures if figure)


def _received(
    countries: tuple[str, ...], indicators: Sequence[LoadedTable], pairs: Sequence[LoadedTable]
) -> tuple[Floats, tuple[Provenance, ...]]:
    """USD a year that people receive from abroad, (I,), and where that stands.

    A published share of GDP comes first, then the sum over all senders, then modelled money from Russia over Russia's
    modelled share of all (KNOMAD).
    """
    known = Indicators(indicators, (_GDP, _SHARE_OF_GDP, _FROM_RUSSIA, _RUSSIAS_SHARE))
    sums = [_summed(table) for table in pairs]
    found, cited = np.full(len(countries), np.nan), [table.cite() for table in pairs]
    for i, iso3 in enumerate(countries):
        share, gdp = known.latest(iso3, _SHARE_OF_GDP), known.latest(iso3, _GDP)
        russia, of_all = known.latest(iso3, _FROM_RUSSIA), known.latest(iso3, _RUSSIAS_SHARE)
        summed = next((usd[iso3] for usd in sums if iso3 in usd), None)
        used: tuple[Figure, ...] = ()
        if share and gdp:
            found[i], used = share.value / 100.0 * gdp.value * 1e6, (share, gdp)
        elif summed is not None:
            found[i] = summed
        elif russia and of_all and of_all.value > 0:
            found[i], used = russia.value / (of_all.value / 100.0) * 1e6, (russia, of_all)
        cited += [figure.provenance for figure in used]
    return found, tuple(cited)


def _summed(table: LoadedTable) -> dict[str, float]:
    """USD by receiver in the latest period of a table."""
    latest = table.frame["period"].max()
    rows = table.frame.filter(pl.col("period") == latest).group_by("receiver_iso3").agg(pl.col("usd").sum())
    return dict(rows.iter_rows())


def _read(plan: MonthlyPlan) -> Iterable[Provenance]:
    yield from (p for layer in plan.year.layers for rows in layer.rows for p in rows)
    yield from (p for known in plan.year.nutrition.values() for p in known.provenance)
    yield from (p for season in plan.world.seasons for p in season.provenance)


def _notes(plan: MonthlyPlan, outlook: Outlook, foods: list[int], before: Floats) -> tuple[Phrase, ...]:
    hurt = np.nan_to_num(outlook.people).max(axis=(1, 2)) > 0

    def named(where: NDArray[np.bool_]) -> tuple[object, ...]:
        return tuple(place(c) for c, there in zip(outlook.countries, where & hurt, strict=True) if there)[:_NAMED]

    found = [Phrase("World prices stand for prices at the border: freight is not in them.")]
    unpriced = tuple(commodity(plan.items[m]).of for m, usd in zip(foods, before, strict=True) if np.isnan(usd))
    if unpriced:
        found.append(Phrase("Without a price in the years of the scenario: {names}; the other staples stand for them.",
                            names=unpriced))  # fmt: skip
    if names := named(np.isnan(outlook.price_before)):
        found.append(Phrase("Without a known price of their staples, subsidies and stocks are not offered: {names}.",
                            names=names))  # fmt: skip
    if names := named(np.isnan(outlook.remittances[:, 0])):
        found.append(Phrase("Money that they receive from abroad is not known, so that cheaper remittances are not"
                            " offered: {names}.", names=names))  # fmt: skip
    found.append(Phrase("Money received from abroad is modelled (KNOMAD) where no share of GDP is published; its fee is"
                        " the world's average of {fee:.1%} everywhere.", fee=FEE))  # fmt: skip
    if plan.soil is None:
        found.append(Phrase("This scenario leaves fertiliser as it is, so that vouchers for it avoid nothing."))
    elif names := named(np.isnan(outlook.nitrogen[:, 0])):
        found.append(Phrase("The nitrogen that they use is not known, so that vouchers are not offered: {names}.",
                            names=names))  # fmt: skip
    never = outlook.harvest_month >= len(plan.steps)
    if names := named(never & (outlook.harvest[:, 0] > 0)):
        found.append(Phrase("The next harvest comes after the months of the run, so that what works through it avoids"
                            " nothing here: {names}.", names=names))  # fmt: skip
    guessed = np.ones(len(plan.countries), np.bool_)
    for m in foods:
        guessed &= np.array([basis != "own" for basis in plan.world.seasons[m].basis])
    if guessed.any():
        found.append(Phrase("Months of harvest are those of neighbours, the region or the hemisphere for {count} of"
                            " {total} countries.", count=int(guessed.sum()), total=len(guessed)))  # fmt: skip
    return tuple(found)
