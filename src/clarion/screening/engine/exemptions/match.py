"""Which entries may fit a listing: of its own authority, programme and kind of measure, and for the purpose.

A match is a hint to somebody who reads the text, never a permission. An exemption of one authority says nothing of the
measures of another: those of the Security Council do not reach the European Union's own lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from functools import cache

from clarion.screening.engine.exemptions.entry import ASSET_FREEZE, TRAVEL_BAN, Entry, State
from clarion.screening.engine.exemptions.table import Table

_AUTHORITIES = {
    "ofac": "US", "us": "US", "eu": "EU", "uk": "UK", "un": "UN", "ch": "CH", "ca": "CA", "au": "AU", "no": "NO",
    "li": "LI",
}  # fmt: skip
_PRINTED = {
    ASSET_FREEZE: r"freez|asset|block", TRAVEL_BAN: r"travel|visa|admission|entry (?:ban|into)|transit",
    "goods": r"export|import|goods|dual", "services": r"services? ban|trust services|professional services",
    "transport": r"transport|port entry|\bship|vessel|aircraft|airport",
    "sectoral": r"financial restriction|capital market|debt|equity|invest|directive|sectoral|transaction|director",
}  # fmt: skip
# Lists that print no measure, because all of those on them are under the same.
_UNPRINTED = {
    "ofac-sdn": ASSET_FREEZE, "ofac-consolidated": "sectoral", "eu-fsf": ASSET_FREEZE, "uk-conlist": ASSET_FREEZE,
    "un-consolidated": ASSET_FREEZE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry of the table that matched, where it stands, and by which one it was replaced."""

    entry: Entry
    state: State
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the table has for a listing. ``jurisdiction`` is that of the list, empty where it is none that is known;
    ``kinds`` are the kinds of its measures, empty where the list does not tell. ``open`` may apply; ``unread`` may
    once somebody has read them; ``ended`` did, ``later`` will; ``rules`` are those of the same authority that look at
    goods, services or deposits, whoever is listed; ``guidance`` permits nothing and explains."""

    jurisdiction: str
    kinds: tuple[str, ...]
    open: tuple[Fit, ...] = ()
    unread: tuple[Fit, ...] = ()
    ended: tuple[Fit, ...] = ()
    later: tuple[Fit, ...] = ()
    rules: tuple[Fit, ...] = ()
    guidance: tuple[Fit, ...] = ()

    @property
    def travel_only(self) -> bool:
        """Whether a ban on travel is all that the listing carries."""
        return self.kinds == (TRAVEL_BAN,)


def jurisdiction_of(source: str) -> str:
    """Whose list it is, by how its id begins; empty where that tells nothing."""
    return _AUTHORITIES.get(source.partition("-")[0].casefold(), "")


def kinds_of(source: str, measures: Iterable[str]) -> tuple[str, ...]:
    """The kinds of measures that a list prints; where it prints none, what all of its entries are under."""
    texts = [text.casefold() for text in measures]
    found = tuple(kind for kind, words in _PRINTED.items() if any(re.search(words, text) for text in texts))
    if source in _UNPRINTED:  # what OFAC prints are dates and directives, beside the measure of the list itself
        return tuple(dict.fromkeys((_UNPRINTED[source], *found)))
    return found


def match(
    table: Table, source: str, programmes: Iterable[str], measures: Iterable[str] = (), purpose: str = ""
) -> Found:  # fmt: skip
    """What the table has for a listing on ``source`` under these programmes and measures, as the list prints them."""
    where, kinds = jurisdiction_of(source), kinds_of(source, measures)
    fits: dict[State, list[Fit]] = {state: [] for state in State}
    rules = []
    labels = (*programmes, source)
    for entry in table.entries:
        if entry.jurisdiction != where or not entry.serves(purpose):
            continue
        state = table.state(entry)
        fit = Fit(entry, state, table.replaced.get(entry.id, ""))
        if not entry.programmes:
            if state in (State.OPEN, State.UNREAD):
                rules.append(fit)
        elif _covers(entry, labels) and (not kinds or not entry.measures or set(kinds) & set(entry.measures)):
            fits[state].append(fit)
    return Found(
        where, kinds, tuple(fits[State.OPEN]), tuple(fits[State.UNREAD]), tuple(fits[State.ENDED]),
        tuple(fits[State.LATER]), tuple(rules), tuple(fits[State.GUIDANCE]),
    )  # fmt: skip


def _covers(entry: Entry, labels: Iterable[str]) -> bool:
    """Whether one label is among the programmes and not among those that are taken out; a list's id only by name."""
    wanted = [one for one in entry.programmes if not one.startswith("!")]
    barred = [one[1:] for one in entry.programmes if one.startswith("!")]
    *printed, source = labels
    if wanted == ["*"] and not barred:
        return True
    named = [one for one in wanted if one.casefold() == source.casefold()]
    return bool(named) or any(
        any(_fits(one, label) for one in wanted) and not any(_fits(one, label) for one in barred) for label in printed
    )


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(translate(text.casefold()))


def _fits(pattern: str, label: str) -> bool:
    return bool(_pattern(pattern).match(label.casefold()))
