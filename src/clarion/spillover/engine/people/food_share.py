"""How much of a lost tonne is missing on plates: the rest was feed, seed, or went into industry.

A country's own share is energy eaten as the item (food balance) over the energy of all of it that the country uses. The
most likely burden is then the share itself (every use is cut alike); the lowest is half of it, for feed and industry
give way first where they can; the highest goes beyond it, for the poorest buyers are often those who eat the grain.

Where the country's own share is not known, a published share of the world's use stands in (of Africa's south of the
Sahara for maize). One country's share can lie nearly anywhere about it, so the law is the widest that keeps the
published share in its middle: half of the draws lie below it, so that a grain which most countries feed to animals is
not counted as eaten for want of a figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from clarion.spillover.engine.scenario import Range
from clarion.vocab import Phrase, Provenance, commodity, place


@dataclass(frozen=True, slots=True)
class FoodShare:
    """Share of a lost tonne that people would have eaten, and on what ground.

    ``burden`` is its law and ``middle`` the share as published, 0 to 1; ``own`` says that it is the country's, and
    ``provenance`` from which rows where they are not among the country's indicators.
    """

    burden: Range
    middle: float
    method: Phrase
    own: bool
    provenance: tuple[Provenance, ...] = ()


_FAO = Phrase("FAO cereal supply and demand balances 2020/21")
# Share of world use that is food, rounded from the source named.
_WORLD: dict[str, tuple[float, Phrase]] = {
    "wheat": (0.69, _FAO),
    "maize": (0.13, Phrase("Erenstein et al. 2022, Food Security 14, 1295-1319: 13 % of world use")),
    "rice": (0.82, _FAO),
    "barley": (0.05, Phrase("FAOSTAT food balances; a staple in parts of North Africa")),
    "soya": (0.20, Phrase("Ritchie 2021, Our World in Data: 7 % eaten, 13 % as oil")),
    "sunflower-oil": (0.90, Phrase("FAOSTAT food balances")),
    "palm-oil": (0.68, Phrase("Ritchie 2021, Our World in Data: 68 % in food")),
}
_MAIZE_SOUTH_OF_SAHARA = (
    0.75,
    Phrase("Erenstein et al. 2022, Food Security 14, 1295-1319; International Institute of Tropical Agriculture"),
)
_NORTH_OF_SAHARA = {"DZA", "EGY", "ESH", "LBY", "MAR", "SDN", "TUN"}
_LEAST, _MOST = 0.5, 1.2
_ONE_SIDED = 1.0 - 0.5**0.5
"""Median of a triangular law from 0 to 1 whose most likely value is 0."""


def food_share(item: str, iso3: str, eaten_kcal: float | None = None, used_kcal: float | None = None) -> FoodShare:
    """The burden of a loss on food.

    Parameters
    ----------
    item: commodity id.
    iso3: country.
    eaten_kcal: energy eaten as this item, kcal a person a day, where known.
    used_kcal: energy of the item's whole use (production + imports - exports) in the same unit.

    What is not food burdens nobody's plate. Raises KeyError for a food without a published share.
    """
    name = commodity(item).of
    if not commodity(item).edible:
        nothing = Phrase("{item}: not food", item=Phrase(commodity(item).name))
        return FoodShare(Range.exactly(0.0), 0.0, nothing, own=True)
    if eaten_kcal is not None and used_kcal is not None and used_kcal > 0:
        share = min(1.0, eaten_kcal / used_kcal)
        known = Range(_LEAST * share, share, min(1.0, _MOST * share))
        method = Phrase(
            "{share:.0%} of {item} use is food: energy eaten (food balance) over energy used", share=share, item=name
        )
        if eaten_kcal > used_kcal:
            # More is eaten than these figures see arrive, as where flour is imported: what is seen is all food.
            more = Phrase(
                "more {item} is eaten than is seen in trade and harvest, so the loss is understated", item=name
            )
            method = Phrase.joined((method, more), "; ")
        return FoodShare(known, share, method, own=True)
    south = item == "maize" and place(iso3).region == "Africa" and iso3 not in _NORTH_OF_SAHARA
    share, source = _MAIZE_SOUTH_OF_SAHARA if south else _WORLD[item]
    if south:
        method = Phrase(
            "Share of the crop eaten: figure of Africa south of the Sahara, about {share:.0%} of {item} ({source})",
            share=share, item=name, source=source,
        )  # fmt: skip
    else:
        method = Phrase(
            "Share of the crop eaten: world figure, about {share:.0%} of {item} ({source})",
            share=share, item=name, source=source,
        )  # fmt: skip
    return FoodShare(widest(share), share, method, own=False)


def widest(median: float) -> Range:
    """The widest triangular law between 0 and 1 with this median, which lies strictly between them."""
    if median < _ONE_SIDED:
        return Range(0.0, 0.0, median / _ONE_SIDED)
    if median > 1.0 - _ONE_SIDED:
        return Range(1.0 - (1.0 - median) / _ONE_SIDED, 1.0, 1.0)
    mode = 2.0 * median * median if median >= 0.5 else 1.0 - 2.0 * (1.0 - median) ** 2
    return Range(0.0, mode, 1.0)
