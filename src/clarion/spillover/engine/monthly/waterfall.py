"""A country's loss by partner, in the central draw: from what the shock takes to what is missing in the end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.monthly.arrays import Inputs, Outcome
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.monthly.season_kernel import fertilised_short

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Tonnes over all months, with every input at its published or most likely value and without a ban.

    ``parts`` are what each supplier no longer sends, the country itself standing for its own harvest; they sum to
    ``total``, the supply lost before anybody responds. Of that, ``bought`` comes from suppliers newly found, ``eased``
    is what stocks, cut exports and dearer use by others give back (negative where responses make it worse),
    ``replaced`` is made up by other staples, and ``lost`` is missing in the end: total = bought + eased + replaced +
    lost.
    """

    parts: tuple[tuple[str, float], ...]
    total: float
    bought: float
    eased: float
    replaced: float
    lost: float

    def to_dict(self) -> dict[str, Any]:
        parts = [{"iso3": iso3, "tonnes": tonnes} for iso3, tonnes in self.parts]
        return {"parts": parts} | {n: getattr(self, n) for n in ("total", "bought", "eased", "replaced", "lost")}


@dataclass(frozen=True)
class Central:
    """The central draw: ``by_link`` (M,) and ``at_home`` (K, N) are tonnes missing before anybody responds, ``bought``
    (K, N) tonnes from new suppliers, ``replaced`` and ``lost`` (K, N) tonnes."""

    by_link: Floats
    at_home: Floats
    bought: Floats
    replaced: Floats
    lost: Floats


def central(plan: MonthlyPlan, inputs: Inputs, found: Outcome) -> Central:
    """Read the one draw of ``found``, which was run with its flows kept."""
    world, start = plan.world.arrays, plan.switches.start
    months, items, n = plan.question.months, len(plan.items), len(plan.countries)
    flows, keep = inputs.flows[0], inputs.keep[0]
    calendar = (start + np.arange(months)) % 12
    active = np.clip(inputs.duration[0] - np.arange(months), 0.0, 1.0)
    hungry = np.array([fertilised_short(t, inputs.lead[0], inputs.scarce[0]) for t in range(months)])
    by_link, at_home, bought = np.zeros(len(flows)), np.zeros((items, n)), np.zeros((items, n))
    for m in range(items):
        mine = slice(int(world.first[m]), int(world.first[m + 1]))
        exporter, importer = world.exporter[mine], world.importer[mine]
        exports, imports = (np.bincount(side, flows[mine], n) for side in (exporter, importer))
        harvest = np.maximum(inputs.harvest[0, m], exports - imports)
        ripe = harvest * world.season[m][:, calendar].T
        failed = ripe * inputs.loss[0, m] * active[:, None]
        failed += (ripe - failed) * inputs.later[0, m] * hungry[:, None]
        year = np.array([failed[max(0, t - 11) : t + 1].sum(axis=0) for t in range(months)])
        heap = np.maximum(harvest + imports, exports)
        share = np.minimum(1.0, np.divide(year, heap, out=np.zeros_like(year), where=heap > 0.0))
        passing = (1.0 - active[:, None] * (1.0 - keep[mine])) * (1.0 - share[:, exporter])
        by_link[mine] = (flows[mine] * world.pace[m][exporter][:, calendar].T * (1.0 - passing)).sum(axis=0)
        at_home[m] = share.sum(axis=0) * found.use[0, m] / 12.0
        new = slice(int(world.c_first[m]), int(world.c_first[m + 1]))
        bought[m] = np.bincount(world.c_importer[new], found.bought[0, :, new].sum(axis=0), n)
    lost = found.lost[0].sum(axis=1)
    return Central(by_link, at_home, bought, np.maximum(-found.swapped[0], 0.0).sum(axis=0), lost)


def waterfall(plan: MonthlyPlan, middle: Central, m: int, i: int) -> Waterfall:
    """One item and country; suppliers in order of what they no longer send."""
    world = plan.world.arrays
    mine = np.arange(world.first[m], world.first[m + 1])
    links = mine[world.importer[mine] == i]
    parts = [(plan.countries[world.exporter[k]], float(middle.by_link[k])) for k in links if middle.by_link[k] > 0.0]
    if middle.at_home[m, i] > 0.0:
        parts.append((plan.countries[i], float(middle.at_home[m, i])))
    parts.sort(key=lambda part: (-part[1], part[0]))
    total = math.fsum(tonnes for _, tonnes in parts)
    bought, replaced, lost = (float(a[m, i]) for a in (middle.bought, middle.replaced, middle.lost))
    return Waterfall(tuple(parts), total, bought, total - bought - replaced - lost, replaced, lost)
