"""From a study to one ``Exposure`` a country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.exposure.answer import Exposure
from clarion.spillover.engine.exposure.flags import flags
from clarion.spillover.engine.exposure.interval import METHOD, central, estimate
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.study import Study, Worker, study
from clarion.spillover.engine.exposure.trail import Trails
from clarion.vocab import NOT_FOOD, Estimate, Phrase, commodity

Draws = npt.NDArray[np.float32]

INDIRECT = ("second_order", "grown_in_origins")
LAPSED = 0.05
"""A flow under this part of its mean has lapsed: what is not bought need not be replaced, and covers nothing a
millionfold."""
NO_IMPORTS = Phrase("No imports of this commodity are recorded.")
NO_SUPPLY = Phrase("Recorded exports are as large as production and imports together, so supply cannot be told.")
NO_HARVEST = Phrase("The production table has none of this commodity, so supply cannot be told.")


def exposure(question: ExposureQuestion, tables: ExposureTables, seed: int, work: Worker = study) -> list[Exposure]:
    """Each importer's dependence on the origins, by country code.

    Raises
    ------
    UnknownName, InputError, ModelError: as ``trade.picture``, and for countries that the place table does not know.
    """
    return answers(work(question, tables, seed))


def answers(worked: Study) -> list[Exposure]:
    """The exposures of a study's countries."""
    point, drawn = worked.point, worked.drawn
    supply = np.where(drawn.supply > 0, drawn.supply, np.inf)
    from_origins = drawn.origins * drawn.imports
    spare = _spare(worked)
    clouds = {
        "import_tonnes": (point.imports, drawn.imports),
        "from_origins_tonnes": (point.from_origins, from_origins),
        "share_from_origins": (point.share, drawn.origins),
        "share_of_supply": (np.minimum(point.share_of_supply, 1), np.minimum(from_origins / supply, 1)),
        "concentration": (point.concentration, drawn.concentration),
        "next_supplier_share": (point.next_share, drawn.next_supplier),
        "supplier_gap": (point.share - point.next_share, drawn.origins - drawn.next_supplier),
        "second_order": (point.through_suppliers, drawn.through_suppliers),
        "grown_in_origins": (point.grown_there, drawn.grown_there),
        "spare_cover": (
            np.divide(spare, point.from_origins, out=np.full_like(spare, np.nan), where=point.from_origins > 0),
            spare[:, None] / np.maximum(from_origins, np.maximum(LAPSED * point.from_origins, 1)[:, None]),
        ),
    }
    rows = np.array([i for iso3 in worked.asked() if (i := worked.picture.flows.position.get(iso3)) is not None], int)
    bands = {name: (value, *_central(cloud, rows)) for name, (value, cloud) in clouds.items()}
    trails = Trails(worked)
    return [_answer(worked, iso3, bands, trails) for iso3 in worked.asked()]


def _central(cloud: Draws, rows: npt.NDArray[np.int_]) -> list[npt.NDArray[np.float64]]:
    """``central`` of the rows that are asked for; the others' are left open."""
    bands = [np.full(len(cloud), np.nan) for _ in range(3)]
    for band, found in zip(bands, central(cloud[rows]), strict=True):
        band[rows] = found
    return bands


def _answer(worked: Study, iso3: str, bands: Mapping[str, tuple[npt.NDArray[Any], ...]], trails: Trails) -> Exposure:
    question, picture = worked.question, worked.picture
    i = picture.flows.position.get(iso3)
    through = trails.through(i) if i is not None else ()
    trail = through if i is None or question.trade == "corrected" else trails.own(i)
    recorded = i is not None and worked.point.imports[i] > 0
    no_supply = NO_SUPPLY if picture.harvest_period else NO_HARVEST

    def figure(name: str, unit: str, reason: str = NO_IMPORTS) -> Estimate:
        if i is None or not recorded:
            return Estimate.not_known(unit, NO_IMPORTS)
        value, low, _, high = (float(column[i]) for column in bands[name])
        if not np.isfinite(value):
            return Estimate.not_known(unit, reason)
        return estimate(value, low, high, unit, METHOD, through if name in INDIRECT else trail)

    def of_supply(name: str) -> Estimate:
        return figure(name, "share", no_supply) if picture.harvest_period else Estimate.not_known("share", NO_HARVEST)

    following = int(worked.point.next_flow[i]) if i is not None else -1
    return Exposure(
        iso3=iso3, item=question.item, origins=question.origins, trade=question.trade, period=picture.period,
        import_tonnes=figure("import_tonnes", "t/year"),
        from_origins_tonnes=figure("from_origins_tonnes", "t/year"),
        share_from_origins=figure("share_from_origins", "share"),
        share_of_supply=of_supply("share_of_supply"),
        kcal_per_person_day=_energy(worked, iso3, figure),
        concentration=figure("concentration", "Herfindahl index"),
        next_supplier=picture.flows.countries[picture.flows.exporter[following]] if following >= 0 else None,
        next_supplier_share=figure("next_supplier_share", "share"),
        supplier_gap=figure("supplier_gap", "share"),
        spare_cover=_cover(worked, figure),
        second_order=of_supply("second_order"),
        grown_in_origins=of_supply("grown_in_origins"),
        flags=flags(worked, iso3) if recorded else (),
        provenance=trail,
    )  # fmt: skip


def _spare(worked: Study) -> npt.NDArray[np.float64]:
    """Spare capacity of each country's present suppliers outside the origins, (n,)."""
    flows, spare = worked.picture.flows, worked.spare or {}
    held = np.array([spare.get(iso3, 0.0) for iso3 in flows.countries])
    return np.bincount(flows.importer, held[flows.exporter], len(flows.countries)).astype(np.float64)


def _cover(worked: Study, figure: Callable[[str, str, str], Estimate]) -> Estimate:
    if worked.spare is None:
        return Estimate.not_known("ratio", Phrase("No stocks of this commodity are loaded."))
    found = figure(
        "spare_cover", "ratio", Phrase("Nothing is bought from the origins, so there is nothing to replace.")
    )
    stocks = worked.tables.stocks
    return replace(found, provenance=(*found.provenance, stocks.cite())) if found.known and stocks else found


def _energy(worked: Study, iso3: str, figure: Callable[[str, str], Estimate]) -> Estimate:
    unit = "kcal/person/day"
    people = worked.indicators.nearest(iso3, worked.picture.period, "population")
    per_kg = commodity(worked.question.item).kcal_per_kg
    if per_kg is None:
        return Estimate.not_known(unit, NOT_FOOD)
    if people is None or people.value <= 0:
        return Estimate.not_known(unit, Phrase("The population is not known."))
    tonnes = figure("from_origins_tonnes", "t/year")
    if tonnes.value is None or tonnes.interval is None:
        return Estimate.not_known(unit, tonnes.reason)
    factor = per_kg * 1000 / people.value / 365
    low, high = tonnes.interval.low * factor, tonnes.interval.high * factor
    trail = (*tonnes.provenance, people.provenance)
    return estimate(tonnes.value * factor, low, high, unit, METHOD, trail)
