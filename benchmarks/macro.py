"""Money from Russia in 2022: bands made from earlier years only, the forecasts of March 2022, and what came.

The band is printed three times: given Russia's growth and the rouble as they turned out (a test of the equation), given
what analysts expected in March 2022 (a test of a forecast), and without the boom. Misses are printed too.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl

from clarion.config import config
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.macro import Basis, MacroQuestion, basis, draw_macro, episodes, fit, macro
from clarion.spillover.engine.macro.bounds import bent
from clarion.spillover.engine.macro.draws import MacroDraws
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.simulation.streams import Streams

SEED, DRAWS = 20220224, 20_000
COUNTRIES = ("ARM", "UZB", "TJK", "KGZ", "GEO", "KAZ")
LEVELS = (0.8, 0.9, 0.98)
PARTNERS = (
    "ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "MNG", "TJK", "TKM", "UZB", "TUR", "UKR", "EST", "LVA", "LTU",
    "FIN", "POL", "SRB", "EGY", "CHN", "DEU",
)  # fmt: skip
NAMES = (
    "rouble_per_usd", "gdp_growth", "transfers_change_forecast", "transfers_ratio", "rouble_per_usd_forecast",
    "gdp_growth_forecast", "transfers_in_from_russia_usd_m_total", "transfer_systems_from_russia_usd_m",
    "transfers_change",
)  # fmt: skip
TABLES = Warehouse().all("indicators")
KNOWN = Indicators(TABLES, NAMES)


def the(iso3: str, name: str, year: int) -> float | None:
    """A figure of one year, or None."""
    return next((figure.value for figure in KNOWN.all(iso3, name) if figure.year == year), None)


def sure(value: float | None) -> float:
    """A figure that the shipped table must have."""
    assert value is not None
    return value


def outcome(iso3: str) -> tuple[float | None, str]:
    """What 2022 brought over 2021, and of what."""
    before, after = (the(iso3, "transfers_in_from_russia_usd_m_total", year) for year in (2021, 2022))
    if before and after:
        return after / before, "measured"
    found = next(iter(KNOWN.all(iso3, "transfers_ratio")), None)
    if found:
        return found.value, "transfer systems"
    return (2.1, "all remittances, World Bank") if iso3 == "UZB" else (None, "not known")


def shock() -> dict[str, tuple[Range, Range]]:
    """Growth and the change of the rouble: as they came, and as analysts expected them."""
    rate = {figure.year: figure.value for figure in KNOWN.all("RUS", "rouble_per_usd")}
    expected = sure(the("RUS", "rouble_per_usd_forecast", 2022))
    forecasts = sorted(f.value / 100 for f in KNOWN.all("RUS", "gdp_growth_forecast"))
    came = Range.exactly(sure(the("RUS", "gdp_growth", 2022)) / 100), Range.exactly(rate[2021] / rate[2022] - 1)
    # Median of the survey as the most likely; "a very wide range of estimates": from nothing to twice as bad.
    feared = Range(2 * forecasts[-1], forecasts[-1], 0.0), Range(-0.55, rate[2021] / expected - 1, 0.0)
    return {"given growth and rouble as they came": came, "as expected in March 2022": feared}


def drawn(growth: Range, rouble: Range, rupture: bool) -> tuple[Basis, MacroDraws]:
    asked = MacroQuestion(COUNTRIES, growth, rouble, rupture=rupture, draws=DRAWS)
    found = basis(asked, TABLES)
    return found, draw_macro(asked, found, Streams(SEED, 0, DRAWS))


def bands() -> None:
    for name, (growth, rouble) in shock().items():
        found, draws = drawn(growth, rouble, True)
        print(f"\n{name}: growth {growth}, rouble {rouble}; psi {found.fit.rouble:.2f} +- {found.fit.error:.2f} from"
              f" {found.fit.episodes} country-years up to 2021")  # fmt: skip
        print("       outcome  of what                      " + "".join(f"{level:>15.0%}" for level in LEVELS)
              + "  log width of 90 %  chance of more  calm only 90 %  forecast of March 2022")  # fmt: skip
        for i, iso3 in enumerate(COUNTRIES):
            came, kind = outcome(iso3)
            cells = []
            for level in LEVELS:
                low, high = np.quantile(draws.ratio[:, i], ((1 - level) / 2, (1 + level) / 2))
                mark = " " if came is None else "+" if low <= came <= high else "-"
                cells.append(f"{low:6.2f}-{high:5.2f}{mark}  ")
            wide = np.subtract(*np.log(np.quantile(draws.ratio[:, i], (0.95, 0.05))))
            calm = np.quantile(draws.calm[:, i], (0.05, 0.95))
            forecast = the(iso3, "transfers_change_forecast", 2022)
            said = f"x{1 + forecast / 100:.2f}" if forecast is not None else "-"
            print(f"  {iso3}  {'-' if came is None else f'x{came:5.2f}':>8}  {kind:28} {''.join(cells)}"
                  f"{wide:10.2f} {(draws.ratio[:, i] > 1).mean():12.0%}      {calm[0]:5.2f}-{calm[1]:4.2f}"
                  f"  {said:>12}")  # fmt: skip
    print("\n+ inside the band, - outside. Uzbekistan's remittances from all countries grew 2.1 times (World Bank).")


def other_years() -> None:
    """Each past country-year against a calm band fitted without that year: how often it holds, under the law of each
    country and under one law of all."""
    past = episodes(KNOWN, 2021)
    rows: dict[str, list[tuple[bool, float]]] = {"each country's own law": [], "one law of all": []}
    for year in sorted({e.year for e in past}):
        others = fit([e for e in past if e.year != year])
        rng = np.random.default_rng(year)
        rest, common, apart = rng.standard_t(3, DRAWS), rng.standard_normal(DRAWS), rng.standard_normal(DRAWS)
        income = Range(1.0, 1.5, 2.0).quantiles(rng.random(DRAWS))
        for e in (e for e in past if e.year == year):
            own = others.of(e.iso3)
            psi = own.rouble + own.follows * others.error * common + own.error * apart
            scale = others.scale(e.rouble)
            laws = {
                "each country's own law": income * e.growth + psi * e.rouble
                + own.spread * scale * bent(rest, others.widest),
                "one law of all": income * e.growth + (others.rouble + others.error * common) * e.rouble + scale * rest,
            }  # fmt: skip
            for name, drawn_log in laws.items():
                low, high = np.quantile(drawn_log, (0.05, 0.95))
                rows[name].append((bool(low <= e.transfers <= high), float(high - low)))
    print("\nleave one year out, 2009 to 2021, calm band of 90 %:")
    for name, found in rows.items():
        print(f"  {name:24} {sum(ok for ok, _ in found)} of {len(found)} country-years inside, mean width of the log"
              f" {np.mean([width for _, width in found]):.2f}")  # fmt: skip


def by_country() -> None:
    """What each country's past makes of the common law."""
    found = fit(episodes(KNOWN, 2021))
    print(f"\nspread of the countries about the common elasticity: {found.pool.tau:.2f}; what is left is bent beyond"
          f" {found.widest:.1f} scales")  # fmt: skip
    for iso3 in (*sorted(found.pool.countries), "GEO"):
        own = found.of(iso3)
        print(f"  {iso3} {own.episodes:2} years: elasticity {own.rouble:.2f}, {own.follows:.0%} of the common error and"
              f" {own.error:.2f} of its own, spread {own.spread:.2f} of the common scale")  # fmt: skip


