"""Fertiliser and energy in a run by month: what of later harvests is lost because fertiliser was short or dear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clarion.errors import ScenarioError
from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.harvest import FertiliserUse, HarvestQuestion, draw_harvest, fertiliser_use
from clarion.spillover.engine.harvest.draws import shortfalls
from clarion.spillover.engine.harvest.laws import NITROGEN_SHARE
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables
from clarion.spillover.engine.scenario import NUTRIENTS, Fertiliser, Range, Scenario, Shortage
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.vocab import Estimate, Phrase, Provenance

Floats = NDArray[np.float64]

LEAD = Range(3.0, 5.0, 8.0)
"""Months from fertiliser on the field to the harvest; assumed. Maize and rice ripen three to four months after their
last dressing, winter wheat four to five after its main one in spring, eight to nine after sowing in autumn."""
UNIT = "relative change"
_CENTRAL_DRAWS = 200


@dataclass(frozen=True)
class Soil:
    """What a scenario's fertiliser meets. ``use`` follows the countries of the run; ``sold`` holds, by shortage and
    nutrient, the share of each country's imports that the shortage's exporters sell, (N,), and lacks those of which no
    trade is loaded; ``rows`` cite that trade."""

    use: FertiliserUse
    sold: dict[tuple[int, str], Floats]
    rows: tuple[Provenance, ...]


@dataclass(frozen=True)
class Scarcity:
    """Draws for the compiled months, as ``Inputs`` explains them."""

    later: Floats
    lead: Floats
    months: Floats


def soil(question: MonthlyQuestion, countries: tuple[str, ...], tables: MonthlyTables) -> Soil | None:
    """Read what the scenario's fertiliser needs; None where it has none.

    Raises
    ------
    ScenarioError: a shortage without ``share`` in a nutrient of which no trade is loaded.
    """
    found = question.scenario.fertiliser
    if found is None or question.behaviour.rule != "monthly":
        return None
    trade = tables.yearly.trade_flows
    traded = frozenset(trade.frame["item"].unique().to_list())
    sold = {}
    for n, shortage in enumerate(found.shortages):
        for nutrient in shortage.nutrients or NUTRIENTS:
            if nutrient in traded:
                sold[n, nutrient] = _sold(trade, nutrient, shortage, countries)
            elif shortage.share is None:
                raise ScenarioError(
                    Phrase("Who buys {nutrient} from {exporters} is not among the tables loaded.",
                           nutrient=Phrase(nutrient), exporters=shortage.exporters),
                    where=Phrase("scenario {name}", name=question.scenario.name),
                    next_step=Phrase("Give the shortage a share, such as: {line}", line="share = [0.0, 0.16, 0.5]"),
                    key=f"fertiliser.shortages[{n}].share",
                )  # fmt: skip
    return Soil(fertiliser_use(tables.yearly.indicators, countries), sold, (trade.cite(),) if sold else ())


def _sold(trade: LoadedTable, nutrient: str, shortage: Shortage, countries: tuple[str, ...]) -> Floats:
    rows = trade.frame.filter(pl.col("item") == nutrient)
    wanted = pl.col("tonnes").filter(pl.col("exporter_iso3").is_in(shortage.exporters)).sum()
    by = rows.group_by("importer_iso3").agg(wanted.alias("from"), pl.col("tonnes").sum().alias("all"))
    share = {iso3: part / whole for iso3, part, whole in by.iter_rows() if whole > 0.0}
    return np.array([share.get(iso3, 0.0) for iso3 in countries])


def scarcity(
    ground: Soil | None, scenario: Scenario, items: tuple[str, ...], countries: tuple[str, ...], numbers: Numbers
) -> Scarcity:
    """What is lost of later harvests, in ``numbers.draws`` draws; nothing without a table ``[fertiliser]``."""
    later = np.zeros((numbers.draws, len(items), len(countries)))
    found = scenario.fertiliser
    if ground is None or found is None:
        nothing = np.zeros(numbers.draws)
        return Scarcity(later, nothing, nothing)
    asked = HarvestQuestion(countries, items, prices=found.prices, gas=found.gas)
    draws = draw_harvest(asked, ground.use, numbers, _not_shipped(ground, found, countries, numbers))
    for m, item in enumerate(items):
        if item in NITROGEN_SHARE:
            later[:, m] = np.clip(1.0 - draws.applied(item), 0.0, 1.0)
    # Without a length of its own it lasts as long as the shocks, draw by draw.
    lasts = scenario.time.months if found.months is None else found.months
    months = lasts.quantiles(numbers.uniform("duration" if found.months is None else "fertiliser:months"))
    return Scarcity(later, LEAD.quantiles(numbers.uniform("fertiliser:lead")), months)


def nitrogen_short(
    ground: Soil, scenario: Scenario, items: tuple[str, ...], countries: tuple[str, ...], numbers: Numbers
) -> Floats:
    """Share of each country's nitrogen that is not shipped or priced out, (D, N), in the draws of ``scarcity``; nothing
    without a table ``[fertiliser]``."""
    found = scenario.fertiliser
    if found is None:
        return np.zeros((numbers.draws, len(countries)))
    asked = HarvestQuestion(countries, items, prices=found.prices, gas=found.gas)
    return shortfalls(asked, ground.use, numbers, _not_shipped(ground, found, countries, numbers))["nitrogen"]


def central_scarcity(
    ground: Soil | None, question: MonthlyQuestion, items: tuple[str, ...], countries: tuple[str, ...], seed: int
) -> Scarcity:
    """One draw for the central run: the median of what is lost, for the laws bend; lead and length most likely."""
    scene = question.scenario
    draws = scarcity(ground, scene, items, countries, Numbers(lambda _: seed, 0, min(question.draws, _CENTRAL_DRAWS)))
    if ground is None or scene.fertiliser is None:
        return Scarcity(draws.later[:1], draws.lead[:1], draws.months[:1])
    lasts = scene.time.months if scene.fertiliser.months is None else scene.fertiliser.months
    return Scarcity(np.median(draws.later, axis=0, keepdims=True), np.array([LEAD.mode]), np.array([lasts.mode]))


def _not_shipped(ground: Soil, found: Fertiliser, countries: tuple[str, ...], numbers: Numbers) -> Mapping[str, Floats]:
    """By nutrient, the share of each country's imports that does not come, (D, N)."""
    gone = {name: np.zeros((numbers.draws, len(countries))) for name in NUTRIENTS}
    for n, shortage in enumerate(found.shortages):
        home = np.array([iso3 in shortage.exporters for iso3 in countries])
        who = "+".join(shortage.exporters)
        for nutrient in shortage.nutrients or NUTRIENTS:
            lost = shortage.lost.quantiles(numbers.uniform(f"fertiliser:lost:{nutrient}:{who}"))
            sold = ground.sold.get((n, nutrient))
            if sold is None and shortage.share is not None:
                u = numbers.uniforms(f"fertiliser:sold:{nutrient}:{who}", len(countries))
                sold = np.where(home, 0.0, shortage.share.quantiles(u))
            gone[nutrient] += lost[:, None] * (0.0 if sold is None else sold)
    return {name: np.minimum(share, 1.0) for name, share in gone.items()}


def change(ground: Soil, item: str, i: int, lost: Floats, level: float) -> Estimate:
    """The relative change of a country's harvests that fertiliser reaches; ``lost`` (D,) is what is lost of them."""
    if item not in NITROGEN_SHARE:
        return Estimate.not_known(UNIT, Phrase("No published response of this crop is at hand."))
    missing = ground.use.missing(i)
    if missing is not None:
        return Estimate.not_known(UNIT, missing)
    law = Phrase("harvests three to eight months after fertiliser was short; response to nitrogen (van Grinsven 2022)")
    return estimate(-lost, UNIT, level, law, (*ground.use.rows[ground.use.countries[i]], *ground.rows))
