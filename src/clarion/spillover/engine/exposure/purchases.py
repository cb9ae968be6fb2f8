"""Draws of what importers buy: how much in all, from whom, and from whom never before. Arrays are float32.

The exposures and the list of suppliers both read these draws, so that a country with one supplier in the origins has
one interval for it, wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.exposure import noise
from clarion.spillover.engine.exposure.error_model import ErrorModel
from clarion.spillover.engine.exposure.traits import FlowTraits, Traits
from clarion.spillover.engine.trade import Flows, Picture

Draws = npt.NDArray[np.floating[Any]]

NEGLIGIBLE = 1e-3
"""Flows under this share of their importer's imports are left out of the draws: they cannot move its figures."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """``flows`` are those drawn, ``drawn`` (m,) tells which of the picture; ``flowing`` (flows, draws), tonnes before
    they are scaled to ``imports`` (n, draws), tonnes. A flow's share of imports is ``flowing / whole``, of ``whole``
    (n, draws) the part ``newcomers`` comes from suppliers not seen before; ``luck`` (n, draws), uniform, says who."""

    flows: Flows
    drawn: npt.NDArray[np.bool_]
    flowing: Draws
    imports: Draws
    whole: Draws
    newcomers: Draws
    luck: Draws


def purchases(
    picture: Picture, traits: Traits, root: np.random.SeedSequence, draws: int, model: ErrorModel, *,
    importers: tuple[int, ...] | None = None, reporting: bool = True,
) -> Purchases:  # fmt: skip
    """Draw the purchases of all countries, or of ``importers`` (positions; the others then buy nothing).

    A country's draws do not depend on who else is drawn. ``reporting`` False leaves out the error of reports.
    """
    everything = picture.flows
    size = len(everything.countries)
    drawn = everything.tonnes >= NEGLIGIBLE * everything.imports[everything.importer]
    if importers is not None:
        drawn &= np.isin(everything.importer, importers)
    flows = everything.replaced(np.where(drawn, everything.tonnes, 0.0))
    reported, flowing = flow_draws(picture.item, flows, traits.flows.at(drawn), root, draws, model, reporting)

    left_out = np.divide(everything.imports, flows.imports, out=np.ones(size), where=flows.imports > 0)
    seen = by_importer(flows, reported) * left_out.astype(np.float32)[:, None]
    wander = noise.normals(root, noise.IMPORTER, picture.item, flows.countries, draws)
    spread = model.total(traits.importers).astype(np.float32)[:, None]
    rise = np.minimum(spread, np.float32(model.total_rise))
    imports = seen * np.exp(wander * np.where(wander > 0, rise, spread))

    bought = by_importer(flows, flowing)
    new, luck = _new_suppliers(picture, root, draws, model)
    # ``new`` is a share of all imports; where every known supplier lapsed, newcomers are all there is.
    whole = np.where(bought > 0, bought / (1 - new), 1)
    return Purchases(flows, drawn, flowing, imports, whole, np.where(bought > 0, new, 1), luck)


def flow_draws(
    item: str, flows: Flows, traits: FlowTraits, root: np.random.SeedSequence, draws: int, model: ErrorModel,
    reporting: bool = True,
) -> tuple[Draws, Draws]:  # fmt: skip
    """Flows with the error of reports, and the same in another year: both (m, draws)."""
    tonnes = flows.tonnes
    both = np.array(["both" in side or " and " in side for side in flows.reported_by], dtype=bool)
    misreport = model.report(tonnes, both) * reporting
    lapse, spread = model.lapse(traits), model.flow(traits)
    common = noise.normals(root, noise.EXPORTER, item, flows.countries, draws)
    own, shared = np.float32(np.sqrt(1 - model.exporter_part)), np.float32(np.sqrt(model.exporter_part))

    reported = np.empty((len(tonnes), draws), np.float32)
    flowing = np.empty_like(reported)
    for k, amount in enumerate(tonnes.astype(np.float32)):
        exporter, importer = flows.exporter[k], flows.importer[k]
        rng = noise.stream(root, noise.FLOW, item, flows.countries[exporter], flows.countries[importer])
        alive = rng.random(draws, dtype=np.float32) >= lapse[k]
        reported[k] = amount * np.exp(rng.standard_normal(draws, dtype=np.float32) * np.float32(misreport[k]))
        year = own * rng.standard_normal(draws, dtype=np.float32) + shared * common[exporter]
        flowing[k] = reported[k] * alive * np.exp(year * np.float32(spread[k]))
    return reported, flowing


def by_importer(flows: Flows, values: Draws, together: np.ufunc = np.add) -> Draws:
    """Sum (m, draws), or take the largest, over the flows into each country: (n, draws). Flows lie sorted by importer;
    where there are none, 0."""
    total = np.zeros((len(flows.countries), values.shape[1]), np.float32)
    if len(values):
        buyers, starts = np.unique(flows.importer, return_index=True)
        total[buyers] = together.reduceat(values, starts, axis=0)
    return total


def _new_suppliers(
    picture: Picture, root: np.random.SeedSequence, draws: int, model: ErrorModel
) -> tuple[Draws, Draws]:
    """Share of imports from suppliers not seen before, and a uniform number that says who they are: (n, draws)."""
    countries = picture.flows.countries
    share = np.zeros((len(countries), draws), np.float32)
    luck = np.zeros_like(share)
    for i, iso3 in enumerate(countries):
        rng = noise.stream(root, noise.SUPPLIER, picture.item, iso3)
        share[i] = np.minimum(rng.beta(*model.new_supplier, draws), 0.99)
        share[i][share[i] < NEGLIGIBLE] = 0.0
        luck[i] = rng.random(draws)
    return share, luck
