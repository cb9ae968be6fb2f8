"""One index over several kinds of exposure, always as a rank with its interval.

The index is a weighted geometric mean: a country weak on one side is not saved by strength on another as easily as in
a sum. Nobody knows the right weights, so each draw takes its own from a Dirichlet distribution, together with inputs
redrawn under the error model. A dimension that is not known for a country takes, in each draw, the value of another
country picked at random: not knowing widens the rank, it neither flatters nor condemns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.exposure import noise
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.study import Study, Worker, study
from clarion.spillover.engine.exposure.wider import wider
from clarion.vocab import NOT_FOOD, Estimate, Interval, commodity

Draws = npt.NDArray[np.float64]

GOALPOSTS = {
    "share_of_imports": 1.0,
    "share_of_supply": 1.0,
    "kcal_per_person_day": 1000.0,
    "second_order": 1.0,
    "remittances_pct_gdp": 30.0,
    "energy_gj_per_person": 50.0,
    "fertiliser_share": 1.0,
}
"""The value of each dimension that counts as full exposure; more counts as full."""
FLOOR = 0.01  # no exposure on one side does not erase the others
CONCENTRATION = 2.0  # of the Dirichlet weights: 1 is anything goes, large is equal weights
TOP = 10
BAND = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """A country's place. ``rank`` is the median with its 10-90 interval (1 is most exposed), ``index`` likewise (0 to
    1), ``top_ten`` the probability of being among the ten most exposed. ``known`` are the dimensions with data,
    ``not_known`` the others with the reason."""

    iso3: str
    rank: Estimate
    index: Estimate
    top_ten: float
    known: tuple[str, ...]
    not_known: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "iso3": self.iso3, "rank": self.rank.to_dict(), "index": self.index.to_dict(), "top_ten": self.top_ten,
            "known": list(self.known), "not_known": [{"what": what, "reason": why} for what, why in self.not_known],
        }  # fmt: skip


def composite(
    question: ExposureQuestion, tables: ExposureTables, seed: int, work: Worker = study
) -> list[Standing]:  # fmt: skip
    """Rank the importers of the question's item, most exposed first by median rank. The origins are not ranked."""
    worked = work(question, tables, seed)
    countries = tuple(iso3 for iso3 in worked.asked() if worked.picture.flows.position.get(iso3) is not None)
    countries = tuple(iso3 for iso3 in countries if iso3 not in question.origins and _buys(worked, iso3))
    if not countries:
        return []
    root = np.random.SeedSequence(seed)
    clouds, reasons = _dimensions(worked, countries, root)
    names = [name for name in GOALPOSTS if any(reasons[name][k] is None for k in range(len(countries)))]
    alpha = [CONCENTRATION] * len(names)
    weights = noise.stream(root, noise.WEIGHT, "dirichlet").dirichlet(alpha, question.draws)
    log_index = np.zeros((len(countries), question.draws))
    for d, name in enumerate(names):
        filled = _filled(clouds[name], reasons[name], name, countries, root)
        log_index += weights[:, d] * np.log(FLOOR + (1 - FLOOR) * np.clip(filled / GOALPOSTS[name], 0, 1))
    index = np.exp(log_index)
    ranks = 1 + np.argsort(np.argsort(-index, axis=0, kind="stable"), axis=0)
    standings = [
        Standing(
            iso3,
            _band(ranks[k], "place", f"Rank among {len(countries)} importers; interval 10 to 90 %."),
            _band(index[k], "index", "Weighted geometric mean, Dirichlet weights, redrawn inputs; 10 to 90 %."),
            float((ranks[k] <= TOP).mean()),
            tuple(name for name in GOALPOSTS if reasons[name][k] is None),
            tuple((name, why) for name in GOALPOSTS if (why := reasons[name][k]) is not None),
        )
        for k, iso3 in enumerate(countries)
    ]  # fmt: skip
    return sorted(standings, key=lambda s: (s.rank.value or 0.0, -(s.index.value or 0.0), s.iso3))


def _buys(worked: Study, iso3: str) -> bool:
    return bool(worked.point.imports[worked.picture.flows.position[iso3]] > 0)


def _dimensions(
    worked: Study, countries: tuple[str, ...], root: np.random.SeedSequence
) -> tuple[dict[str, Draws], dict[str, list[str | None]]]:
    """Draws (countries, draws) of each dimension, and for each country the reason why it is not known, or None."""
    drawn, question = worked.drawn, worked.question
    at = np.array([worked.picture.flows.position[iso3] for iso3 in countries])
    tonnes = (drawn.origins * drawn.imports)[at].astype(np.float64)
    supply = drawn.supply[at]
    clouds = {name: np.zeros((len(countries), question.draws)) for name in GOALPOSTS}
    reasons: dict[str, list[str | None]] = {name: [None] * len(countries) for name in GOALPOSTS}
    clouds["share_of_imports"] = drawn.origins[at].astype(np.float64)
    clouds["share_of_supply"] = tonnes / np.where(supply > 0, supply, np.inf)
    clouds["second_order"] = drawn.through_suppliers[at].astype(np.float64)
    per_kg = commodity(question.item).kcal_per_kg
    for k, iso3 in enumerate(countries):
        if not worked.point.supply[at[k]] > 0 or not worked.picture.harvest_period:
            reasons["share_of_supply"][k] = reasons["second_order"][k] = "Supply cannot be told."
        people = worked.indicators.nearest(iso3, worked.picture.period, "population")
        if per_kg is None:
            reasons["kcal_per_person_day"][k] = NOT_FOOD
        elif people is None or people.value <= 0:
            reasons["kcal_per_person_day"][k] = "The population is not known."
        else:
            clouds["kcal_per_person_day"][k] = tonnes[k] * per_kg * 1000 / people.value / 365
        beyond = wider(iso3, question.origins, worked.indicators, worked.tables.remittances)
        for name, kind in (
            ("remittances_pct_gdp", noise.REMITTANCE),
            ("energy_gj_per_person", noise.ENERGY),
            ("fertiliser_share", noise.FERTILISER),
        ):
            figure: Estimate = getattr(beyond, name)
            if figure.value is None:
                reasons[name][k] = figure.reason
            else:
                clouds[name][k] = _around(figure, noise.stream(root, kind, iso3), question.draws)
    return clouds, reasons


def _around(figure: Estimate, rng: np.random.Generator, draws: int) -> Draws:
    """Lognormal draws with the figure's 90 % interval; a figure of nothing stays nothing."""
    if figure.value is None or figure.interval is None or figure.interval.low <= 0:
        return np.full(draws, figure.value or 0.0)
    low, high = math.log(figure.interval.low), math.log(figure.interval.high)
    normal = rng.standard_normal(draws)
    return np.asarray(np.exp((low + high) / 2 + (high - low) / (2 * 1.645) * normal), dtype=np.float64)


def _filled(
    cloud: Draws, reasons: list[str | None], name: str, countries: tuple[str, ...], root: np.random.SeedSequence
) -> Draws:
    """The cloud with each unknown country's draws taken from known ones."""
    known = np.array([reason is None for reason in reasons])
    pool, filled = np.flatnonzero(known), cloud.copy()
    for k in np.flatnonzero(~known):
        picks = noise.stream(root, noise.OTHER, name, countries[k]).integers(0, len(pool), cloud.shape[1])
        filled[k] = cloud[pool[picks], np.arange(cloud.shape[1])]
    return filled


def _band(draws: npt.NDArray[Any], unit: str, method: str) -> Estimate:
    low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9], method="inverted_cdf")  # a rank is a whole number
    return Estimate(float(middle), unit, Interval(float(low), float(high), BAND), method)
