"""One exemption or licence as the table has it, and what may be said of it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

PURPOSES = (
    "ngo_payment", "medical", "food", "evacuation", "media", "civil_society", "education", "personal_remittance",
    "legal_fees", "telecom",
)  # fmt: skip
"""What an officer may pay for."""
ASSET_FREEZE, TRAVEL_BAN = "asset_freeze", "travel_ban"
MEASURES = (ASSET_FREEZE, TRAVEL_BAN, "sectoral", "goods", "services", "finance", "transport")
"""Kinds of measures. ``finance`` are limits on deposits, cash and credit that look at nobody's name."""
STANDINGS = ("offer", "unread", "guidance", "trap")
"""``unread``: known to exist, its text not read. ``guidance`` permits nothing. ``trap``: mistaken for another."""
FRESH_DAYS = 30
"""After so many days without another look at its source nobody knows whether an entry still holds."""


class State(StrEnum):
    """Where an entry stands on a day. Only ``OPEN`` ones may apply."""

    OPEN = "open"
    UNREAD = "unread"
    GUIDANCE = "guidance"
    TRAP = "trap"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``programmes`` are patterns of what lists print (``*`` any letters, ``!`` not these) or of a list's id;
    empty: the rule looks at goods, services or deposits and not at who is listed. A blank date was not found: a blank
    end is not "no end". ``conditions`` are the law's; ``cautions`` say what of the row is still to be checked, to the
    officer and not to whoever reads a letter. ``before``: the authority has to permit each case beforehand. ``own``:
    laid beside by this organisation."""

    id: str
    authority: str
    jurisdiction: str
    instrument: str
    article: str
    regime: str
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    before: bool
    standing: str
    permits: str
    who: str
    conditions: str
    cautions: str
    valid_from: date | None
    valid_until: date | None
    supersedes: tuple[str, ...]
    purposes: tuple[str, ...]
    source: str
    url: str
    checked_on: date
    to_verify: bool
    reviewed_by: str = ""
    reviewed_on: date | None = None
    own: bool = False

    @property
    def title(self) -> str:
        """Instrument and article, as one would cite them."""
        return f"{self.instrument}, {self.article}" if self.article else self.instrument

    def serves(self, purpose: str) -> bool:
        """Whether it is about paying for ``purpose``; guidance is about all, and no purpose leaves all in."""
        return not purpose or purpose in self.purposes or self.standing == "guidance"

    def fresh(self, today: date) -> bool:
        """Whether somebody looked at its source within ``FRESH_DAYS``."""
        return today - self.checked_on <= timedelta(FRESH_DAYS)

    def state(self, today: date, superseded: bool = False) -> State:
        """Where it stands on ``today``; ``superseded`` tells that another entry in force replaces it."""
        if self.standing == "trap":
            return State.TRAP
        if superseded or (self.valid_until is not None and self.valid_until < today):
            return State.ENDED
        if self.standing in ("unread", "guidance"):
            return State(self.standing)
        return State.LATER if self.valid_from is not None and self.valid_from > today else State.OPEN
