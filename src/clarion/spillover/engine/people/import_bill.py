"""What dearer food costs a country abroad, and how long its reserves bear it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.exposure.indicators import Figure, Indicators
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.vocab import Estimate, Phrase, Provenance

Floats = NDArray[np.float64]

RESERVES, IMPORTS, GDP = "reserves_months_of_imports", "imports_goods_services_usd_m", "gdp"
NAMES = (RESERVES, IMPORTS, GDP)
OLDEST = 3
"""Reserves that are this many years older than the newest in the tables are called stale."""
POOLED = frozenset({"BEN", "BFA", "CIV", "GNB", "MLI", "NER", "SEN", "TGO", "CAF", "CMR", "COG", "GAB", "GNQ", "TCD"})
"""Members of the West and Central African monetary unions, who hold their reserves together."""
UNUSABLE = frozenset({"AFG", "LBN", "LBY"})
"""Reserves that are frozen, disputed or owed to the country's own banks: gross figures overstate them."""
MILLION = "USD million a year"
USUAL_IMPORTS = Range(0.10, 0.22, 0.75)
"""Imports over GDP where a country's own are not loaded: goods of 55 countries of the reserves table lay between 0.15
and 0.62 in 2019 (90 %; median 0.29; IMF Direction of Trade over World Bank GDP)."""


@dataclass(frozen=True, slots=True)
class ImportBill:
    """``extra`` is the dearer bill less the old one, USD million a year; ``share_of_gdp`` the same over GDP;
    ``reserves`` are months of all imports held; ``months_used`` those of them that the extra bill takes in a year;
    ``flags`` say what a reader must know of the reserves."""

    iso3: str
    extra: Estimate
    share_of_gdp: Estimate
    reserves: Estimate
    months_used: Estimate
    flags: tuple[str, ...]


def extra_bill(
    tonnes: Mapping[str, float], before: Mapping[str, float], ratio: Mapping[str, Floats], volume: Mapping[str, Floats]
) -> Floats:
    """Extra cost of imports, USD a year, (draws,).

    Parameters
    ----------
    tonnes: imports of each commodity before, t a year.
    before: world price of each before, USD a tonne; a commodity without one is left out.
    ratio: price over that before, (draws,).
    volume: imports over those before, (draws,); a commodity without is bought as before.
    """
    priced = [item for item in tonnes if item in before and item in ratio]
    draws = max((len(ratio[item]) for item in priced), default=1)
    found = np.zeros(draws)
    for item in priced:
        kept = volume.get(item, np.ones(draws))
        found = found + tonnes[item] * before[item] * (ratio[item] * kept - 1.0)
    return found


def import_bill(
    iso3: str, extra_usd: Floats | None, indicators: Indicators, uniform: Callable[[str], Floats], level: float = 0.9,
    provenance: tuple[Provenance, ...] = (),
) -> ImportBill:  # fmt: skip
    """Set the extra bill (``extra_bill``; None where no imports are known) against GDP and reserves.

    ``indicators`` hold ``NAMES``; ``uniform`` gives one number a draw for a name, as ``Streams.uniform``;
    ``provenance`` are the rows of trade and price.
    """
    reserves, imports, gdp = (indicators.latest(iso3, name) for name in NAMES)
    flags = _flags(iso3, reserves, indicators)
    held = Estimate.not_known("months", _no_reserves(iso3))
    if reserves is not None:
        held = Estimate(reserves.value, "months", method=Phrase("gross reserves, {year}", year=reserves.period),
                        provenance=(reserves.provenance,))  # fmt: skip
    if extra_usd is None:
        why = Phrase("No imports of these commodities, or no price of them, are loaded.")
        nothing = [Estimate.not_known(unit, why) for unit in (MILLION, "share", "months")]
        return ImportBill(iso3, nothing[0], nothing[1], held, nothing[2], flags)
    million = extra_usd / 1e6
    method = Phrase("imports times the change of world prices and of what is bought")
    extra = estimate(million, MILLION, level, method, provenance)
    share = Estimate.not_known("share", Phrase("No figure for GDP is loaded for this country."))
    if gdp is not None and gdp.value > 0.0:
        share = estimate(million / gdp.value, "share", level, Phrase("of GDP {year}", year=gdp.period),
                         (*provenance, gdp.provenance))  # fmt: skip
    used = _months(million, imports, gdp, uniform(f"imports:{iso3}"), level, provenance)
    return ImportBill(iso3, extra, share, held, used, flags)


def _months(
    million: Floats, imports: Figure | None, gdp: Figure | None, u: Floats, level: float,
    provenance: tuple[Provenance, ...],
) -> Estimate:  # fmt: skip
    """Months of reserves: the bill over what a month's imports cost. A lower bill uses none."""
    bill = np.maximum(million, 0.0)
    if imports is not None and imports.value > 0.0:
        method = Phrase("over a month of all imports, {year}", year=imports.period)
        return estimate(bill / (imports.value / 12.0), "months", level, method, (*provenance, imports.provenance))
    if gdp is None or gdp.value <= 0.0:
        return Estimate.not_known(
            "months", Phrase("What all its imports cost is not loaded: fetch {source}.", source="wb-imports")
        )
    usual = gdp.value * USUAL_IMPORTS.quantiles(u[: len(bill)])
    method = Phrase(
        "over a month of all imports, assumed at {law} of GDP (lowest, most likely, highest): fetch {source} for its"
        " own", law=str(USUAL_IMPORTS), source="wb-imports",
    )  # fmt: skip
    return estimate(bill / (usual / 12.0), "months", level, method, (*provenance, gdp.provenance))


def _no_reserves(iso3: str) -> Phrase:
    if iso3 in POOLED:
        return Phrase("Its reserves are pooled with those of its monetary union.")
    return Phrase("No figure for reserves is loaded for this country.")


def _flags(iso3: str, reserves: Figure | None, indicators: Indicators) -> tuple[str, ...]:
    found: list[str] = []
    if iso3 in POOLED:
        found.append(Phrase("Pooled: the reserves are those of a monetary union."))
    if iso3 in UNUSABLE:
        found.append(Phrase("Not all of it can be used: frozen, disputed or owed at home."))
    if reserves is not None:
        newest = max(figure.year for c in indicators.countries() for figure in indicators.all(c, RESERVES))
        if "STALE" in reserves.note or newest - reserves.year >= OLDEST:
            found.append(Phrase("Stale: the latest figure is of {year}.", year=reserves.period))
    return tuple(found)
