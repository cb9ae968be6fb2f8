"""What each country uses and imports of each nutrient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.vocab import Phrase, Provenance

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

Floats = NDArray[np.float64]
_SYMBOL = {"nitrogen": "N", "phosphate": "P2O5", "potash": "K2O"}
_NAMES = tuple(f"{name}_{symbol}" for name in ("use_per_ha", "net_imports_over_use") for symbol in _SYMBOL.values())


@dataclass(frozen=True)
class FertiliserUse:
    """``per_hectare[nutrient]`` in kg a hectare of cropland and ``imported[nutrient]``, the share of use that imports
    cover (0 to 1), are (countries,), NaN where not known."""

    countries: tuple[str, ...]
    per_hectare: dict[str, Floats]
    imported: dict[str, Floats]
    rows: dict[str, tuple[Provenance, ...]]

    def missing(self, i: int) -> Phrase | None:
        """Why country ``i`` cannot be answered, or None. Nitrogen decides; the others are taken as unused."""
        if np.isfinite(self.per_hectare["nitrogen"][i]):
            return None
        return Phrase("The nitrogen that it uses a hectare is not among the tables loaded.")


def fertiliser_use(tables: Sequence[LoadedTable], countries: tuple[str, ...]) -> FertiliserUse:
    """Read the indicators tables, the latest year of each."""
    indicators = Indicators(tables, _NAMES)
    rows: dict[str, tuple[Provenance, ...]] = dict.fromkeys(countries, ())

    def column(name: str, symbol: str) -> Floats:
        found = np.full(len(countries), np.nan)
        for i, iso3 in enumerate(countries):
            figure = indicators.latest(iso3, f"{name}_{symbol}")
            if figure is not None:
                found[i] = figure.value
                rows[iso3] = (*rows[iso3], figure.provenance)
        return found

    per_hectare = {nutrient: column("use_per_ha", symbol) for nutrient, symbol in _SYMBOL.items()}
    imported = {n: np.clip(column("net_imports_over_use", symbol), 0.0, 1.0) for n, symbol in _SYMBOL.items()}
    return FertiliserUse(countries, per_hectare, imported, rows)