def of_output() -> None:
    """How far the money may move as a share of output, and the most extreme of all draws."""
    for name, (growth, rouble) in shock().items():
        found, draws = drawn(growth, rouble, True)
        print(f"\n{name}: change as a share of GDP (GDP of 2019)")
        for i, iso3 in enumerate(COUNTRIES):
            gdp = found.gdp[iso3].value
            share = draws.received[:, i] * (draws.ratio[:, i] - 1.0) / gdp
            most = (draws.received * draws.ratio)[:, i].max() / gdp
            low, middle, high = np.quantile(share, (0.05, 0.5, 0.95))
            print(f"  {iso3} {middle:+7.1%}, 90 % {low:+7.1%} to {high:+7.1%}; all draws {share.min():+7.1%} to"
                  f" {share.max():+7.1%}; received after, most {most:.0%}")  # fmt: skip


def evidence_of_booms() -> None:
    """Recounts, from the Central Bank of Armenia's months, what ``laws`` says of jumps before 2022."""
    path = Path(config().evaluation_data or "") / "spillover" / "armenia_money_transfers_by_country_2013_2024.csv.gz"
    if not os.environ.get("CLARION_EVALUATION_DATA") or not path.is_file():
        print("\n(evaluation data absent: the count of booms is not repeated)")
        return
    rows = pl.read_csv(path).filter((pl.col("direction") == "Inflow") & (pl.col("type") == "total"))
    yearly = rows.group_by("country", "year").agg(pl.col("K_USD").sum() / 1000).sort("country", "year")
    pairs = yearly.with_columns(pl.col("K_USD").shift(1).over("country").alias("before")).filter(
        (pl.col("before") > 5) & (pl.col("K_USD") > 0) & pl.col("year").is_between(2014, 2021)
        & ~pl.col("country").is_in(["Total", "Russian Federation"])
    )  # fmt: skip
    jumps = pairs.with_columns((pl.col("K_USD") / pl.col("before")).alias("ratio")).filter(pl.col("ratio") >= 1.8)
    mean = float(np.exp(np.log(jumps["ratio"].to_numpy()).mean()))
    print(f"\nyears of senders of more than 5 million USD to Armenia, 2014-2021: {pairs.height}; x1.8 and more:"
          f" {jumps.height}, geometric mean x{mean:.2f}, largest x{float(jumps['ratio'].max()):.2f}")  # fmt: skip
    onsets = (("Russian Federation", 2014), ("Ukraine", 2014), ("Iran", 2018), ("Lebanon", 2019), ("Belarus", 2020))
    for name, year in onsets:
        two = yearly.filter((pl.col("country") == name) & pl.col("year").is_in([year - 1, year]))["K_USD"].to_list()
        print(f"  onset {name} {year}: x{two[1] / two[0]:.2f}")


