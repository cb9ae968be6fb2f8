"""All chunks into the answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.cascade import CascadeResult, run
from clarion.spillover.engine.scenario import shocks
from clarion.spillover.engine.simulation.answer import (
    CountryResult,
    Draws,
    ItemResult,
    Partner,
    ScenarioAnswer,
)
from clarion.spillover.engine.simulation.cascades import network
from clarion.spillover.engine.simulation.chunk import PEOPLE, Chunk
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.simulation.layer import Layer
from clarion.spillover.engine.simulation.methods import methods, statement, unsettled_draws, with_warnings
from clarion.spillover.engine.simulation.plan import Plan
from clarion.vocab import NOT_FOOD, Estimate, Phrase, Provenance, commodity, tables_cited

Floats = NDArray[np.float64]

_DRAWN = ("supply_lost", "reserves_drawn", "use_lost", "use")
_LEAST_FLOW = 10.0  # tonnes; the trade figures list no smaller flow


def finish(plan: Plan, chunks: list[Chunk]) -> ScenarioAnswer:
    """The answer from every chunk, in order."""
    draws = Draws(
        plan.countries,
        {layer.item: _joined(plan, layer, chunks) for layer in plan.layers},
        {figure: np.concatenate([chunk.people[figure] for chunk in chunks]) for figure in PEOPLE},
    )
    outcomes = [outcome for chunk in chunks for outcome in chunk.outcomes.values()]
    central = {layer.item: _central(plan, layer) for layer in plan.layers}
    unsettled = sum(outcome.unsettled for outcome in outcomes)
    return ScenarioAnswer(
        plan.question,
        plan.seed,
        plan.baseline,
        with_warnings(statement(plan), unsettled_draws(unsettled, plan.question.draws)),
        {iso3: _country(plan, draws, central, i) for i, iso3 in enumerate(plan.countries)},
        _world(plan, draws, chunks),
        max(outcome.mass_error for outcome in outcomes),
        unsettled,
        methods(plan),
        _provenance(plan),
        draws,
    )


def _joined(plan: Plan, layer: Layer, chunks: list[Chunk]) -> dict[str, Floats]:
    outcomes = [chunk.outcomes[layer.item] for chunk in chunks]
    return {
        figure: plan.spread_out(layer, np.concatenate([getattr(outcome, figure) for outcome in outcomes]))
        for figure in _DRAWN
    }


def _central(plan: Plan, layer: Layer) -> CascadeResult:
    """The run with every input at its published or most likely value."""
    assumed, shock = plan.question.assumptions, shocks(plan.question.scenario)[layer.item]
    stocks = layer.use * assumed.unknown_stocks.mode if layer.stocks is None else layer.stocks
    return run(
        network(layer, layer.tonnes, layer.production, stocks),
        np.array([shock.loss.get(iso3, 0.0) for iso3 in layer.countries]),
        rule=plan.question.rule,
        reserve_fraction=assumed.reserve_fraction.mode,
        consumption_fraction=assumed.consumption_fraction.mode,
        keep=shock.keep(layer.links),
    )


def _country(plan: Plan, draws: Draws, central: dict[str, CascadeResult], i: int) -> CountryResult:
    iso3 = plan.countries[i]
    level, known = plan.question.level, plan.nutrition[iso3]
    here = [(layer, layer.countries.index(iso3)) for layer in plan.layers if iso3 in layer.countries]
    items = {layer.item: _item(plan, layer, draws, central[layer.item], i, at) for layer, at in here}
    shares = {layer.item: found for layer, found in zip(plan.layers, plan.burdens, strict=True)}
    feeds = any(commodity(layer.item).edible for layer, _ in here)
    eaten = [shares[layer.item][at] for layer, at in here]
    burden = Phrase.joined(tuple(share.method for share in eaten), "; ")
    rows = (*known.provenance, *(p for share in eaten for p in share.provenance))

    def kcal(figure: str) -> Estimate:
        if not feeds:
            return Estimate.not_known("kcal/person/day", NOT_FOOD)
        if known.get("population") is None:
            return Estimate.not_known("kcal/person/day", Phrase("The population is not known."))
        return estimate(draws.people[figure][:, i], "kcal/person/day", level, burden, rows)

    def people(figure: str) -> Estimate:
        if not feeds:
            return Estimate.not_known("persons", NOT_FOOD)
        if known.missing:
            return Estimate.not_known("persons", Phrase("Not known: {what}.", what=known.missing))
        method = Phrase("prevalence of undernourishment by the method of the FAO")
        return estimate(draws.people[figure][:, i], "persons", level, method, known.provenance)

    return CountryResult(
        iso3,
        items,
        kcal("kcal_before_response"),
        people("people_before_response"),
        kcal("kcal_lost"),
        people("people"),
    )


def _item(plan: Plan, layer: Layer, draws: Draws, central: CascadeResult, i: int, at: int) -> ItemResult:
    found = draws.items[layer.item]
    use = found["use"][:, i]

    def amount(figure: str) -> Estimate:
        return estimate(found[figure][:, i], "t/year", plan.question.level, provenance=layer.rows[at])

    def share(figure: str) -> Estimate:
        if layer.use[at] <= 0.0:
            return Estimate.not_known("ratio", Phrase("No use of this commodity is on record."))
        ratio = np.divide(found[figure][:, i], use, out=np.zeros_like(use), where=use > 0.0)
        # At most all of it: what goes missing beyond that would have been sold on.
        return estimate(np.minimum(ratio, 1.0), "ratio", plan.question.level, provenance=layer.rows[at])

    return ItemResult(
        amount("supply_lost"),
        share("supply_lost"),
        amount("reserves_drawn"),
        amount("use_lost"),
        share("use_lost"),
        _partners(layer, central, at),
    )


def _partners(layer: Layer, central: CascadeResult, importer: int) -> tuple[Partner, ...]:
    """Suppliers whose flow changes, the largest loss first."""
    links = np.flatnonzero(layer.importer == importer)
    change = central.flows[links] - layer.tonnes[links]
    order = [k for k in np.argsort(change) if abs(change[k]) >= _LEAST_FLOW]
    return tuple(
        Partner(
            layer.countries[layer.exporter[links[k]]], float(layer.tonnes[links[k]]), float(central.flows[links[k]])
        )
        for k in order
    )


def _world(plan: Plan, draws: Draws, chunks: list[Chunk]) -> dict[str, Estimate]:
    """Totals. A sum over countries counts losses only: a surplus at a closed port feeds nobody elsewhere."""
    level = plan.question.level
    found: dict[str, Estimate] = {}
    for layer in plan.layers:
        item, mine = layer.item, draws.items[layer.item]
        outcomes = [chunk.outcomes[item] for chunk in chunks]
        totals = {
            "production_lost": np.concatenate([o.production_lost for o in outcomes]),
            "exports_withheld": np.concatenate([o.withheld for o in outcomes]),
            "supply_lost": mine["supply_lost"].sum(axis=1),
            "reserves_drawn": mine["reserves_drawn"].sum(axis=1),
            "use_lost": np.maximum(mine["use_lost"], 0.0).sum(axis=1),
            "surplus": np.maximum(-mine["use_lost"], 0.0).sum(axis=1),
        }
        found |= {f"{item}_{name}": estimate(values, "t/year", level) for name, values in totals.items()}
    counted = sum(not plan.nutrition[c].missing for c in plan.countries)
    method = Phrase("{counted} of {total} countries; the others are not known",
                    counted=counted, total=len(plan.countries))  # fmt: skip
    feeds = any(commodity(layer.item).edible for layer in plan.layers)
    for figure in ("people_before_response", "people"):
        if not feeds:
            found[figure] = Estimate.not_known("persons", NOT_FOOD)
            continue
        found[figure] = estimate(np.nansum(draws.people[figure], axis=1), "persons", level, method)
    return found


def _provenance(plan: Plan) -> tuple[Provenance, ...]:
    cited = [p for layer in plan.layers for rows in layer.rows for p in rows]
    cited += [p for known in plan.nutrition.values() for p in known.provenance]
    cited += [p for shares in plan.burdens for share in shares for p in share.provenance]
    return tables_cited(cited)
