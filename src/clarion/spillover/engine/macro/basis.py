"""What a question rests on: the fit of past shocks, and each country's receipts, output and trade with Russia."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.spillover.engine.exposure.indicators import Figure, Indicators
from clarion.spillover.engine.macro.evidence import NAMES, episodes
from clarion.spillover.engine.macro.fit import Fit, fit
from clarion.spillover.engine.macro.question import MacroQuestion
from clarion.spillover.engine.macro.receipts import MODELLED, Receipt, receipt
from clarion.vocab import Provenance, tables_cited

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

BELLIGERENTS = ("RUS", "UKR")
"""No past shock of a neighbour speaks for Ukraine, and its modelled receipts from Russia contradict its central bank:
5 % of all remittances in 2021 (World Bank, KNOMAD policy brief 17, 2022)."""
GDP = "gdp"
EXPORTS = "exports_to_russia_usd_m"
TRADE = "trade_share_with_russia"


@dataclass(frozen=True)
class Basis:
    """``countries`` are those asked about; the dictionaries hold those for which a figure is known.

    ``gdp`` is in USD million, ``exports`` to Russia likewise a year, ``trade`` Russia's share of all trade in per cent.
    ``cited`` are the tables behind the fit.
    """

    countries: tuple[str, ...]
    fit: Fit
    receipts: dict[str, Receipt]
    gdp: dict[str, Figure]
    exports: dict[str, Figure]
    trade: dict[str, Figure]
    cited: tuple[Provenance, ...]


def basis(question: MacroQuestion, tables: Sequence[LoadedTable]) -> Basis:
    """Read the indicators tables for a question; evidence after its base year is left out.

    Raises
    ------
    ModelError: too few past shocks up to the base year.
    """
    indicators = Indicators(tables, (*NAMES, MODELLED, GDP, EXPORTS, TRADE))
    past = episodes(indicators, question.base_year)
    known = {c: receipt(c, indicators, question.base_year) for c in indicators.countries() if c not in BELLIGERENTS}
    receipts = {iso3: found for iso3, found in known.items() if found is not None}
    countries = question.countries or tuple(sorted(receipts))
    return Basis(
        countries,
        fit(past),
        {c: receipts[c] for c in countries if c in receipts},
        {c: found for c in countries if (found := indicators.nearest(c, str(question.base_year), GDP))},
        {c: found for c in countries if (found := indicators.nearest(c, str(question.base_year), EXPORTS))},
        {c: found for c in countries if (found := indicators.latest(c, TRADE))},
        tables_cited(e.provenance for e in past),
    )
