"""Prices of spring 2022 from what was known in February, beside a naive interval; cooperation; the worst; and 2010.

    CLARION_EVALUATION_DATA=... python benchmarks/prices.py

Prints for each commodity what came, the median and 80 % interval with its width, the same of random walks as restless
as the quiet years 2018-21 and as earlier crises, and the continuous ranked probability score of each (lower is better).
Then how much the guesses matter; what cooperation lowers; step by step, what the scenario ``russia-shock-2022`` and
this look back count and what neither does; and one more look back that nothing was set by: wheat in August to November
2010 (needs the evaluation data for that year's harvests).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from ban_data import harvests

from clarion.config import config
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.bans import Restriction, Uniform, inputs, restrictions
from clarion.spillover.engine.bans.panel import shortfall
from clarion.spillover.engine.bans.severity import Duration
from clarion.spillover.engine.market import black_sea
from clarion.spillover.engine.market.black_sea import LAWS, RUSSIA, UKRAINE, WINDOW, YEAR, cooperation, eve, worst
from clarion.spillover.engine.market.eve import market_on_eve, risen_by
from clarion.spillover.engine.market.hindcast import LEVEL, outlook, uniforms
from clarion.spillover.engine.market.laws import usable_stocks
from clarion.spillover.engine.market.shock import Market
from clarion.spillover.engine.monthly import Behaviour, MonthlyQuestion, MonthlyTables, prepare
from clarion.spillover.engine.monthly.chunk import run_months
from clarion.spillover.engine.monthly.draws import drawn_inputs
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.scenario.shipped import shipped_scenario

DRAWS = 10_000
SEED = 20220224
SCENARIO, SCENARIO_DRAWS = "russia-shock-2022", 2000
HARVESTS_2010 = ("RUS", "UKR", "KAZ")


def told(draws: np.ndarray, came: float) -> str:
    low, middle, high = np.quantile(draws, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    inside = "in " if low <= came <= high else "OUT"
    return (f"{100 * middle:+6.1f} [{100 * low:+6.1f} to {100 * high:+6.1f}], width {100 * (high - low):5.1f}, "
            f"{inside}, CRPS {100 * crps(draws, came):5.2f}")  # fmt: skip


def crps(draws: np.ndarray, came: float) -> float:
    """Gneiting and Raftery 2007: mean distance to what came, less half the mean distance between two draws."""
    ranked = np.sort(draws)
    n = len(ranked)
    spread = 2.0 * np.sum((2 * np.arange(1, n + 1) - n - 1) * ranked) / n**2
    return float(np.mean(np.abs(draws - came)) - spread / 2.0)


def main() -> None:
    house = Warehouse()
    prices = inputs.prices(house.all("prices"))
    rows = restrictions(house.table("restrictions"))
    tables = house.table("trade_flows", "staple-trade"), house.table("production", "staple-production")
    uniform = uniforms(SEED, DRAWS)
    markets = eve(prices, *tables, rows).markets
    print(f"1. {WINDOW[0]} to {WINDOW[1]} over the twelve months before, percent; 80 % intervals, {DRAWS} draws")
    for item, market in markets.items():
        came = risen_by(item, WINDOW, prices[item])
        found = black_sea.forecast(market, uniform)
        walk = outlook(market, (), LAWS, uniform, bans=False)
        print(
            f"\n   {item}: came {100 * came:+.1f}; February already {100 * np.expm1(market.last):+.1f}; "
            f"a month's volatility {market.calm:.3f} in 2018-21, {market.volatility:.3f} in earlier crises"
        )
        print("   with the shock             ", told(found.rise, came))
        print("   walk as of 2018-21 (naive) ", told(found.naive, came))
        print("   walk as of earlier crises  ", told(walk.rise, came))
        still = black_sea.forecast(replace(market, volatility=market.calm), uniform)
        print("   shock, walk as of 2018-21  ", told(still.rise, came))
        lost, held = (np.quantile(100 * x, [0.1, 0.5, 0.9]) for x in (found.lost, found.withheld))
        print(f"   percent of world use lost {lost.round(2)}, withheld by bans {held.round(2)}, "
              f"exporters closing {found.closed.mean():.1f}, months not settled {found.unsettled}")  # fmt: skip
    guesses(markets, prices, uniform)
    reports(house, markets["wheat"], risen_by("wheat", WINDOW, prices["wheat"]), uniform)
    print(f"\n3. {YEAR[0]} to {YEAR[1]}: points by which cooperation lowers the rise (published: 13 for wheat)")
    years = eve(prices, *tables, rows, YEAR).markets
    for item in ("wheat", "maize"):
        without, given = cooperation(years[item], uniform)
        points = 100 * (without.rise - given.rise)
        low, middle, high = np.quantile(points, [0.1, 0.5, 0.9])
        print(f"   {item}: median {middle:.1f}, mean {points.mean():.1f}, 80 % {low:.1f} to {high:.1f}; rise without "
              f"{100 * np.median(without.rise):.0f}, with {100 * np.median(given.rise):.0f}, "
              f"came {100 * risen_by(item, YEAR, prices[item]):.0f}")  # fmt: skip
        low, middle, high = 100 * np.quantile(worst(years[item], uniform).rise, [0.1, 0.5, 0.9])
        print(f"   {item}, nothing from Ukraine or Russia for a year: {middle:.0f} ({low:.0f} to {high:.0f}) percent")
    steps(markets, prices, uniform)
    if config().evaluation_data:
        drought(prices, rows, uniform)


def steps(markets: dict[str, Market], prices: dict[str, dict[int, float]], uniform: Uniform) -> None:
    """The look back and the scenario's run by month, one driver after another, over the same four months."""
    print(f"\n4. {WINDOW[0]} to {WINDOW[1]}, step by step: percent, median [80 %]")
    for item in ("wheat", "maize"):
        market = markets[item]
        told_of = {
            "exports held back": black_sea.forecast(replace(market, last=0.0, volatility=0.0), uniform, bans=False),
            "and bans": black_sea.forecast(replace(market, last=0.0, volatility=0.0), uniform),
            "and what February had risen before": black_sea.forecast(replace(market, volatility=0.0), uniform),
            "and prices that wander": black_sea.forecast(market, uniform),
        }
        print(f"   {item}, scenario {SCENARIO}, change against the same months without the shock")
        for name, change in scenario_steps(item, market.stocks).items():
            print(f"      {name:42} {spread(change)}")
        print(f"   {item}, look back, change against the twelve months before")
        for name, found in told_of.items():
            print(f"      {name:42} {spread(found.rise)}")
        came = 100 * risen_by(item, WINDOW, prices[item])
        left = came - 100 * np.median(told_of["and prices that wander"].rise)
        print(f"      {'came':42} {came:+6.1f}; in neither {left:+.1f}")


