"""What is traded and eaten, with the codes that each official source uses for it.

Adding a commodity is adding an entry: engines read the list and know no item by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from clarion.errors import UnknownName
from clarion.vocab.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Commodity:
    """Codes are those of FAOSTAT (items and food balance), USDA PSD and the Harmonised System.

    ``fao_items`` maps a traded item to the factor that turns it into this commodity: flour is 1 / 0.72 to 1 / 0.8 of
    wheat (extraction rate), so 1 / 0.76 is used and the spread belongs to the error model. ``fao_crops`` does the same
    for production, where it differs. ``fao_balance_factor`` turns the food balance's tonnes into this commodity. ``hs``
    are whole headings or codes; ``hs_factors`` are codes that need a factor, the longest match counting.
    ``kcal_per_kg`` is FAOSTAT's median over countries (supply utilization accounts 2024, CC BY 4.0).
    """

    id: str
    name: str
    fao_items: tuple[tuple[int, float], ...]
    fao_balance: int | None
    psd: str
    hs: tuple[str, ...]
    kcal_per_kg: float | None
    facts_name: str = ""
    fao_crops: tuple[tuple[int, float], ...] = ()
    fao_balance_factor: float = 1.0
    hs_factors: tuple[tuple[str, float], ...] = ()

    @property
    def of(self) -> Phrase:
        """The name inside a sentence, "imports of wheat": a genitive where a language has cases."""
        return Phrase(self.name.lower(), context="genitive")


FLOUR_TO_WHEAT = 1 / 0.76
MILLED_PER_PADDY = 0.667  # FAO's milling rate

COMMODITIES: dict[str, Commodity] = {
    c.id: c
    for c in (
        Commodity("wheat", "Wheat", ((15, 1.0), (16, FLOUR_TO_WHEAT)), 2511, "0410000", ("1001",), 3270, "Wheat",
                  fao_crops=((15, 1.0),), hs_factors=(("1101", FLOUR_TO_WHEAT),)),
        Commodity("maize", "Maize", ((56, 1.0),), 2514, "0440000", ("1005",), 3480, "Maize"),
        Commodity("barley", "Barley", ((44, 1.0),), 2513, "0430000", ("1003",), 2820),
        # FAO trades rice as milled equivalent (item 30), harvests it as paddy (27) and balances it as paddy (2807).
        Commodity("rice", "Rice", ((30, 1.0),), 2807, "0422110", ("1006",), 3490, "Rice",
                  fao_crops=((27, MILLED_PER_PADDY),), fao_balance_factor=MILLED_PER_PADDY,
                  hs_factors=(("100610", MILLED_PER_PADDY),)),
        Commodity("soya", "Soya beans", ((236, 1.0),), 2555, "2222000", ("1201",), 4060, "Soya beans"),
        Commodity("sunflower-oil", "Sunflower oil", ((268, 1.0),), 2573, "4236000", ("151211", "151219"), 9000),
        Commodity("palm-oil", "Palm oil", ((257, 1.0),), 2577, "4243000", ("151110", "151190"), 8980),
    )
}  # fmt: skip


def commodity(name: str) -> Commodity:
    """Look a commodity up by its id.

    Raises
    ------
    UnknownName: with the list of those that exist.
    """
    found = COMMODITIES.get(name.strip().lower())
    if found is None:
        raise UnknownName(
            Phrase("There is no commodity {name!r}.", name=name),
            where="commodity",
            next_step=Phrase("Choose one of: {names}.", names=tuple(COMMODITIES)),
            known=list(COMMODITIES),
        )
    return found
