"""What a run by month says of a country's next harvest, its bill for imports and its money from Russia."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.locale import gettext, say
from clarion.spillover.service.results import estimate, said
from clarion.spillover.service.words import commodity_name
from clarion.vocab import Estimate, Phrase

if TYPE_CHECKING:
    from clarion.spillover.service.monthly.results import CountryDetail

Row = tuple[str, Estimate, str, int]
"""What a figure is, the figure, its kind (number or share) and digits."""


@dataclass(frozen=True)
class CountryPurse:
    """The kept answer of one country; one kept before these figures were told has none."""

    detail: CountryDetail

    def harvests(self, language: str) -> list[tuple[str, Estimate]]:
        """Change of the next harvest by commodity; none where the scenario has no fertiliser."""
        found = self.detail.data.get("next_harvest", {})
        return [(commodity_name(item, language), self._read(figure)) for item, figure in found.items()]

    def figures(self, language: str) -> list[Row]:
        """The import bill against GDP and reserves, and money from Russia."""
        money = self.detail.data.get("money")
        if not money:
            return []
        bill, sent = money["import_bill"], money["remittances"]
        rows = (
            (gettext("Imports cost more by, USD million a year", language), bill["extra"], "number", 0),
            (gettext("The same, share of output", language), bill["share_of_gdp"], "share", 1),
            (gettext("Reserves, months of all imports", language), bill["reserves"], "number", 1),
            (gettext("Months of reserves that the dearer imports take", language), bill["months_used"], "number", 2),
            (gettext("Money from Russia in the year before, USD million", language), sent["received"], "number", 0),
            (gettext("Its change, USD million a year", language), sent["change"], "number", 0),
            (gettext("The same, share of output", language), sent["share_of_gdp"], "share", 1),
            (gettext("Chance that it grows", language), sent["increase"], "share", 0),
        )
        return [(label, self._read(figure), kind, digits) for label, figure, kind, digits in rows]

    def flags(self, language: str) -> list[str]:
        """What a reader must know of the reserves, and which commodities have no price."""
        money = self.detail.data.get("money")
        if not money:
            return []
        bill = money["import_bill"]
        told = [say(said(text, self.detail.phrases), language) for text in bill["flags"]]
        left = tuple(commodity_name(item, language) for item in bill["without_a_price"])
        return told + (
            [say(Phrase("Without a price, and not in the bill: {names}.", names=left), language)] if left else []
        )

    def _read(self, figure: dict[str, Any]) -> Estimate:
        return estimate(figure, self.detail.phrases)
