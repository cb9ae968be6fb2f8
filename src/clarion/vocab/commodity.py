"""What is traded and eaten or burnt or spread on fields, with the codes that each official source uses for it.

The list is data (``data/commodities.toml``): adding a commodity is adding an entry there. Engines read the list and
know no item by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from clarion.errors import UnknownName
from clarion.vocab.commodity_file import Entry, read_entries
from clarion.vocab.phrase import Phrase

FILE = "data/commodities.toml"
NOT_FOOD = Phrase("It is not food.")


@dataclass(frozen=True, slots=True)
class Commodity:
    """Codes are those of FAOSTAT (items and food balance), USDA PSD and the Harmonised System; the file says more.

    ``kind`` is food, fertiliser or fuel. ``fao_items`` maps a traded item to the factor that turns it into this
    commodity (flour into wheat), ``fao_crops`` does the same for production, where it differs.
    ``fao_balance_factor`` turns the food balance's tonnes into this commodity. ``hs`` are whole headings or codes;
    ``hs_factors`` are codes that need a factor, the longest match counting; ``ask`` are the six-digit codes to ask UN
    Comtrade for. ``kcal_per_kg`` is None for what is not food. Fertiliser counts in tonnes of nutrient.
    """

    id: str
    name: str
    kind: str
    fao_items: tuple[tuple[int, float], ...]
    fao_balance: int | None
    psd: str
    hs: tuple[str, ...]
    kcal_per_kg: float | None
    facts_name: str = ""
    fao_crops: tuple[tuple[int, float], ...] = ()
    fao_balance_factor: float = 1.0
    hs_factors: tuple[tuple[str, float], ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def of(self) -> Phrase:
        """The name inside a sentence, "imports of wheat": a genitive where a language has cases."""
        return Phrase(self.name.lower(), context="genitive")

    @property
    def edible(self) -> bool:
        """Whether it is food, so that it has an energy a kilogram."""
        return self.kcal_per_kg is not None


def read_commodities(text: str, where: str = FILE) -> tuple[dict[str, Commodity], dict[str, float]]:
    """Commodities by id and the named factors, from the text of a file such as the shipped one.

    Raises
    ------
    InputError: not TOML, or an entry that breaks the form; with the entry and what to change.
    """
    entries, factors = read_entries(text, where)
    return {entry["id"]: _commodity(entry) for entry in entries}, factors


def _commodity(entry: Entry) -> Commodity:
    factors = entry.get("hs_factors", ())
    hs = tuple(entry.get("hs", ()))
    return Commodity(
        id=entry["id"], name=entry["name"], kind=entry["kind"],
        fao_items=tuple((int(code), factor) for code, factor in entry.get("fao_items", ())),
        fao_balance=entry.get("fao_balance"), psd=entry.get("psd", ""), hs=hs,
        kcal_per_kg=entry.get("kcal_per_kg"), facts_name=entry.get("facts_name", ""),
        fao_crops=tuple((int(code), factor) for code, factor in entry.get("fao_crops", ())),
        fao_balance_factor=entry.get("fao_balance_factor", 1.0), hs_factors=tuple(factors),
        ask=tuple(entry.get("ask", (*hs, *(code for code, _ in factors)))),
    )  # fmt: skip


COMMODITIES, _FACTORS = read_commodities(files("clarion.vocab").joinpath(FILE).read_text(encoding="utf-8"))
FLOUR_TO_WHEAT = _FACTORS["flour_to_wheat"]
MILLED_PER_PADDY = _FACTORS["milled_per_paddy"]


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
