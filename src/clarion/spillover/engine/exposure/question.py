"""What is asked, and the tables that it is asked of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError, UnknownName
from clarion.spillover.engine.trade import Trade
from clarion.vocab import Period, Phrase, commodity, place

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

RUSSIA_AND_UKRAINE = ("RUS", "UKR")


@dataclass(frozen=True, slots=True)
class ExposureQuestion:
    """How far each importer of ``item`` depends on ``origins``.

    ``trade`` is as reported ("raw") or corrected for re-exports. ``period`` None means the three latest complete years.
    Importers of less than ``minimum_import`` tonnes a year are left out, unless named in ``countries``; when
    ``countries`` is given, only these are answered, those without imports too.
    """

    item: str = "wheat"
    trade: Trade = "raw"
    origins: tuple[str, ...] = RUSSIA_AND_UKRAINE
    period: Period | None = None
    minimum_import: float = 0.0
    countries: tuple[str, ...] = ()
    draws: int = 2000

    def __post_init__(self) -> None:
        object.__setattr__(self, "item", commodity(self.item).id)
        for iso3 in (*self.origins, *self.countries):
            if place(iso3).iso3 != iso3:
                raise InputError(Phrase("{code!r} is not written as a code.", code=iso3), where="country",
                                 next_step=Phrase("Write {code}.", code=place(iso3).iso3))  # fmt: skip
        if not self.origins or len(set(self.origins)) != len(self.origins):
            raise InputError("The origins must be one or more countries, each once.", where="origins",
                             next_step="Name them, for example RUS,UKR.")  # fmt: skip
        if not (math.isfinite(self.minimum_import) and self.minimum_import >= 0):
            raise InputError(Phrase("The smallest import is {tonnes}.", tonnes=self.minimum_import),
                             where="minimum_import", next_step="Give tonnes a year, 0 or more.")  # fmt: skip
        if self.draws < 100:
            raise InputError(Phrase("{draws} draws are too few for an interval.", draws=self.draws), where="draws",
                             next_step="Ask for 100 or more; 2,000 is usual.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExposureTables:
    """Tables in the contracts of ``clarion.tables.registry``, with their provenance.

    ``indicators`` are searched for population, gdp, energy supply, remittances, energy and fertiliser; ``stocks`` tell
    spare export capacity; ``remittances`` (by pair of countries) stand in where the indicators have none.
    """

    trade_flows: LoadedTable
    production: LoadedTable
    indicators: tuple[LoadedTable, ...] = ()
    stocks: LoadedTable | None = None
    remittances: LoadedTable | None = None

    @classmethod
    def from_warehouse(cls, warehouse: Any) -> ExposureTables:
        """The tables that a ``Warehouse`` holds; stocks and remittances may be absent."""

        def held(name: str) -> LoadedTable | None:
            try:
                return warehouse.table(name)  # type: ignore[no-any-return]
            except UnknownName:
                return None

        return cls(
            warehouse.table("trade_flows"), warehouse.table("production"), tuple(warehouse.all("indicators")),
            held("stocks"), held("remittances"),
        )  # fmt: skip
