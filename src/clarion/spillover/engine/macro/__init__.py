"""What a shock to Russia's economy does to those tied to it: wages sent home, trade, prices; the sign may be either.

``macro`` answers a question; ``basis`` and ``draw_macro`` are its parts for a model that shares its draws.
"""

from clarion.spillover.engine.macro.answer import CountryMacro, MacroAnswer, NotKnown
from clarion.spillover.engine.macro.basis import Basis, basis
from clarion.spillover.engine.macro.draws import MacroDraws, draw_macro
from clarion.spillover.engine.macro.evidence import Episode, episodes
from clarion.spillover.engine.macro.fit import Fit, fit
from clarion.spillover.engine.macro.macro import macro
from clarion.spillover.engine.macro.question import MacroQuestion
from clarion.spillover.engine.macro.receipts import Receipt

__all__ = [
    "Basis", "CountryMacro", "Episode", "Fit", "MacroAnswer", "MacroDraws", "MacroQuestion", "NotKnown", "Receipt",
    "basis", "draw_macro", "episodes", "fit", "macro",
]  # fmt: skip