def evidence_of_exports() -> None:
    """Recounts the rouble elasticity of exports to Russia from IMF Direction of Trade, as exporters reported them."""
    path = Path(config().evaluation_data or "") / "trade_more" / "imf_dots_total_trade_2016_2020.csv.gz"
    if not path.is_file():
        return
    rate = {figure.year: figure.value for figure in KNOWN.all("RUS", "rouble_per_usd")}
    growth = {figure.year: figure.value / 100 for figure in KNOWN.all("RUS", "gdp_growth")}
    rows = pl.read_csv(path, infer_schema_length=None).filter(
        (pl.col("importer_iso3") == "RUS") & (pl.col("reporter_side") == "exporter")
        & pl.col("exporter_iso3").is_in(PARTNERS) & (pl.col("usd_1000") > 0)
    )  # fmt: skip
    sold = {(r["exporter_iso3"], r["year"]): r["usd_1000"] for r in rows.iter_rows(named=True)}
    pairs = [(c, y) for c, y in sold if (c, y - 1) in sold]
    x = np.array([np.log(rate[y - 1] / rate[y]) for _, y in pairs])
    y = np.array([np.log(sold[c, t] / sold[c, t - 1]) - 1.5 * np.log1p(growth[t]) for c, t in pairs])
    slope = float(x @ y / (x @ x))
    rest = y - slope * x
    print(f"\nexports to Russia, {len(pairs)} changes of {len({c for c, _ in pairs})} partners: rouble elasticity"
          f" {slope:.2f}, standard error {rest.std() / np.sqrt(x @ x):.2f},"
          f" spread of the rest {rest.std():.2f}")  # fmt: skip


def sensitivity() -> None:
    """How far Armenia's place in the band hangs on the odds of a boom, given growth and rouble as they came."""
    growth, rouble = shock()["given growth and rouble as they came"]
    _, draws = drawn(growth, rouble, True)
    came = sure(outcome("ARM")[0])
    print("\nArmenia's x4.16 in the draws, by the odds of a boom (share of draws below it):")
    for odds in (0.1, 0.2, 0.3, 0.43, 0.6, 0.8):
        below = (1 - odds) * (draws.calm[:, 0] < came).mean() + odds * (draws.boom[:, 0] < came).mean()
        print(f"  odds {odds:.2f}: {below:.3f}  {'inside 90 %' if below < 0.95 else 'outside 90 %'}")


if __name__ == "__main__":
    bands()
    of_output()
    by_country()
    other_years()
    evidence_of_booms()
    evidence_of_exports()
    sensitivity()
    answer = macro(MacroQuestion(("ARM",)), TABLES, SEED).countries["ARM"]
    print(f"\nArmenia, default question: chance of more money {answer.increase.value:.2f}")
