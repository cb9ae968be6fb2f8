"""Bilateral flows as arrays: fast inside, with the source rows kept beside each flow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Flows:
    """Yearly flows between ``n`` countries, one entry a pair, sorted by importer and then exporter.

    ``countries`` are sorted ISO 3166 codes; ``exporter`` and ``importer`` (m,) index them; ``tonnes`` (m,) is positive;
    ``reported_by`` (m,) says whose report stands behind the figure; ``rows`` (m,) are lines of the source file.
    """

    countries: tuple[str, ...]
    exporter: Ints
    importer: Ints
    tonnes: Floats
    reported_by: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]

    @cached_property
    def position(self) -> dict[str, int]:
        """Index of each country."""
        return {iso3: i for i, iso3 in enumerate(self.countries)}

    @cached_property
    def imports(self) -> Floats:
        """Tonnes bought by each country, (n,)."""
        return _sums(self.importer, self.tonnes, len(self.countries))

    @cached_property
    def exports(self) -> Floats:
        """Tonnes sold by each country, (n,)."""
        return _sums(self.exporter, self.tonnes, len(self.countries))

    def dense(self) -> Floats:
        """The (n, n) matrix, exporters in rows, importers in columns."""
        matrix = np.zeros((len(self.countries), len(self.countries)))
        matrix[self.exporter, self.importer] = self.tonnes
        return matrix

    def bought_by(self, country: int) -> range:
        """Positions of the flows into one country; they lie side by side."""
        first, last = np.searchsorted(self.importer, [country, country + 1])
        return range(int(first), int(last))

    def replaced(self, tonnes: Floats) -> Flows:
        """The same pairs with other amounts, those of zero left out."""
        keep = np.flatnonzero(tonnes > 0)
        return Flows(
            self.countries, self.exporter[keep], self.importer[keep], tonnes[keep],
            tuple(self.reported_by[i] for i in keep), tuple(self.rows[i] for i in keep),
        )  # fmt: skip


def _sums(country: Ints, tonnes: Floats, size: int) -> Floats:
    return np.bincount(country, tonnes, size).astype(np.float64)


def flows_from(records: list[dict[str, Any]], extra: frozenset[str] = frozenset()) -> Flows:
    """Build flows from records with exporter_iso3, importer_iso3, amount, reported_by and rows.

    Countries are those of the records and of ``extra``. A flow from a country to itself is not trade and is left out.
    """
    kept = [r for r in records if r["amount"] > 0 and r["exporter_iso3"] != r["importer_iso3"]]
    kept.sort(key=lambda r: (r["importer_iso3"], r["exporter_iso3"]))
    countries = tuple(sorted({r[side] for r in kept for side in ("exporter_iso3", "importer_iso3")} | extra))
    position = {iso3: i for i, iso3 in enumerate(countries)}
    return Flows(
        countries,
        np.array([position[r["exporter_iso3"]] for r in kept], dtype=np.int64),
        np.array([position[r["importer_iso3"]] for r in kept], dtype=np.int64),
        np.array([r["amount"] for r in kept], dtype=np.float64),
        tuple(r["reported_by"] for r in kept),
        tuple(tuple(sorted(row for row in r["rows"] if row is not None)) for r in kept),
    )
