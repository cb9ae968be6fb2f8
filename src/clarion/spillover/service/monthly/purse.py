"""What a run by month says of a country's next harvest, its bill for imports and its money from Russia, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.locale import gettext, say
from clarion.spillover.service.words import commodity_name
from clarion.vocab import Estimate, Phrase

if TYPE_CHECKING:
    from clarion.spillover.service.monthly.results import CountryMonths

Row = tuple[str, Estimate, str, int]
"""What a figure is, the figure, its kind (number or share) and digits."""


def harvest_rows(country: CountryMonths, language: str) -> list[tuple[str, Estimate]]:
    """Change of the next harvest by commodity; none where the scenario has no fertiliser."""
    return [(commodity_name(item, language), change) for item, change in country.next_harvest.items()]


def money_rows(country: CountryMonths, language: str) -> list[Row]:
    """The import bill against GDP and reserves, and money from Russia."""
    bill, sent = country.bill, country.remittances
    return [
        (gettext("Imports cost more by, USD million a year", language), bill["extra"], "number", 0),
        (gettext("The same, share of output", language), bill["share_of_gdp"], "share", 1),
        (gettext("Reserves, months of all imports", language), bill["reserves"], "number", 1),
        (gettext("Months of reserves that the dearer imports take", language), bill["months_used"], "number", 2),
        (gettext("Money from Russia in the year before, USD million", language), sent["received"], "number", 0),
        (gettext("Its change, USD million a year", language), sent["change"], "number", 0),
        (gettext("The same, share of output", language), sent["share_of_gdp"], "share", 1),
        (gettext("Chance that it grows", language), sent["increase"], "share", 0),
    ]


def money_flags(country: CountryMonths, language: str) -> list[str]:
    """What a reader must know of the reserves, and which commodities have no price."""
    left = tuple(commodity_name(item, language) for item in country.unpriced)
    unpriced = (Phrase("Without a price, and not in the bill: {names}.", names=left),) if left else ()
    return [say(text, language) for text in (*country.flags, *unpriced)]
