"""Next year's imports of wheat, given only what Russia and Ukraine will export: errors, intervals, and the ceiling.

    CLARION_EVALUATION_DATA=... python benchmarks/backtest.py [--write]

For each pair of neighbouring years of the evaluation data: the weighted absolute percentage error (WAPE) of importers
over 100,000 t, all and exposed (more than 30 % of the base year's imports from Russia and Ukraine), of the prediction,
with parameters fitted without that pair, and of three plain baselines in the same run. Then what the form of the model
owes to having been chosen with all pairs in sight, the same form for other suppliers, and how close predictors come
that are told what may not be known. ``--write`` puts the fitted parameters into the package.
"""

from __future__ import annotations

import csv
import itertools
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from ceilings import Errors, fitted, pairs_of, reported_growth, told_flows, told_later, told_outcome, told_reports

import clarion.spillover.engine.backtest as package
from clarion.spillover.engine.backtest import Backtest, Parameters, backtest
from clarion.spillover.engine.backtest.fit import ROUNDINGS, Form, Pair, fit
from clarion.spillover.engine.backtest.parameters import WITH_HISTORY, parameters_for, shipped
from clarion.spillover.engine.backtest.past import DEPTH

EXPORTERS = ("RUS", "UKR")
OTHERS = (("USA", "CAN"), ("FRA", "DEU"), ("AUS", "ARG"), ("RUS",), ("UKR",))
BASELINES = ("persistence", "static_cut", "blend")
FIRST = 2007  # base year of the first pair that counts
BLOCKS = (
    (range(2013, 2022), range(2006, 2008)),
    (range(2017, 2022), range(2006, 2017)),
    (range(2006, 2017), range(2017, 2022)),
    (range(2006, 2020), range(2020, 2022)),
)
ALL_FIVE = ("level", "surplus", "cut", "captive", "market")
FORMS: tuple[Form, ...] = (
    WITH_HISTORY,
    {True: ("surplus", "cut"), False: ("level", "market")},
    {True: ("level", "cut"), False: ("level", "cut")},
    {True: ("level", "surplus", "cut"), False: ("level", "surplus", "market")},
    {True: ("cut", "captive"), False: ("market",)},
    {True: ("level", "market"), False: ("level", "market")},
    {True: ALL_FIVE, False: ALL_FIVE},
)
FILE = Path(package.__file__).with_name("parameters.csv")


