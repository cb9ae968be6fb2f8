"""All chunks into the answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.cascade import CascadeResult, run
from clarion.spillover.engine.people import CV_ERROR, DES_ERROR
from clarion.spillover.engine.scenario import shocks
from clarion.spillover.engine.simulation.answer import (
    STATEMENT,
    CountryResult,
    Draws,
    ItemResult,
    Partner,
    ScenarioAnswer,
)
from clarion.spillover.engine.simulation.cascades import network
from clarion.spillover.engine.simulation.chunk import Chunk
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.simulation.layer import Layer
from clarion.spillover.engine.simulation.plan import Plan
from clarion.vocab import Estimate, Provenance

Floats = NDArray[np.float64]

_DRAWN = ("supply_lost", "use_lost", "reserves_drawn", "use")
_LEAST_FLOW = 10.0  # tonnes; the trade figures list no smaller flow


def finish(plan: Plan, chunks: list[Chunk]) -> ScenarioAnswer:
    """The answer from every chunk, in order."""
    draws = Draws(
        plan.countries,
        {
            layer.item: {
                figure: plan.spread_out(layer, np.concatenate([getattr(c.outcomes[layer.item], figure) for c in chunks]))
                for figure in _DRAWN
            }
            for layer in plan.layers
        },
        np.concatenate([c.kcal for c in chunks]),
        np.concatenate([c.people for c in chunks]),
    )
    outcomes = [outcome for chunk in chunks for outcome in chunk.outcomes.values()]
    central = {layer.item: _central(plan, layer) for layer in plan.layers}
    return ScenarioAnswer(
        plan.question,
        plan.seed,
        plan.baseline,
        STATEMENT.format(period=plan.question.scenario.period),
        {iso3: _country(plan, draws, central, i) for i, iso3 in enumerate(plan.countries)},
        _world(plan, draws, chunks),
        max(outcome.mass_error for outcome in outcomes),
        sum(outcome.unsettled for outcome in outcomes),
        _methods(plan),
        _provenance(plan),
        draws,
    )


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
    items = {
        layer.item: _item(plan, layer, draws, central[layer.item], i)
        for layer in plan.layers
        if iso3 in layer.countries
    }
    kcal, people = draws.kcal[:, i], draws.people[:, i]
    shares = "; ".join(
        share[layer.countries.index(iso3)].method
        for layer, share in zip(plan.layers, plan.burdens, strict=True)
        if iso3 in layer.countries
    )
    return CountryResult(
        iso3,
        items,
        Estimate.not_known("kcal/person/day", "The population is not known.")
        if np.isnan(kcal).any()
        else estimate(kcal, "kcal/person/day", level, shares, known.provenance),
        Estimate.not_known("persons", f"Not known: {', '.join(known.missing)}.")
        if known.missing
        else estimate(people, "persons", level, "FAO prevalence of undernourishment", known.provenance),
    )


def _item(plan: Plan, layer: Layer, draws: Draws, central: CascadeResult, i: int) -> ItemResult:
    level, found = plan.question.level, draws.items[layer.item]
    position = layer.countries.index(plan.countries[i])
    rows = layer.rows[position]
    lost, use = found["supply_lost"][:, i], found["use"][:, i]
    share = (
        Estimate.not_known("ratio", "No use of it is recorded.")
        if layer.use[position] <= 0.0
        else estimate(np.divide(lost, use, out=np.zeros_like(lost), where=use > 0.0), "ratio", level, provenance=rows)
    )
    return ItemResult(
        estimate(lost, "t/year", level, provenance=rows),
        share,
        estimate(found["reserves_drawn"][:, i], "t/year", level, provenance=rows),
        estimate(found["use_lost"][:, i], "t/year", level, provenance=rows),
        _partners(layer, central, position),
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
            "supply_lost": np.maximum(mine["supply_lost"], 0.0).sum(axis=1),
            "reserves_drawn": mine["reserves_drawn"].sum(axis=1),
            "use_lost": np.maximum(mine["use_lost"], 0.0).sum(axis=1),
            "surplus": np.maximum(-mine["use_lost"], 0.0).sum(axis=1),
        }
        found |= {f"{item}_{name}": estimate(values, "t/year", level) for name, values in totals.items()}
    counted = sum(not plan.nutrition[c].missing for c in plan.countries)
    method = f"{counted} of {len(plan.countries)} countries; the others are not known"
    return found | {"people": estimate(np.nansum(draws.people, axis=1), "persons", level, method)}


def _methods(plan: Plan) -> tuple[str, ...]:
    asked, assumed = plan.question, plan.question.assumptions
    reserve, cut = assumed.reserve_fraction, assumed.consumption_fraction
    trade = "mirrored and balanced" if asked.trade == "corrected" else "as reported"
    texts = [
        f"Values are medians of {asked.draws} draws, intervals their central {asked.level:.0%}. Flows by partner are those"
        " of one central run with every input at its published or most likely value.",
        f"Trade {trade}, between seller and buyer. Cascade rule {asked.rule} (Marchand et al. 2016; Burkholz and Schweitzer"
        " 2019): a country short of supply draws reserves, cuts use a little, cuts exports and asks its suppliers for"
        " more. Countries find no new suppliers and no price decides.",
        "Data error: each flow is multiplied by a lognormal factor whose spread is that of the differences between two"
        f" reports of one flow, by size; harvests by one of {assumed.harvest_spread:.0%}, stocks by one of"
        f" {assumed.stock_spread:.0%}. Year-to-year change of trade is not in the intervals.",
        f"Share of stocks that may be used: {reserve.low:g} to {reserve.high:g}, most likely {reserve.mode:g}; cut of use"
        f" before trade: {cut.low:g} to {cut.high:g}, most likely {cut.mode:g} (triangular).",
        "Energy lost a person a day: use lost x share that is food x energy of a kilogram / population / 365 days. A"
        " surplus of one item does not make up for the lack of another.",
        "People pushed under the requirement: FAO's prevalence of undernourishment, PoU = Phi((ln MDER - mu) / sigma), with"
        " the requirement MDER calibrated to the published PoU, and variation of intake held fixed. Energy supply is of"
        " 2022, PoU of 2021-23, variation of 2020, population of 2020: the vintages differ, and the calibration takes that"
        f" up. Assumed errors: energy supply {DES_ERROR:.0%}, variation {CV_ERROR:.0%}, PoU 20%; a PoU below 2.5% is drawn"
        " evenly below it.",
    ]
    unknown = [layer.item for layer in plan.layers if layer.stocks is None]
    if unknown:
        law = assumed.unknown_stocks
        texts.append(
            f"No stock figures for {', '.join(unknown)}: stocks are assumed to be {law.low:.0%} to {law.high:.0%} of use,"
            f" most likely {law.mode:.0%}."
        )
    return tuple(texts)


def _provenance(plan: Plan) -> tuple[Provenance, ...]:
    """Each table once, without rows."""
    found: dict[tuple[str, str], Provenance] = {}
    cited = [p for layer in plan.layers for rows in layer.rows for p in rows]
    cited += [p for known in plan.nutrition.values() for p in known.provenance]
    for p in cited:
        whole = Provenance(p.source, p.release, p.table, p.licence, p.url, p.sha256, p.retrieved)
        found.setdefault((p.source, p.table), whole)
    return tuple(found.values())
