"""The shared words: plain, frozen, standard library only.

Every room says what it means in these nouns. A missing noun goes here, not into an engine.
"""

from clarion.vocab.action import Action, ActionStatus
from clarion.vocab.case import Case
from clarion.vocab.commitment import Commitment
from clarion.vocab.commodity import COMMODITIES, NOT_FOOD, Commodity, commodity
from clarion.vocab.estimate import Estimate, Interval
from clarion.vocab.event import Event
from clarion.vocab.indicator import Indicator
from clarion.vocab.letters import UNSEEN, drawn, seen, visible
from clarion.vocab.money import Money
from clarion.vocab.organisation import Organisation
from clarion.vocab.period import Period
from clarion.vocab.person import Person, Sealed
from clarion.vocab.phrase import Phrase
from clarion.vocab.picture import Picture
from clarion.vocab.place import Place, place, places
from clarion.vocab.provenance import Provenance, tables_cited
from clarion.vocab.quantity import Quantity
from clarion.vocab.support import Support

__all__ = [
    "COMMODITIES", "NOT_FOOD", "UNSEEN", "Action", "ActionStatus", "Case", "Commitment", "Commodity", "Estimate",
    "Event", "Indicator", "Interval", "Money", "Organisation", "Period", "Person", "Phrase", "Picture", "Place",
    "Provenance", "Quantity", "Sealed", "Support", "commodity", "drawn", "place", "places", "seen", "tables_cited",
    "visible",
]  # fmt: skip