def scenario_steps(item: str, stocks: float) -> dict[str, np.ndarray]:
    """Mean change of the price over the scenario's first four months, (draws,), by what is turned on."""
    scene, tables = shipped_scenario(SCENARIO), MonthlyTables.read(Warehouse())
    alone = replace(scene, fertiliser=None)
    found = {}
    for name, asked, bans, cover in (
        ("exports held back", alone, False, None),
        ("and fertiliser", scene, False, None),
        ("and bans: as the run tells it", scene, True, None),
        ("the same with stocks of February 2022", scene, True, stocks),
    ):
        question = MonthlyQuestion(asked, draws=SCENARIO_DRAWS, behaviour=Behaviour(bans=bans))
        plan = prepare(question, tables, SEED)
        m = plan.items.index(item)
        drawn = drawn_inputs(plan, Numbers(lambda _: SEED, 0, SCENARIO_DRAWS))
        if cover is not None:
            drawn = drawn._replace(cover=np.full_like(drawn.cover, cover))
        else:
            usable = 100 * np.median(drawn.cover[:, m])
        found[name] = np.expm1(run_months(plan, drawn).price[:, m, :4]).mean(axis=1)
    print(f"   {item}: usable stocks {usable:.1f} % of use in the scenario (2015-2017), {100 * stocks:.1f} % in the"
          " look back (February 2022)")  # fmt: skip
    return found


