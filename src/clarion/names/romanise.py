"""Cyrillic, Armenian and Georgian letters to Latin by a named standard.

The tables stand in ``data/romanise_*.csv``, one file a language, one column a system, with the standard named in
``data/systems.csv``. An empty cell takes the column ``any`` unless the row asks for a context; ``-`` is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from clarion.errors import UnknownName
from clarion.names.rules import Rewriter, Rule
from clarion.names.tables import rows

_APOSTROPHES = ("'", "’", "ʼ", "´")


@dataclass(frozen=True, slots=True)
class System:
    """A way to write a language in Latin letters: ``language`` is its two-letter code, ``source`` the standard."""

    id: str
    language: str
    title: str
    source: str
    table: str


SYSTEMS: dict[str, System] = {
    row["system"]: System(row["system"], row["language"], row["title"], row["source"], row["column_of"])
    for row in rows("systems.csv")
}


def romanise(text: str, system: str) -> str:
    """``text`` in Latin letters by ``system``, a key of ``SYSTEMS``; what the table does not know stays as it is.

    Capitals stay capitals: of a letter that becomes several, the first one, or all in a word of capitals.

    Raises
    ------
    UnknownName: no such system.
    """
    rewriter = _rewriter(system)
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is longer would shift the places of the capitals
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    made, last = [], 0
    for start, end, latin in rewriter.matches(small):
        if text[start].isupper():
            beside = text[max(0, start - 1) : start] + text[end : end + 1]
            latin = latin.upper() if any(map(str.isupper, beside)) else latin[:1].upper() + latin[1:]
        made += [text[last:start], latin]
        last = end
    return "".join([*made, text[last:]])


@cache
def _rewriter(system: str) -> Rewriter:
    if system not in SYSTEMS:
        raise UnknownName(
            f"There is no romanisation {system!r}.", next_step=f"Use one of: {', '.join(SYSTEMS)}.", system=system
        )
    return Rewriter(_rules(system))


def _rules(system: str) -> list[Rule]:
    found = []
    for row in rows(SYSTEMS[system].table):
        plain = not row["before"] and not row["after"]
        latin = row[system] or (row["any"] if plain else "")
        spellings = _APOSTROPHES if row["from"] == "'" else (row["from"],)
        found += [Rule(it, "" if latin == "-" else latin, row["before"], row["after"]) for it in spellings if latin]
    return found
