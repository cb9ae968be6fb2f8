"""How strongly supply and demand of each staple answer its price, as ranges that studies span.

The elasticities of Roberts and Schlenker (2013) are those of the calories of maize, rice, soya beans and wheat
together; a single grain can be replaced by another, so its own demand answers more. We keep theirs for each grain, for
in a crisis the grains move together, and let the interval say the rest. An oil is one of many near substitutes, hence
the larger figures there.
"""

from __future__ import annotations

from dataclasses import dataclass

from clarion.errors import UnknownName
from clarion.spillover.engine.scenario import Range
from clarion.vocab import Phrase


@dataclass(frozen=True, slots=True)
class Elasticities:
    """Of supply and of demand within a year, both as positive numbers, and where the ranges come from."""

    supply: Range
    demand: Range
    source: Phrase


_GRAINS = Elasticities(
    Range(0.05, 0.09, 0.13), Range(0.03, 0.055, 0.08),
    Phrase("Roberts and Schlenker 2013, American Economic Review 103, 2265-2295"),
)  # fmt: skip
_PALM = Elasticities(
    Range(0.05, 0.10, 0.20), Range(0.20, 0.38, 0.60),
    Phrase(
        "demand: 0.38 (FAPRI 2013, in Agricultural and Food Economics 5, 2017, article 13), with a range of our own; "
        "supply: assumed, a perennial crop answers little within a year"
    ),
)  # fmt: skip
_SUNFLOWER = Elasticities(
    Range(0.05, 0.10, 0.20), Range(0.20, 0.40, 0.80),
    Phrase("assumed like palm oil, wider: a smaller oil among near substitutes (Santeramo 2017, for the ICCT)"),
)  # fmt: skip
ELASTICITIES = dict.fromkeys(("wheat", "maize", "rice", "barley", "soya"), _GRAINS) | {
    "palm-oil": _PALM, "sunflower-oil": _SUNFLOWER,
}  # fmt: skip


def elasticities(item: str) -> Elasticities:
    """The ranges of a commodity.

    Raises
    ------
    UnknownName: with the commodities that have any.
    """
    found = ELASTICITIES.get(item)
    if found is None:
        raise UnknownName(
            Phrase("No elasticity of {item} is at hand.", item=item), where="commodity",
            next_step=Phrase("Choose one of: {names}.", names=tuple(ELASTICITIES)), known=list(ELASTICITIES),
        )  # fmt: skip
    return found
