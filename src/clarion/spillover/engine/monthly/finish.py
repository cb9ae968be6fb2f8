"""All chunks into the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.monthly.answer import CountryPaths, ItemPaths, MonthlyAnswer, MonthlyDraws, Path
from clarion.spillover.engine.monthly.chunk import DAYS, LATER, PATHS, TOTALS, MonthlyChunk, run_months
from clarion.spillover.engine.monthly.draws import central_inputs
from clarion.spillover.engine.monthly.methods import MADE_UP, methods, no_price, notes, statement
from clarion.spillover.engine.monthly.money import Ledger, ledger
from clarion.spillover.engine.monthly.next_harvest import change
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.monthly.ranking import probability, ranks
from clarion.spillover.engine.monthly.warned import warned
from clarion.spillover.engine.monthly.waterfall import Central, central, waterfall
from clarion.spillover.engine.people import groups
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.simulation.methods import with_warnings
from clarion.vocab import NOT_FOOD, Estimate, Phrase, Provenance, commodity, tables_cited

Numbers = NDArray[np.floating]
_WORST = 10
_KEPT = ("kcal_lost", "people")
"""The months of every draw that later questions ask for; of the others the answer holds the quantiles."""


def finish(plan: MonthlyPlan, chunks: Sequence[MonthlyChunk]) -> MonthlyAnswer:
    """The answer from every chunk, in order."""
    kept = TOTALS if plan.soil is None else (*TOTALS, LATER)
    draws = MonthlyDraws(
        plan.countries,
        plan.items,
        {name: np.concatenate([chunk.paths[name] for chunk in chunks]) for name in _KEPT},
        {name: np.concatenate([chunk.totals[name] for chunk in chunks]) for name in kept},
    )
    inputs = central_inputs(plan)
    middle = central(plan, inputs, run_months(plan, inputs, flows=True))
    money = ledger(plan.purse, plan.question, plan.seed, plan.year.layers, draws.totals["price"])
    all_of = _Everything(plan, draws, chunks, middle, money)
    unsettled = sum(chunk.unsettled for chunk in chunks)
    said = with_warnings(statement(plan), warned(plan, draws.totals["price"], unsettled))
    return MonthlyAnswer(
        plan.question, plan.seed, plan.baseline, said, plan.steps,
        {item: all_of.price(m) for m, item in enumerate(plan.items)},
        {iso3: all_of.country(i) for i, iso3 in enumerate(plan.countries)},
        all_of.world(), max(c.mass_error for c in chunks), unsettled, methods(plan),
        _provenance(plan), draws,
    )  # fmt: skip


@dataclass
class _Everything:
    """The draws of all chunks, with their quantiles worked out once for all countries."""

    plan: MonthlyPlan
    draws: MonthlyDraws
    chunks: Sequence[MonthlyChunk]
    middle: Central
    money: Ledger

    def __post_init__(self) -> None:
        tail = (1.0 - self.plan.question.level) / 2.0
        self.shares = (tail, 0.1, 0.5, 0.9, 1.0 - tail)
        self.quantiles = {name: self._of_path(name) for name in PATHS}
        self.bans = np.sum([chunk.bans for chunk in self.chunks], axis=0)
        self.ever = np.sum([chunk.ever for chunk in self.chunks], axis=0)
        self.places = ranks(self.draws.totals["kcal_lost_mean"].astype(np.float64))

    def _of_path(self, name: str) -> Numbers:
        """Quantiles of a path, (5, ...), over the draws of all chunks: one item or month at a time, for all at once
        take as much room again as the draws themselves, twice over."""
        parts = [chunk.paths[name] for chunk in self.chunks]
        found = np.empty((len(self.shares), *parts[0].shape[1:]))
        for at in range(found.shape[1]):
            found[:, at] = self._quantiles(np.concatenate([part[:, at] for part in parts]))
        return found

    def _quantiles(self, values: Numbers) -> Numbers:
        found: Numbers = np.quantile(values.astype(np.float64), self.shares, axis=0)
        return found

    def _path(
        self, values: Numbers, unit: str, method: str = "", provenance: tuple[Provenance, ...] = ()
    ) -> Path:  # values: (5, T)
        rows = [tuple(float(x) for x in row) for row in values]
        return Path(unit, rows[0], rows[1], rows[2], rows[3], rows[4], self.plan.question.level, method, provenance)

    def price(self, m: int) -> Path | Estimate:
        if m not in self.plan.priced:
            return Estimate.not_known("ratio", no_price(self.plan.items[m]))
        found = np.expm1(self._quantiles(self.draws.totals["price"][:, m]))
        return self._path(found, "ratio", Phrase("change of the world price against the baseline"))

    def country(self, i: int) -> CountryPaths:
        plan = self.plan
        iso3, known = plan.countries[i], plan.year.nutrition[plan.countries[i]]
        here = [m for m in range(len(plan.items)) if plan.world.present[m, i]]
        missing = tuple(
            Phrase("Nothing is known of {item} here: no trade, harvest or stock is on record.", item=commodity(item).of)
            for m, item in enumerate(plan.items)
            if m not in here
        )
        totals, level = self.draws.totals, plan.question.level
        feeds = any(commodity(item).edible for item in plan.items)
        counted, eaten = feeds and known.get("population") is not None, feeds and not known.missing
        no_population = Phrase("The population is not known.") if feeds else NOT_FOOD
        lacking = Phrase("Not known: {what}.", what=known.missing) if feeds else NOT_FOOD
        people = Phrase("prevalence of undernourishment by the method of the FAO")

        def path(name: str, unit: str, method: str, reason: str, fine: bool) -> Path | Estimate:
            if not fine:
                return Estimate.not_known(unit, reason)
            return self._path(self.quantiles[name][:, :, i], unit, method, known.provenance)

        def total(name: str) -> Estimate:
            if not eaten:
                return Estimate.not_known("person-days", lacking)
            return estimate(totals[name][:, i].astype(np.float64), "person-days", level, people, known.provenance)

        def energy(name: str, method: Phrase, unit: str = "kcal/person/day", times: float = 1.0) -> Estimate:
            if not counted:
                return Estimate.not_known(unit, no_population)
            return estimate(times * totals[name][:, i].astype(np.float64), unit, level, method, known.provenance)

        mean, whole = Phrase("mean over {months} months", months=self.months), DAYS * self.months
        days = total("person_days")
        rank, worst = self._rank(i, counted, no_population)
        return CountryPaths(
            iso3, {plan.items[m]: self._item(m, i) for m in here}, missing,
            path("kcal_before", "kcal/person/day", "", no_population, counted),
            path("kcal_lost", "kcal/person/day", "", no_population, counted),
            energy("kcal_before_mean", mean), energy("kcal_lost_mean", mean),
            energy("kcal_lost_worst", Phrase("the worst month of each draw")),
            energy("kcal_lost_mean", Phrase("sum over {days} days", days=round(whole)), "kcal/person", whole),
            path("people", "persons", people, lacking, eaten),
            total("person_days_before"), days, rank, worst,
            {group: groups.of_group(group, days, iso3, plan.purse.indicators) for group in groups.GROUPS},
            self._next_harvest(i, here), self.money.country(iso3, self._lost_a_year(i)),
        )  # fmt: skip

    def _rank(self, i: int, counted: bool, reason: str) -> tuple[Estimate, Estimate]:
        if not counted:
            return Estimate.not_known("rank", reason), Estimate.not_known("probability", reason)
        mine, level = self.places[:, i], self.plan.question.level
        method = Phrase("by energy lost a person a day, over all months")
        count = int((mine <= _WORST).sum())
        return estimate(mine, "rank", level, method), probability(count, len(mine), level, method)

    def _next_harvest(self, i: int, here: list[int]) -> dict[str, Estimate]:
        plan = self.plan
        if plan.soil is None:
            return {}
        later = self.draws.totals[LATER]
        return {
            plan.items[m]: change(
                plan.soil, plan.items[m], i, later[:, m, i].astype(np.float64), plan.question.level
            )
            for m in here if plan.world.harvest[m, i] > 0.0
        }  # fmt: skip

    @property
    def months(self) -> int:
        """How many months all steps last: a published rule has one step of a year."""
        return len(self.plan.steps) if self.plan.question.behaviour.rule == "monthly" else 12

    def _lost_a_year(self, i: int) -> NDArray[np.float64]:
        """Use lost, (D, K), tonnes a year."""
        return self.draws.totals["lost_total"][:, :, i].astype(np.float64) / (self.months / 12.0)

    def _item(self, m: int, i: int) -> ItemPaths:
        plan, level = self.plan, self.plan.question.level
        layer = plan.year.layers[m]
        rows = layer.rows[layer.countries.index(plan.countries[i])]

        def path(name: str, unit: str) -> Path:
            return self._path(self.quantiles[name][:, m, :, i], unit, provenance=rows)

        def total(name: str) -> Estimate:
            return estimate(self.draws.totals[name][:, m, i].astype(np.float64), "t", level, provenance=rows)

        bans, ever = None, None
        if plan.world.arrays.large[m, i] and plan.question.behaviour.rule == "monthly":
            draws, method = plan.question.draws, Phrase("bans that the scenario brings about, beyond ordinary ones")
            bans = tuple(probability(int(count), draws, level, method) for count in self.bans[m, :, i])
            ever = probability(int(self.ever[m, i]), draws, level, method)
        a_step = "t/month" if plan.question.behaviour.rule == "monthly" else "t/year"
        return ItemPaths(
            path("supply", a_step), path("lost", a_step), path("stocks", "t"), total("supply_total"),
            total("lost_total"), bans, ever, waterfall(plan, self.middle, m, i), notes(plan, m, i),
        )  # fmt: skip

    def world(self) -> dict[str, Path | Estimate]:
        """Totals over all countries; people only of those that can be counted."""
        plan, level, found = self.plan, self.plan.question.level, dict[str, Path | Estimate]()
        totals = self.draws.totals
        for m, item in enumerate(plan.items):
            for name, values in (
                ("harvest_lost", totals["harvest_lost"][:, m]),
                ("supply_lost", totals["supply_total"][:, m].sum(axis=1, dtype=np.float64)),
                ("use_lost", np.maximum(totals["lost_total"][:, m], 0.0).sum(axis=1, dtype=np.float64)),
                (MADE_UP, np.maximum(-totals["swapped_total"][:, m], 0.0).sum(axis=1, dtype=np.float64)),
            ):
                found[f"{item}_{name}"] = estimate(values.astype(np.float64), "t", level)
        counted = sum(not plan.year.nutrition[c].missing for c in plan.countries)
        method = Phrase("{counted} of {total} countries; the others are not known",
                        counted=counted, total=len(plan.countries))  # fmt: skip
        if not any(commodity(item).edible for item in plan.items):
            units = {"people": "persons", "person_days_before": "person-days", "person_days": "person-days"}
            return found | {name: Estimate.not_known(unit, NOT_FOOD) for name, unit in units.items()}
        people = np.asarray(np.nansum(self.draws.paths["people"], axis=2, dtype=np.float64))
        found["people"] = self._path(self._quantiles(people), "persons", method)
        for name in ("person_days_before", "person_days"):
            found[name] = estimate(np.nansum(totals[name], axis=1, dtype=np.float64), "person-days", level, method)
        return found


def _provenance(plan: MonthlyPlan) -> tuple[Provenance, ...]:
    cited = [p for layer in plan.year.layers for rows in layer.rows for p in rows]
    cited += [p for known in plan.year.nutrition.values() for p in known.provenance]
    cited += [p for shares in plan.year.burdens for share in shares for p in share.provenance]
    cited += [p for season in plan.world.seasons for p in season.provenance]
    cited += plan.cited
    return tables_cited(cited)
