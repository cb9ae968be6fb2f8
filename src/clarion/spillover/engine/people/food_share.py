"""How much of a lost tonne is missing on plates: the rest was feed, seed, or went into industry.

For wheat a country's own share is known: energy eaten as wheat (food balance) over the energy of all wheat that it
uses. Elsewhere a published share of world use stands in, wide enough to hold most countries. In both cases the most
likely burden is the share itself (every use is cut alike); the lowest is half of it, for feed and industry give way
first where they can; the highest goes beyond it, for the poorest buyers are often those who eat the grain.
"""

from __future__ import annotations

from dataclasses import dataclass

from clarion.spillover.engine.scenario import Range
from clarion.vocab import Phrase, commodity, place


@dataclass(frozen=True, slots=True)
class FoodShare:
    """Share of a lost tonne that people would have eaten, and on what ground."""

    burden: Range
    method: Phrase


_FAO = Phrase("FAO cereal supply and demand balances 2020/21")
# Share of use that is food: lowest, most likely, highest; rounded from the source named.
_WORLD: dict[str, tuple[Range, Phrase]] = {
    "wheat": (Range(0.55, 0.69, 0.85), _FAO),
    "maize": (Range(0.03, 0.13, 0.40), Phrase("Erenstein et al. 2022, Food Security 14, 1295-1319: 13 % of world use")),
    "rice": (Range(0.70, 0.82, 0.92), _FAO),
    "barley": (Range(0.02, 0.05, 0.30), Phrase("FAOSTAT food balances; a staple in parts of North Africa")),
    "soya": (Range(0.04, 0.20, 0.30), Phrase("Ritchie 2021, Our World in Data: 7 % eaten, 13 % as oil")),
    "sunflower-oil": (Range(0.80, 0.90, 0.97), Phrase("FAOSTAT food balances")),
    "palm-oil": (Range(0.50, 0.68, 0.80), Phrase("Ritchie 2021, Our World in Data: 68 % in food")),
}
_MAIZE_SOUTH_OF_SAHARA = (
    Range(0.55, 0.75, 0.95),
    Phrase("Erenstein et al. 2022, Food Security 14, 1295-1319; International Institute of Tropical Agriculture"),
)
_NORTH_OF_SAHARA = {"DZA", "EGY", "ESH", "LBY", "MAR", "SDN", "TUN"}
_LEAST, _MOST = 0.5, 1.2


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
        return FoodShare(Range.exactly(0.0), Phrase("{item}: not food", item=Phrase(commodity(item).name)))
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
        return FoodShare(known, method)
    south = item == "maize" and place(iso3).region == "Africa" and iso3 not in _NORTH_OF_SAHARA
    world, source = _MAIZE_SOUTH_OF_SAHARA if south else _WORLD[item]
    assumed = Range(_LEAST * world.low, world.mode, world.high)
    method = Phrase(
        "assumed: about {share:.0%} of {item} use is food ({source})", share=world.mode, item=name, source=source
    )
    return FoodShare(assumed, method)
