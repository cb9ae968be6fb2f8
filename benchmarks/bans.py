"""Export bans: traded calories under restriction, and the fit of the hazard, of durations and of what is held back.

    CLARION_EVALUATION_DATA=... python benchmarks/bans.py

Prints (1) the share of traded calories under restriction on days for which totals were published, on three bases; (2)
the hazard refitted beside the one shipped, its log score and calibration on each episode that the fit did not see,
beside a constant hazard; (3) months and strength of measures beside the laws shipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from ban_data import FOODS, Exports, balances, exports, fabio_2013, harvests

from clarion.config import config
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.bans import inputs
from clarion.spillover.engine.bans.calories import TradedCalories, traded_calories
from clarion.spillover.engine.bans.fit import Fitted, fit, log_score, probability
from clarion.spillover.engine.bans.law import BEFORE_2022, FITTED, BanLaw
from clarion.spillover.engine.bans.panel import COVARIATES, Panel, panel
from clarion.spillover.engine.bans.panel import FITTED as EPISODES_FITTED
from clarion.spillover.engine.bans.restrictions import EPISODES, QUANTITY, Restriction, restrictions
from clarion.spillover.engine.bans.severity import DURATION, WITHHELD
from clarion.spillover.engine.bans.share import restricted_share
from clarion.spillover.engine.bans.spells import spells

PUBLISHED = {
    date(2008, 4, 15): "17.2 to 19 (2008)", date(2020, 4, 28): "5", date(2022, 4, 15): "17", date(2022, 6, 15): "10.8",
    date(2022, 7, 15): "6.8 (bans and licences)",
}  # fmt: skip
NAMES = {"wheat": "Wheat and products", "maize": "Maize and products", "rice": "Rice (Milled Equivalent)",
         "soya": "Soyabeans"}  # fmt: skip
LEAST_OF_A_YEAR = 0.3
YEARS = (2007, 2008, 2020, 2021, 2022)


def by_food(row: Restriction) -> tuple[str, ...]:
    return FOODS.get(row.product, ())


def renewed(foods: Exports, staples: TradedCalories) -> Exports:
    """All foods of 2013 with the four staples of 2019 to 2021 in their place."""
    new = {(NAMES[item], iso3): kcal for (item, iso3), kcal in staples.kcal.items()}
    return {key: kcal for key, kcal in foods.items() if key[0] not in NAMES.values()} | new


def shares(rows: tuple[Restriction, ...], staples: TradedCalories) -> None:
    data = config().evaluation_data
    assert data is not None
    full = fabio_2013(data)
    bases = {
        "four staples 2019-21 (shipped)": (staples, None),
        "all foods 2013 (FABIO)": (TradedCalories(full, "2013", ()), by_food),
        "all foods 2013, staples 2019-21": (TradedCalories(renewed(full, staples), "2013 and 2019-2021", ()), by_food),
        "23 foods 2005-08 (food balances)": (
            TradedCalories(balances(data, ("2005", "2006", "2007", "2008")), "2005-2008", ()), by_food),
    }  # fmt: skip
    print("1. Share of traded calories under restriction, percent (90 % interval for dates not known)")
    for name, (calories, foods) in bases.items():
        print(f"\n   {name}: {calories.total / 1e15:.2f} Pcal a year")
        for day, published in PUBLISHED.items():
            found = restricted_share(rows, calories, day, **({"foods": foods} if foods else {}))
            cells = [
                f"{label}: {100 * e.value:.1f} ({100 * e.interval.low:.1f} to {100 * e.interval.high:.1f})"
                for label, e in found.shares.items()
            ]
            print(f"   {day}  published {published:24s} " + "; ".join(cells))


def hazard(found: Panel) -> None:
    print("\n2. Hazard a month of a ban, licence or quota on wheat, maize, rice or soya beans")
    print(f"   {len(found.began)} months at risk, {int(found.began.sum())} events")
    for name in EPISODES_FITTED:
        mine = found.where(found.episode == name)
        print(f"   {name}: {len(mine.began)} months, {int(mine.began.sum())} events, "
              f"mean rise {mine.design[:, 1].mean():+.2f}, mean shortfall {mine.design[:, 2].mean():.3f}")  # fmt: skip
    _beside("all episodes", fit(found), FITTED)
    _beside("before 2022", fit(found.where(found.episode != "2022-23")), BEFORE_2022)
    print(
        "\n   episode held apart: mean log score (constant hazard), events expected and seen, by thirds of the hazard"
    )
    for name in EPISODES_FITTED:
        apart, rest = found.where(found.episode == name), found.where(found.episode != name)
        p = probability(apart.design, fit(rest).coefficients)
        cells = []
        for part in np.array_split(np.argsort(p, kind="stable"), 3):
            cells.append(f"{p[part].sum():.1f}/{int(apart.began[part].sum())}")
        print(f"   {name}: {log_score(apart, p):.5f} ({log_score(apart, rest.began.mean()):.5f}); "
              f"expected {p.sum():.1f}, seen {int(apart.began.sum())}; thirds {', '.join(cells)}")  # fmt: skip


def _beside(name: str, found: Fitted, shipped: BanLaw) -> None:
    print(f"\n   {name}: fitted (standard error) beside shipped")
    for i, covariate in enumerate(COVARIATES):
        print(f"   {covariate:10s} {found.coefficients[i]:8.4f} ({np.sqrt(found.covariance[i, i]):.4f})   "
              f"{shipped.coefficients[i]:8.4f} ({np.sqrt(shipped.covariance[i][i]):.4f})")  # fmt: skip
    print("   covariance", [[round(float(x), 5) for x in row] for row in found.covariance])


def severity(rows: tuple[Restriction, ...], sold: Mapping[tuple[int, str, str], float]) -> None:
    found = spells(rows)
    closed = np.array([s.months for s in found if s.closed], dtype=float)
    both = np.array([s.months for s in found], dtype=float)
    print(f"\n3. Months: {len(closed)} spells with a known end, {len(found) - len(closed)} without")
    for name, months in (("known ends", closed), ("open ones run to the end of their episode", both)):
        log = np.log(months)
        print(f"   {name}: median {np.exp(np.median(log)):.1f}, spread {log.std():.2f}, "
              f"10th to 90th {np.percentile(months, 10):.0f} to {np.percentile(months, 90):.0f}")  # fmt: skip
    print(f"   shipped: median {DURATION.median}, spread {DURATION.spread}")
    print("\n   Share of exports held back, by measure (10th, 50th, 90th) beside the law shipped")
    for measure in ("ban", "quota", "licence", "tax"):
        kept = _withheld(rows, sold, measure)
        cells = ", ".join(f"{x:.2f}" for x in np.percentile(kept, [10, 50, 90])) if kept else "none"
        print(
            f"   {measure:8s} {len(kept):3d} years: {cells}; mean {np.mean(kept) if kept else float('nan'):.2f}; "
            f"shipped {WITHHELD.of(measure)}, mean {WITHHELD.of(measure).quantiles(np.linspace(0, 1, 101)).mean():.2f}"
        )
    begun = [r.measure for r in rows if r.item and r.start and r.measure in QUANTITY]
    cells = ", ".join(f"{m} {begun.count(m) / len(begun):.2f}" for m in ("ban", "quota", "licence"))
    print(f"   new measures: {cells}; shipped {WITHHELD.often}")


def _withheld(rows: tuple[Restriction, ...], sold: Mapping[tuple[int, str, str], float], measure: str) -> list[float]:
    out = []
    for key in sorted({(r.iso3, r.item) for r in rows if r.measure == measure and r.item and r.start}):
        mine = [r for r in rows if (r.iso3, r.item) == key and r.measure == measure and r.start]
        for year in YEARS:
            stood = _share_of_year(mine, year)
            before = [sold[y, key[1], key[0]] for y in range(year - 3, year) if (y, key[1], key[0]) in sold]
            reported = not (year == 2022 and key[0] in ("RUS", "UKR"))  # one stopped reporting, the other was blockaded
            if stood < LEAST_OF_A_YEAR or not before or np.mean(before) < 2e4 or not reported:
                continue
            ratio = sold.get((year, key[1], key[0]), 0.0) / float(np.mean(before))
            out.append(float(np.clip(1 - (ratio - (1 - stood)) / stood, 0, 1)))
    return out


def _share_of_year(mine: list[Restriction], year: int) -> float:
    days: set[int] = set()
    for r in mine:
        assert r.start is not None
        last = min(r.end or EPISODES[r.episode][1], date(year, 12, 31))
        days |= set(range(max(r.start, date(year, 1, 1)).toordinal(), last.toordinal() + 1))
    return len(days) / 365


def main() -> None:
    data = config().evaluation_data
    if data is None:
        raise SystemExit("CLARION_EVALUATION_DATA is not set: the evaluation data is not shipped.")
    house = Warehouse()
    rows = restrictions(house.table("restrictions"))
    trade = house.table("trade_flows")
    shares(rows, traded_calories(trade))
    found = panel(rows, inputs.exporters(trade), inputs.prices(house.all("prices")), inputs.shortfalls(harvests(data)))
    hazard(found)
    severity(rows, exports(data))


if __name__ == "__main__":
    main()