def spread(draws: np.ndarray) -> str:
    low, middle, high = 100 * np.quantile(draws, [0.1, 0.5, 0.9])
    return f"{middle:+6.1f} [{low:+6.1f} to {high:+6.1f}]"


def guesses(markets: dict[str, Market], prices: dict[str, dict[int, float]], uniform: Uniform) -> None:
    print("\n2. The same with other guesses (median [80 %]; what came)")
    cases = {
        "ports shut 3 months": Duration(3.0, 0.9), "6 months (as shipped)": Duration(6.0, 0.9),
        "12 months": Duration(12.0, 0.9),
    }  # fmt: skip
    for name, lasts in cases.items():
        cells = []
        for item in ("wheat", "maize", "sunflower-oil"):
            hampered = (replace(UKRAINE, lasts=lasts), replace(RUSSIA, lasts=lasts))
            rise = outlook(markets[item], hampered, LAWS, uniform).rise
            low, middle, high = 100 * np.quantile(rise, [0.1, 0.5, 0.9])
            cells.append(
                f"{item} {middle:.0f} [{low:.0f} to {high:.0f}; {100 * risen_by(item, WINDOW, prices[item]):.0f}]"
            )
        print(f"   {name}: " + ", ".join(cells))


def reports(house: Warehouse, market: Market, came: float, uniform: Uniform) -> None:
    """Wheat with stocks outside China as other reports had them; those after February 2022 could not be known."""
    print("\n   wheat by the stocks outside China that are thought usable")
    cells = {f"projection of 2022-02-09 (as shipped), {market.stocks:.3f} of use": market.stocks}
    table = house.table("stock_reports").frame.filter(item="wheat", area="WLD_xCHN", status="actual").sort("report")
    for row in table.filter(pl.col("marketing_year") <= "2021/22").iter_rows(named=True):
        usable = float(usable_stocks(row["ending_stocks"], row["use"]))
        cells[f"{row['marketing_year']} as of {row['report']}, {usable:.3f} of use"] = usable
    for name, stocks in cells.items():
        print(f"   {name}: ", told(black_sea.forecast(replace(market, stocks=stocks), uniform).rise, came))


def drought(prices: dict[str, dict[int, float]], rows: tuple[Restriction, ...], uniform: Uniform) -> None:
    """Wheat when harvests failed round the Black Sea: their shortfall, of which half to all was known by August."""
    window, use = ("2010-08", "2010-11"), 655e6  # t: FAO's world use of wheat, 2009/10, rounded
    data = config().evaluation_data
    assert data is not None
    made = {(iso3, year): tonnes for item, iso3, year, tonnes in harvests(data).iter_rows() if item == "wheat"}
    short = sum(np.mean([made[c, y] for y in ("2007", "2008")]) - made[c, "2010"] for c in HARVESTS_2010)
    market = market_on_eve(
        "wheat", window, prices["wheat"], {"RUS": 18e6 / use, "UKR": 8e6 / use, "KAZ": 7e6 / use}, rows, stocks=0.0,
        restless=(("2007-07", "2008-12"),), calm=(("2009-01", "2010-07"),),
        shortfall={c: shortfall({int(y): t for (at, y), t in made.items() if at == c}, 2010) for c in HARVESTS_2010},
    )  # fmt: skip
    gap = Range(0.5, 0.8, 1.0).quantiles(uniform("known by August 2010")) * short / use
    came = risen_by("wheat", window, prices["wheat"])
    found = outlook(market, (), LAWS, uniform, more_gap=gap)
    print(f"\n5. Wheat, {window[0]} to {window[1]}: came {100 * came:+.1f}; harvests of {', '.join(HARVESTS_2010)} "
          f"{short / 1e6:.0f} Mt short")  # fmt: skip
    print("   with the shock  ", told(found.rise, came))
    print("   naive           ", told(found.naive, came))


if __name__ == "__main__":
    main()
