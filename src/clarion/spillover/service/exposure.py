"""Who depends on Russia and Ukraine: by country, by partner, down to the source row."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
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
        Study,
        Worker,
    )
    from clarion.vocab import Estimate


_one_at_a_time = Lock()


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


def basis(source: str | None = None) -> Held[ExposureTables]:
    """The tables that these answers are read from now; equal while they are the same files."""
    tables = exposure_tables(source)
    return Held(tables, (tables.trade_flows, tables.production, *tables.indicators, tables.stocks, tables.remittances))


def items(source: str | None = None) -> list[str]:
    """Commodities of the trade table, in the vocabulary's order, which begins with wheat."""
    from clarion.vocab import COMMODITIES

    held = set(warehouse().table("trade_flows", source).frame["item"].unique().to_list())
    return [item for item in COMMODITIES if item in held]


# An answer takes about a second and is the same for everybody: the last few are kept while the tables stand.
def _kept(answer: Callable[..., Any], question: ExposureQuestion, source: str | None, iso3: str = "") -> Any:
    held = basis(source)
    return _of_country(answer, question, iso3, held) if iso3 or question.countries else _answer(answer, question, held)


@lru_cache(maxsize=64)
def _answer(answer: Callable[..., Any], question: ExposureQuestion, held: Held[ExposureTables]) -> Any:
    return answer(question, held.tables, SEED, **_by_study(answer, held))


# Small ones, and as many as there are countries for each of the commodities that people ask for.
@lru_cache(maxsize=1024)
def _of_country(
    answer: Callable[..., Any], question: ExposureQuestion, iso3: str, held: Held[ExposureTables]
) -> Any:  # fmt: skip
    asked = (iso3, question) if iso3 else (question,)
    return answer(*asked, held.tables, SEED, **_by_study(answer, held))


def _by_study(answer: Callable[..., Any], held: Held[ExposureTables]) -> dict[str, Worker]:
    """For an answer that is read from a study: take it from the kept ones."""
    from dataclasses import replace

    from clarion.spillover.engine.exposure import partners

    def work(question: ExposureQuestion, _tables: ExposureTables, _seed: int) -> Study:
        with _one_at_a_time:  # of several readers who come at once the first works it, and the others wait for that
            found = _study(replace(question, minimum_import=0.0, countries=()), held)
        return replace(found, question=question)

    return {} if answer is partners else {"work": work}


# Half a second of work and about 25 MB each; one country's page reads one of each commodity.
@lru_cache(maxsize=8)
def _study(question: ExposureQuestion, held: Held[ExposureTables]) -> Study:
    from clarion.spillover.engine.exposure import study

    return study(question, held.tables, SEED)
