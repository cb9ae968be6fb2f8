"""The drill-down: from a country's figure to each partner's flow and the row that it came from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from clarion.spillover.engine.exposure.error_model import FITTED
from clarion.spillover.engine.exposure.interval import LEVEL, estimate
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.traits import FlowTraits, Traits, traits
from clarion.spillover.engine.trade import Picture, picture
from clarion.vocab import Estimate

METHOD = "This one flow under the error model, the others held; 0 where it may lapse."


@dataclass(frozen=True, slots=True)
class Partner:
    """One supplier of one country. ``reported_by`` is exporter, importer, both, reconciled or traced (no direct flow:
    it came through others); ``source_rows`` are lines of the trade source."""

    iso3: str
    item: str
    partner: str
    tonnes: Estimate
    share: Estimate
    is_origin: bool
    reported_by: str
    source_rows: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """Flat and JSON-ready."""
        data: dict[str, Any] = {"iso3": self.iso3, "item": self.item, "partner": self.partner}
        for name, figure in (("tonnes", self.tonnes), ("share", self.share)):
            data[name] = figure.value
            data[f"{name}_interval"] = [figure.interval.low, figure.interval.high] if figure.interval else None
        return data | {
            "interval_level": f"{LEVEL:.0%}", "is_origin": self.is_origin, "reported_by": self.reported_by,
            "source_rows": list(self.source_rows),
            "provenance": [source.to_dict() for source in self.tonnes.provenance],
        }  # fmt: skip


def partners(question: ExposureQuestion, tables: ExposureTables) -> list[Partner]:
    """Suppliers of the question's countries (all importers when none is named), the largest first within a country."""
    found = picture(question.item, question.trade, tables.trade_flows, tables.production, question.period)
    known = traits(found, tables.trade_flows)
    wanted = question.countries or found.flows.countries
    return [row for iso3 in wanted for row in suppliers(found, known, iso3, question.origins, tables)]


def suppliers(
    found: Picture, known: Traits, iso3: str, origins: tuple[str, ...], tables: ExposureTables
) -> list[Partner]:
    """One country's suppliers in a picture with its traits, the largest first; none when it buys nothing."""
    flows = found.flows
    i = flows.position.get(iso3)
    if i is None:
        return []
    ranked = sorted(flows.bought_by(i), key=lambda k: (-flows.tonnes[k], flows.exporter[k]))
    rows = []
    for k in ranked:
        partner = flows.countries[flows.exporter[k]]
        tonnes = float(flows.tonnes[k])
        low, high = _band(known.flows.at(np.array([k])), "both" in flows.reported_by[k])
        others = float(flows.imports[i]) - tonnes
        cited = (tables.trade_flows.cite(flows.rows[k]),)
        share, least, most = (part / (part + others) if part + others > 0 else 0.0 for part in (tonnes, low, high))
        rows.append(Partner(
            iso3, found.item, partner,
            estimate(tonnes, low, high, "t/year", METHOD, cited), estimate(share, least, most, "share", METHOD, cited),
            partner in origins, flows.reported_by[k], flows.rows[k],
        ))  # fmt: skip
    return rows


def _band(of: FlowTraits, both: bool) -> tuple[float, float]:
    """Central 90 % of one flow, which lapses with a chance and is lognormal otherwise."""
    tonnes, lapse = float(of.tonnes[0]), float(FITTED.lapse(of)[0])
    spread = math.hypot(float(FITTED.report(of.tonnes, np.array([both]))[0]), float(FITTED.flow(of)[0]))

    def quantile(q: float) -> float:
        alive = (q - lapse) / (1 - lapse)
        return tonnes * math.exp(spread * NormalDist().inv_cdf(alive)) if alive > 0 else 0.0

    return quantile(0.05), quantile(0.95)