def tables(data: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Trade and harvests of wheat by year."""
    read = (data / "spillover" / f"fao_{name}.csv.gz" for name in ("bilateral_trade", "production"))
    trade, harvest = (
        pl.read_csv(path, infer_schema_length=None).filter(pl.col("item") == "Wheat").drop("item") for path in read
    )
    return trade, harvest


def fits(trade: pl.DataFrame, harvest: pl.DataFrame, bases: list[int]) -> list[Parameters]:
    """Every fit that ships: with history and without, of all pairs and without each."""
    found = []
    for depth in (DEPTH, 0):
        pairs = pairs_of(trade, harvest, bases, EXPORTERS, depth)
        found += [fit(pairs, left_out) for left_out in (None, *(p.base_year for p in pairs))]
    return found


def write(found: list[Parameters]) -> None:
    """Put the fits into the package, six digits each."""
    rows = [{k: f"{v:.6g}" if isinstance(v, float) else v for k, v in p.row().items()} for p in found]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        to = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
        to.writeheader()
        to.writerows(rows)
    shipped.cache_clear()


def drift(found: list[Parameters]) -> float:
    """The largest difference between a fit of today and the one shipped."""
    kept = shipped()
    rows = [(p.row(), kept[p.left_out, p.history].row()) for p in found]
    return max(abs(float(new[k]) - float(old[k])) for new, old in rows for k in new if k != "left_out")


def scored_apart(
    pairs: list[Pair], form: Form, without: int | None = None, rounding: float | None = None
) -> dict[int, Errors]:
    """Both errors of each pair, by a fit that saw neither it nor ``without``."""
    found = {}
    for one in pairs:
        if one.base_year == without:
            continue
        by = fit([p for p in pairs if p.base_year != without], one.base_year, form, rounding)
        found[one.base_year] = fitted(one, by)
    return found


def nested(pairs: list[Pair]) -> dict[int, Errors]:
    """Errors where form and rounding, too, were chosen without the scored pair, by the others' errors."""
    choices = list(itertools.product(FORMS, ROUNDINGS))
    apart = [scored_apart(pairs, form, None, rounding) for form, rounding in choices]
    found = {}
    for one in pairs:
        inner = [scored_apart(pairs, form, one.base_year, rounding) for form, rounding in choices]
        merit = [sum(map(sum, errs.values())) for errs in inner]
        found[one.base_year] = apart[int(np.argmin(merit))][one.base_year]
    return found


def mean(of: list[Any]) -> tuple[float, ...]:
    """Column means."""
    return tuple(float(x) for x in np.mean(np.array(of, float), axis=0))


def pair_of(errs: dict[str, Any]) -> tuple[float, float]:
    """All and exposed, not known as NaN."""
    return tuple(float("nan") if errs[k] is None else float(errs[k]) for k in ("wape_all", "wape_exposed"))  # type: ignore[return-value]


def show(done: list[Backtest]) -> None:
    """The table of pairs, and the means with the bars beside them."""
    print(f"{'pair':<10}{'n':>4}{'exp':>4}  {'prediction':<13}" + "".join(f"{b:<13}" for b in BASELINES)
          + "rank   coverage width")  # fmt: skip
    for b in done:
        s, plain = b.scores(), b.baselines()
        at = b.prediction.at
        print(
            f"{b.base_year}-{(b.base_year + 1) % 100:02}{len(at.importers):>7}{int(at.leaning.sum()):>4}  "
            + "".join("{:.3f} {:.3f}  ".format(*pair_of(e)) for e in (s, *(plain[n] for n in BASELINES)))
            + f"{s['spearman_exposed']:+.2f}  {s['coverage_90']:.3f}    {s['width_90']:.2f}"
        )
    whole = [b for b in done if b.base_year >= FIRST and b.plain["blend"] is not None]
    judge("pairs 2007-08 to 2021-22 that have the years every baseline needs", whole, BASELINES)
    judge("pairs 2013-14 to 2021-22", [b for b in done if b.base_year >= 2013], BASELINES[:2])
    judge("all pairs of the folder", done, BASELINES[:2])


def judge(title: str, done: list[Backtest], names: tuple[str, ...]) -> None:
    """Means of some pairs, and how far the prediction is below the best baseline of the same pairs."""
    ours = mean([pair_of(b.scores()) for b in done])
    plain = {n: mean([pair_of(b.baselines()[n]) for b in done]) for n in names}
    best = np.min(np.array(list(plain.values())), axis=0)
    gain = tuple(1 - o / b for o, b in zip(ours, best, strict=True))
    covered, wide = mean([(b.scores()["coverage_90"], b.scores()["width_90"]) for b in done])
    print(f"\n{title} ({len(done)}): all / exposed")
    for name, errs in {"prediction": ours, **plain}.items():
        print("  {:<12}{:.4f} / {:.4f}".format(name, *errs))
    print(
        "  below the best baseline by {:.1%} / {:.1%}   (bar 9 %: {} / {})".format(
            *gain, *(word(g >= 0.09) for g in gain)
        )
    )
    print(
        f"  coverage {covered:.3f} (bar .85 to .95: {word(0.85 <= covered <= 0.95)}), "
        f"mean width {wide:.2f} of the prediction"
    )


def word(reached: bool) -> str:
    """How a bar turned out."""
    return "reached" if reached else "MISSED"


def show_2022(last: Backtest) -> None:
    """The year of the invasion against its own bars."""
    s = last.scores()
    bars = (("wape_all", 0.155), ("wape_exposed", 0.220))
    said = [f"{name} {s[name]:.3f} (bar {bar}: {word((s[name] or 1) <= bar)})" for name, bar in bars]
    rank, covered = s["spearman_exposed"] or 0, s["coverage_90"] or 0
    said += [f"rank {rank:.2f} (bar .40: {word(rank >= 0.4)})"]
    said += [f"coverage {covered:.3f} (bar .85 to .95: {word(0.85 <= covered <= 0.95)})"]
    print("\n2021-22 alone: " + ", ".join(said))


def show_forms(trade: pl.DataFrame, harvest: pl.DataFrame, bases: list[int], counted: list[int]) -> None:
    """Shorter pasts, the form chosen apart, and other suppliers."""
    print("\nmean of the same pairs, parameters fitted without the scored pair: all / exposed")
    pairs = pairs_of(trade, harvest, bases, EXPORTERS, DEPTH)

    def line(title: str, errs: dict[int, Errors], years: list[int] = counted) -> None:
        print("  {:<66}{:.4f} / {:.4f}".format(title, *mean([errs[y] for y in years])))

    line("shipped form", scored_apart(pairs, WITH_HISTORY))
    for rounding in ROUNDINGS:
        line(f"rounding {rounding} for every pair", scored_apart(pairs, WITH_HISTORY, rounding=rounding))
    line(f"form chosen among {len(FORMS)}, with the rounding, without the scored pair", nested(pairs))
    short = pairs_of(trade, harvest, counted, EXPORTERS, 1)
    line("one year of history", {p.base_year: fitted(p, parameters_for(p.base_year, True)) for p in short})
    line("base year alone", scored_apart(pairs_of(trade, harvest, bases, EXPORTERS, 0), FORMS[4]))
    print("\nthe same form refitted for other suppliers of wheat, against their best baseline: all / exposed")
    for names in OTHERS:
        usable = [y for y in bases if y != min(bases)]
        theirs = [p for p in pairs_of(trade, harvest, usable, names, DEPTH) if p.at.leaning.any()]
        years = [p.base_year for p in theirs if p.base_year in counted]
        ours = scored_apart(theirs, WITH_HISTORY)
        done = [backtest(trade, harvest, "wheat", y, names) for y in years]
        plain = np.array([mean([pair_of(b.baselines()[n]) for b in done]) for n in BASELINES]).min(axis=0)
        got = mean([ours[y] for y in years])
        print(
            f"  {'+'.join(names):<10}{len(years):>3} pairs  {got[0]:.4f} / {got[1]:.4f}   best baseline "
            f"{plain[0]:.4f} / {plain[1]:.4f}   {got[0] / plain[0] - 1:+.1%} / {got[1] / plain[1] - 1:+.1%}"
        )


def show_blocks(trade: pl.DataFrame, harvest: pl.DataFrame, bases: list[int]) -> None:
    """Fits on one block of years, scored on another."""
    print("\nfitted on one block of base years, scored on another, against the best baseline there: all / exposed")
    pairs = pairs_of(trade, harvest, bases, EXPORTERS, DEPTH)
    for seen, asked in BLOCKS:
        by = fit([p for p in pairs if p.base_year in seen])
        told = [p for p in pairs if p.base_year in asked]
        got = mean([fitted(p, by) for p in told])
        done = [backtest(trade, harvest, "wheat", p.base_year, EXPORTERS) for p in told]
        known = [n for n in BASELINES if all(b.plain[n] is not None for b in done)]
        plain = np.array([mean([pair_of(b.baselines()[n]) for b in done]) for n in known]).min(axis=0)
        print(
            f"  {seen[0]}-{seen[-1]} -> {asked[0]}-{asked[-1]}  {got[0]:.4f} / {got[1]:.4f}   best baseline "
            f"{plain[0]:.4f} / {plain[1]:.4f}   {got[0] / plain[0] - 1:+.1%} / {got[1] / plain[1] - 1:+.1%}"
        )


def show_ceiling(data: Path, trade: pl.DataFrame, harvest: pl.DataFrame, bases: list[int], counted: list[int]) -> None:
    """What predictors reach that are told what may not be known."""
    pairs = {p.base_year: p for p in pairs_of(trade, harvest, bases, EXPORTERS, DEPTH)}
    ours = [pairs[y] for y in counted]
    print("\nceilings, mean of the same pairs: all / exposed")
    print(
        "  {:<66}{:.4f} / {:.4f}".format(
            "coefficients fitted on the scored pair itself", *mean([told_outcome(p) for p in ours])
        )
    )
    flows = [told_flows(p, trade, EXPORTERS) for p in ours]
    print("  {:<66}{:.4f} / {:.4f}".format("told each importer's purchases from Russia and Ukraine", *mean(flows)))
    years = set(trade["year"].unique())
    later = [told_later(p, trade) for p in ours if p.base_year + 2 in years]
    print("  {:<66}{:.4f} / {:.4f}".format(f"told imports two years ahead ({len(later)} pairs)", *mean(later)))
    print("\nthe data's own noise: exporters' tonnes said from the growth of values in importers' books, all / exposed")
    columns = "no change {:.3f} {:.3f}  importers' growth {:.3f} {:.3f}  half of it {:.3f} {:.3f}"
    rows: dict[str, list[tuple[float, ...]]] = {}
    for one in ours:
        for name, growth in reported_growth(data, one.base_year).items():
            count, *errs = told_reports(one, growth)
            rows.setdefault(name, []).append(tuple(x for pair in errs for x in pair))
            title = f"{name} {one.base_year}-{(one.base_year + 1) % 100:02} ({count})"
            print(f"  {title:<22}" + columns.format(*rows[name][-1]))
    for name, found in rows.items():
        print(f"  {f'{name} mean':<22}" + columns.format(*mean(found)))


def main() -> None:
    """Print everything."""
    data = Path(os.environ["CLARION_EVALUATION_DATA"])
    trade, harvest = tables(data)
    years = sorted(trade["year"].unique())
    bases = [y for y in years if y + 1 in years]
    found = fits(trade, harvest, bases)
    if "--write" in sys.argv:
        write(found)
    print(f"parameters refitted: largest difference from those shipped {drift(found):.1e}")
    whole = next(p for p in found if p.left_out is None and p.history)
    print("  leaning", {k: round(v, 3) for k, v in whole.leaning.items()}, "others",
          {k: round(v, 3) for k, v in whole.others.items()})  # fmt: skip
    print("  rounding chosen, by the pair left out:",
          ", ".join(f"{p.left_out or 'none'} {p.rounding}" for p in found if p.history), "\n")  # fmt: skip
    done = [backtest(trade, harvest, "wheat", y, EXPORTERS) for y in bases]
    counted = [b.base_year for b in done if b.base_year >= FIRST and b.plain["blend"] is not None]
    show(done)
    show_2022(done[-1])
    show_forms(trade, harvest, bases, counted)
    show_blocks(trade, harvest, bases)
    show_ceiling(data, trade, harvest, bases, counted)


if __name__ == "__main__":
    main()
