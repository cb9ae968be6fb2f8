"""Who depends on Russia and Ukraine: by country, by partner, down to the source row."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.spillover.service.tables import SEED, Held, exposure_tables, warehouse

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import (
        CountryProfile,
        Exposure,
        ExposureQuestion,
        ExposureTables,
        Partner,
        Standing,
    )
    from clarion.vocab import Estimate


def exposures(actor: Actor, question: ExposureQuestion, source: str | None = None) -> list[Exposure]:
    """Every importer's exposure, the highest share first.

    Raises
    ------
    NotAllowed, UnknownName, InputError, ModelError: as the engine says.
    """
    from clarion.spillover.engine.exposure import exposure

    require(actor, "spillover.view")
    found: list[Exposure] = _kept(exposure, question, source)
    return sorted(found, key=lambda e: (-(e.share_from_origins.value or 0.0), -(e.import_tonnes.value or 0.0), e.iso3))


def counts_above(actor: Actor, question: ExposureQuestion, source: str | None = None) -> dict[float, Estimate]:
    """How many importers take at least 30 and 50 % from the origins."""
    from clarion.spillover.engine.exposure import counts

    require(actor, "spillover.view")
    found: dict[float, Estimate] = _kept(counts, question, source)
    return found


def standings(actor: Actor, question: ExposureQuestion, source: str | None = None) -> list[Standing]:
    """The composite index: a rank with its interval for every importer."""
    from clarion.spillover.engine.exposure import composite

    require(actor, "spillover.view")
    found: list[Standing] = _kept(composite, question, source)
    return found


def profile(actor: Actor, iso3: str, question: ExposureQuestion, source: str | None = None) -> CountryProfile:
    """One country: every commodity and partner, beyond food, and what is not known."""
    from clarion.spillover.engine.exposure import country_profile
    from clarion.vocab import place

    require(actor, "spillover.view")
    found: CountryProfile = _kept(country_profile, question, source, place(iso3).iso3)
    return found


def suppliers(actor: Actor, iso3: str, question: ExposureQuestion, source: str | None = None) -> list[Partner]:
    """One country's suppliers of the question's item, the largest first, each with its source rows."""
    from dataclasses import replace

    from clarion.spillover.engine.exposure import partners
    from clarion.vocab import place

    require(actor, "spillover.view")
    found: list[Partner] = _kept(partners, replace(question, countries=(place(iso3).iso3,)), source)
    return found


def items(source: str | None = None) -> list[str]:
    """Commodities of the trade table, in the vocabulary's order, which begins with wheat."""
    from clarion.vocab import COMMODITIES

    held = set(warehouse().table("trade_flows", source).frame["item"].unique().to_list())
    return [item for item in COMMODITIES if item in held]


# An answer takes about a second and is the same for everybody: the last few are kept while the tables stand.
def _kept(answer: Callable[..., Any], question: ExposureQuestion, source: str | None, iso3: str = "") -> Any:
    tables = exposure_tables(source)
    files = (tables.trade_flows, tables.production, *tables.indicators, tables.stocks, tables.remittances)
    return _answer(answer, question, iso3, Held(tables, files))


@lru_cache(maxsize=64)
def _answer(answer: Callable[..., Any], question: ExposureQuestion, iso3: str, held: Held[ExposureTables]) -> Any:
    return answer(iso3, question, held.tables, SEED) if iso3 else answer(question, held.tables, SEED)
