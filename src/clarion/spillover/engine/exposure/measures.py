"""Exposure of every country to the origins, as recorded: the points that the intervals lie around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.trade import Picture

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures by country, (n,); nan where a division has no answer. Definitions are those of ``exposure``."""

    imports: Array
    from_origins: Array
    share: Array
    supply: Array
    share_of_supply: Array
    concentration: Array
    next_flow: npt.NDArray[np.int64]
    next_share: Array
    through_suppliers: Array
    grown_there: Array


def measure(picture: Picture, origins: tuple[str, ...]) -> Measures:
    """Compute all figures; ``share_of_supply`` is not clipped here."""
    flows = picture.flows
    size = len(flows.countries)
    at_origin = np.isin(np.array(flows.countries), origins)
    imports, supply = flows.imports, picture.supply
    from_origins = _sum(flows.importer, flows.tonnes * at_origin[flows.exporter], size)
    share = _ratio(from_origins, imports)
    part = flows.tonnes / imports[flows.importer]

    outside = np.where(at_origin[flows.exporter], 0.0, flows.tonnes)
    next_flow = np.full(size, -1)
    for k in np.argsort(outside, kind="stable"):
        if outside[k] > 0:
            next_flow[flows.importer[k]] = k
    next_share = np.where(next_flow >= 0, part[next_flow] if len(part) else 0.0, 0.0)

    own_dependence = np.nan_to_num(share)[flows.exporter]
    through = _ratio(_sum(flows.importer, outside * own_dependence, size), supply)
    return Measures(
        imports, from_origins, share, supply, _ratio(from_origins, supply),
        np.where(imports > 0, _sum(flows.importer, part**2, size), np.nan),
        next_flow, next_share, np.minimum(through, 1.0), grown_in(picture, at_origin),
    )  # fmt: skip


def grown_in(picture: Picture, at_origin: npt.NDArray[np.bool_]) -> Array:
    """Share of each country's supply that was harvested in the origins, through any chain of suppliers, (n,).

    Solves (P + imports) f = M f + P at the origins, M the imports with importers in rows: the same assumption as the
    re-export correction (what a country sells is mixed as what it has). A country with no supply gets 0.
    """
    bought = picture.direct.dense().T
    available = picture.production + bought.sum(axis=1)
    divisor = np.where(available > 0, available, 1.0)[:, None]
    # Rings of traders without a harvest would make the system singular; a trace of unknown origin settles them at 0.
    system = (1 + 1e-9) * np.eye(len(available)) - bought / divisor
    return np.clip(np.linalg.solve(system, picture.production * at_origin / divisor[:, 0]), 0.0, 1.0)


def _sum(country: npt.NDArray[np.int64], tonnes: Array, size: int) -> Array:
    return np.bincount(country, tonnes, size).astype(np.float64)


def _ratio(over: Array, under: Array) -> Array:
    return np.divide(over, under, out=np.full_like(over, np.nan), where=under > 0)
