"""The drill-down: from a country's figure to each partner's flow and the row that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.exposure.error_model import FITTED
from clarion.spillover.engine.exposure.interval import LEVEL, METHOD, Array, central, estimate
from clarion.spillover.engine.exposure.purchases import Draws, Purchases, flow_draws, purchases
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.traits import Traits, traits
from clarion.spillover.engine.trade import Picture, picture
from clarion.vocab import Estimate

Positions = npt.NDArray[np.int64]


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


def partners(question: ExposureQuestion, tables: ExposureTables, seed: int) -> list[Partner]:
    """Suppliers of the question's countries (all importers when none is named), the largest first within a country."""
    found = picture(question.item, question.trade, tables.trade_flows, tables.production, question.period)
    known = traits(found, tables.trade_flows)
    root = np.random.SeedSequence(seed)
    made = purchases(found, known, root, question.draws, FITTED, importers=tuple(_asked(found, question)))
    return suppliers(found, known, made, root, question, tables)


def suppliers(
    found: Picture, known: Traits, made: Purchases, root: np.random.SeedSequence, question: ExposureQuestion,
    tables: ExposureTables,
) -> list[Partner]:  # fmt: skip
    """The suppliers of the question's countries (all when none is named) in a picture with its traits, the largest
    first; none where nothing is bought. ``made`` are its draws under ``root``, of these countries at least."""
    return [row for i in _asked(found, question) for row in _of_country(found, known, i, made, root, question, tables)]


def _asked(found: Picture, question: ExposureQuestion) -> list[int]:
    """Positions of the countries that the question is about."""
    position = found.flows.position
    return [position[iso3] for iso3 in question.countries or found.flows.countries if iso3 in position]


def _of_country(
    found: Picture, known: Traits, i: int, made: Purchases, root: np.random.SeedSequence, question: ExposureQuestion,
    tables: ExposureTables,
) -> list[Partner]:  # fmt: skip
    flows = found.flows
    positions = np.array(flows.bought_by(i), dtype=np.int64)
    positions = positions[np.lexsort((flows.exporter[positions], -flows.tonnes[positions]))]
    parts = _shares(found, known, positions, i, made, root)
    share, tonnes = central(parts), central(parts * made.imports[i])

    def figure(value: float, band: tuple[Array, Array, Array], row: int, unit: str) -> Estimate:
        low, _, high = band
        cited = (tables.trade_flows.cite(flows.rows[positions[row]]),)
        return estimate(value, float(low[row]), float(high[row]), unit, METHOD, cited)

    rows = []
    for row, k in enumerate(positions):
        partner, amount = flows.countries[flows.exporter[k]], float(flows.tonnes[k])
        rows.append(Partner(
            flows.countries[i], found.item, partner,
            figure(amount, tonnes, row, "t/year"), figure(amount / float(flows.imports[i]), share, row, "share"),
            partner in question.origins, flows.reported_by[k], flows.rows[k],
        ))  # fmt: skip
    return rows


def _shares(
    found: Picture, known: Traits, positions: Positions, i: int, made: Purchases, root: np.random.SeedSequence
) -> Draws:
    """Draws of each flow's share of country ``i``'s imports, (positions, draws)."""
    flows = found.flows
    drawn = made.drawn[positions]
    flowing = np.zeros((len(positions), made.whole.shape[1]), np.float32)
    flowing[drawn] = made.flowing[(np.cumsum(made.drawn) - 1)[positions[drawn]]]
    # Those too small for the draws of a country are listed here all the same.
    small = np.zeros(len(flows.tonnes), dtype=bool)
    small[positions[~drawn]] = True
    if small.any():
        few = flows.replaced(np.where(small, flows.tonnes, 0.0))
        _, theirs = flow_draws(found.item, few, known.flows.at(small), root, made.whole.shape[1], FITTED)
        order = {int(k): row for row, k in enumerate(np.flatnonzero(small))}
        flowing[~drawn] = theirs[[order[int(k)] for k in positions[~drawn]]]
    shares: Draws = np.minimum(flowing / made.whole[i], 1)
    return shares
