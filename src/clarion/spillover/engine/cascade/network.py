"""Who sells to whom, what each country makes and what it holds: the state that a shock hits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.cascade.inputs import Origin, checked

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
ORIGINS = (Origin("flows"), Origin("production"), Origin("reserves"))
Shape: TypeAlias = tuple[Integers, Integers, Integers, Integers, Integers]


@dataclass(frozen=True, eq=False)
class Network:
    """A trade network of n countries and m links, as compressed sparse rows; one unit throughout, such as kcal a year.

    ``countries`` are n ISO 3166 alpha-3 codes in order. The links of exporter i are ``row_start[i]`` to
    ``row_start[i + 1]``; link k goes to importer ``column[k]`` and carries ``flows[k]`` > 0. ``production`` and
    ``reserves`` have n entries. ``self_trade`` counts the rows of a country with itself that were left out.
    """

    countries: tuple[str, ...]
    row_start: Integers
    column: Integers
    flows: Floats
    production: Floats
    reserves: Floats
    self_trade: int = 0

    @classmethod
    def from_frames(
        cls,
        flows: pl.DataFrame,
        production: pl.DataFrame,
        reserves: pl.DataFrame,
        *,
        origins: tuple[Origin, Origin, Origin] = ORIGINS,
    ) -> Network:
        """Build a network from tables exporter_iso3, importer_iso3, quantity and twice iso3, quantity.

        The countries are all those named in any table, sorted; one without a row makes or holds nothing. Self-trade
        is left out and counted, links of 0 are left out.

        Raises
        ------
        InputError: a table with unknown or missing columns, duplicate keys, codes that are none, or quantities that
            are negative or no numbers; or no country at all. ``origins`` name the tables in the message.
        """
        links = checked(flows, ("exporter_iso3", "importer_iso3"), "quantity", origins[0])
        makes = checked(production, ("iso3",), "quantity", origins[1])
        holds = checked(reserves, ("iso3",), "quantity", origins[2])
        countries = tuple(sorted({*links["exporter_iso3"], *links["importer_iso3"], *makes["iso3"], *holds["iso3"]}))
        if not countries:
            raise InputError("There is no country in the tables.", where="flows, production, reserves",
                             next_step="Give at least one row of flows or production.")  # fmt: skip
        abroad = links.filter(pl.col("exporter_iso3") != pl.col("importer_iso3"))
        real = abroad.filter(pl.col("quantity") > 0)
        exporter = _positions(real["exporter_iso3"], countries)
        importer = _positions(real["importer_iso3"], countries)
        order = np.lexsort((importer, exporter))
        return cls(
            countries,
            _starts(exporter, len(countries)),
            importer[order],
            real["quantity"].to_numpy()[order].astype(np.float64),
            _vector(makes, countries),
            _vector(holds, countries),
            len(links) - len(abroad),
        )

    @cached_property
    def row(self) -> Integers:
        """Exporter of each link."""
        return np.repeat(np.arange(len(self.countries), dtype=np.int64), np.diff(self.row_start))

    @cached_property
    def shape(self) -> Shape:
        """The structure as kernels take it: row_start, row, column, column_start, and links column by column."""
        by_column = np.lexsort((self.row, self.column)).astype(np.int64)
        return self.row_start, self.row, self.column, _starts(self.column, len(self.countries)), by_column

    def by_exporter(self, amounts: Floats) -> Floats:
        """Amounts on links (m) summed for each exporter (n)."""
        return np.bincount(self.row, amounts, len(self.countries)).astype(np.float64)

    def by_importer(self, amounts: Floats) -> Floats:
        """Amounts on links (m) summed for each importer (n)."""
        return np.bincount(self.column, amounts, len(self.countries)).astype(np.float64)

    @property
    def consumption(self) -> Floats:
        """C0 = production + imports - exports; negative where data say that more leaves than there is."""
        return self.production + self.by_importer(self.flows) - self.by_exporter(self.flows)

    def index(self, iso3: str) -> int:
        """Position of a country.

        Raises
        ------
        InputError: it is not in the network.
        """
        try:
            return self.countries.index(iso3)
        except ValueError:
            raise InputError(
                f"{iso3} is not in the trade network.",
                where="country",
                next_step="Choose a country that trades, makes or holds the commodity.",
                iso3=iso3,
            ) from None


def _starts(index: Integers, n: int) -> Integers:
    return np.concatenate(([0], np.cumsum(np.bincount(index, minlength=n)))).astype(np.int64)


def _positions(codes: pl.Series, countries: tuple[str, ...]) -> Integers:
    return codes.cast(pl.Enum(countries)).to_physical().to_numpy().astype(np.int64)


def _vector(table: pl.DataFrame, countries: tuple[str, ...]) -> Floats:
    out = np.zeros(len(countries))
    out[_positions(table["iso3"], countries)] = table["quantity"].to_numpy()
    return out
