"""Prices of spring 2022 as they could be foretold, beside what came, and what cooperation took off."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.spillover.service.tables import SEED, Held, warehouse
from clarion.vocab import Estimate, Phrase

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

    _Tables = tuple[list[LoadedTable], tuple[LoadedTable, LoadedTable], LoadedTable]

DRAWS = 4000
_METHOD = Phrase(
    "shock of unknown length, published elasticities, bans of a hazard fitted before 2022, prices restless as in "
    "earlier crises; median and 80 % interval of {draws} draws",
    draws=DRAWS,
)
_CAME = Phrase("observed: mean of the window over the mean of the twelve months before")
_NAIVE = Phrase("random walk as restless as 2018 to 2021, from the price of February 2022")
_COOPERATION = Phrase(
    "mean price of March 2022 to February 2023 without less with a corridor from August and bans lifted, draw by draw"
)
_UNIT = "share of the mean of the twelve months before"


def lookback(actor: Actor, draws: int = DRAWS, seed: int = SEED) -> dict[str, Any]:
    """Estimates by commodity: ``came``, ``foretold``, ``naive``; and ``cooperation`` by grain, in points.

    Raises
    ------
    NotAllowed, ModelError: as the engine says.
    """
    require(actor, "spillover.view")
    door = warehouse()
    tables = door.all("prices")
    # What was known then, whatever has been loaded since.
    known = door.table("trade_flows", "staple-trade"), door.table("production", "staple-production")
    rows = door.table("restrictions")
    return _worked(draws, seed, Held((tables, known, rows), (*tables, *known, rows)))


# A third of a second of work, and the same for everybody.
@lru_cache(maxsize=4)
def _worked(draws: int, seed: int, held: Held[_Tables]) -> dict[str, Any]:
    from clarion.spillover.engine.bans import inputs, restrictions
    from clarion.spillover.engine.market.black_sea import WINDOW, YEAR, cooperation, eve, forecast
    from clarion.spillover.engine.market.eve import risen_by
    from clarion.spillover.engine.market.hindcast import lowered, rise_estimate, uniforms

    tables, known, restricted = held.tables
    prices, rows = inputs.prices(tables), restrictions(restricted)
    cited = (*(t.cite() for t in tables), *(t.cite() for t in known), restricted.cite())
    uniform = uniforms(seed, draws)
    items = {}
    for item, market in eve(prices, *known, rows).markets.items():
        found = forecast(market, uniform)
        items[item] = {
            "came": Estimate(
                risen_by(item, WINDOW, prices[item]), _UNIT, method=_CAME, provenance=cited[: len(tables)]
            ),
            "foretold": rise_estimate(found.rise, _METHOD, cited),
            "naive": rise_estimate(found.naive, _NAIVE, cited[: len(tables)]),
        }
    years = eve(prices, *known, rows, YEAR).markets
    return {
        "window": list(WINDOW),
        "items": items,
        "cooperation": {item: lowered(*cooperation(years[item], uniform), _COOPERATION) for item in ("wheat", "maize")},
    }


def lookback_data(found: dict[str, Any]) -> dict[str, Any]:
    """The same, JSON-ready."""
    return {
        "window": found["window"],
        "items": {
            item: {name: estimate.to_dict() for name, estimate in kinds.items()}
            for item, kinds in found["items"].items()
        },
        "cooperation": {item: estimate.to_dict() for item, estimate in found["cooperation"].items()},
    }
