"""A country's exposure through one commodity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clarion.spillover.engine.exposure.interval import LEVEL
from clarion.spillover.engine.exposure.question import RUSSIA_AND_UKRAINE
from clarion.vocab import Estimate, Phrase, Provenance


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that a reader must know before using a figure."""

    code: str
    text: Phrase


@dataclass(frozen=True, slots=True)
class Exposure:
    """How far a country depends on the origins for one commodity. Every figure carries a 90 % interval.

    import_tonnes: all imports. from_origins_tonnes: those from the origins. share_from_origins: the second over the
    first, 0 to 1. share_of_supply: the second over production + imports - exports, clipped at 1 (a flag says so).
    kcal_per_person_day: energy in what the origins send, for each inhabitant. concentration: Herfindahl index of
    suppliers, 0 to 1. next_supplier_share: share of imports from ``next_supplier``, the largest outside the origins.
    supplier_gap: share_from_origins - next_supplier_share; 1 means that nobody else sells, below 0 that somebody
    already sells more. spare_cover: spare export capacity of today's other suppliers (stocks of net exporters beyond
    two months of their own use) over what the origins send; below 1 they could not replace it even if nobody else bid.
    second_order: share of supply bought from other suppliers, each weighted by its own share_from_origins (an upper
    reading: such suppliers have restricted exports before). grown_in_origins: share of supply harvested in the
    origins, through any chain of suppliers (the lower, physical reading).
    """

    iso3: str
    item: str
    origins: tuple[str, ...]
    trade: str
    period: str
    import_tonnes: Estimate
    from_origins_tonnes: Estimate
    share_from_origins: Estimate
    share_of_supply: Estimate
    kcal_per_person_day: Estimate
    concentration: Estimate
    next_supplier: str | None
    next_supplier_share: Estimate
    supplier_gap: Estimate
    spare_cover: Estimate
    second_order: Estimate
    grown_in_origins: Estimate
    flags: tuple[Flag, ...]
    provenance: tuple[Provenance, ...]

    @property
    def figures(self) -> dict[str, Estimate]:
        """The estimates by the name that they have in JSON; the share is named after its origins."""
        found = {name: getattr(self, name) for name in self.__slots__}
        found = {name: value for name, value in found.items() if isinstance(value, Estimate)}
        return {share_name(self.origins) if name == "share_from_origins" else name: value
                for name, value in found.items()}  # fmt: skip

    @property
    def kcal_through_suppliers(self) -> float:
        """Energy a person a day that comes through other suppliers, as ``second_order`` counts it; 0 where not known.
        It is there to set commodities in an order, not to be quoted."""
        supply, through = self.share_of_supply.value, self.second_order.value
        return (self.kcal_per_person_day.value or 0.0) * through / supply if supply and through else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Flat and JSON-ready: each figure ``x`` with ``x_interval`` ([low, high], 90 %) beside it.

        What is not known is null, with ``x_reason``.
        """
        data: dict[str, Any] = {
            "iso3": self.iso3, "item": self.item, "origins": list(self.origins), "trade": self.trade,
            "period": self.period, "next_supplier": self.next_supplier, "interval_level": f"{LEVEL:.0%}",
        }  # fmt: skip
        for name, value in self.figures.items():
            data[name] = value.value
            data[f"{name}_interval"] = [value.interval.low, value.interval.high] if value.interval else None
            if value.reason:
                data[f"{name}_reason"] = value.reason
        data["units"] = {name: value.unit for name, value in self.figures.items()}
        data["flags"] = [{"code": flag.code, "text": flag.text} for flag in self.flags]
        data["provenance"] = [source.to_dict() for source in self.provenance]
        return data


def share_name(origins: tuple[str, ...]) -> str:
    """``share_rus_ukr`` for Russia and Ukraine, likewise for others."""
    codes = origins if origins == RUSSIA_AND_UKRAINE else tuple(sorted(origins))
    return "share_" + "_".join(code.lower() for code in codes)
