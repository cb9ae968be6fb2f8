"""Cells of the Official-Journal tables: several values in one, and names printed with their spelling in another script.

The tables part values by semicolons and quote a value that holds one. Names are parted only where the print itself
does it: by the semicolon, by a printed label (a.k.a., formerly), by brackets or a change of script that set the same
name in a second script beside the first.
"""

from __future__ import annotations

import csv
import re
from itertools import pairwise

from clarion.sources.formats.sanctions.text import main_script, scripts_of

_BRACKETED = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_LABEL = re.compile(
    r"(a\.?k\.?a\.?|f\.?k\.?a\.?|also known as|formerly known as|formerly|previously listed as|formerly listed as"
    r"|née|nee|born|maiden name|alias|original script|in arabic|in cyrillic)[:.]?\s+(\D+)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\s(?:[-–] )?(a\.k\.a\.|f\.k\.a\.|also known as|formerly known as|born|née|nee):? (?=\D+$)", re.IGNORECASE
)
_SPELLED = re.compile(r"\b(?:Russian|Ukrainian|Belarusian|Arabic|Persian|Korean|Chinese|Serbian|Georgian)\s?:\s?")
_BESIDE = re.compile(r"\s*\b(POB|Gender|Nationality)\s?:\s*")
_LISTED_AS = ("formerly listed as", "previously listed as")
_EDGES = " /,;·|"
LONGEST = 1000  # characters of a cell's value that is looked into

Found = tuple[str, str]
"""A name, and the label printed with it: "" for none, ``script`` where it is set beside another in a second script."""


def values(cell: str) -> list[str]:
    """The values of one cell."""
    if not cell.strip():
        return []
    try:
        row = next(csv.reader([cell], delimiter=";", skipinitialspace=True))
    except (csv.Error, StopIteration):
        row = cell.split(";")
    return [value for value in (" ".join(value.split()) for value in row) if value]


def birth(cell: str) -> tuple[str, list[Found]]:
    """The date in a cell of births, and what the print sets behind it, each with its label: ``POB``, ``Gender`` or
    ``Nationality``."""
    first, *more = _BESIDE.split(cell) if len(cell) <= LONGEST else (cell,)
    return first, list(zip(more[1::2], more[::2], strict=True))


def names(value: str) -> list[Found]:
    """The names in one value with their labels, the leading one first.

    ``Sergei AKSENOV (Сергей АКСЁНОВ)`` is two names; ``PJSC Bank (Moscow)`` is one.
    """
    if len(value) > LONGEST:
        return [(value, "")]
    if (spelled := _SPELLED.split(value))[1:]:  # "Russian:" says in which language a name is set beside the others
        return [found for text in spelled if text.strip(_EDGES) for found in names(text.strip(_EDGES))]
    if whole := _LABEL.fullmatch(value):
        return _labelled(whole[1], whole[2])
    if bracketed := _BRACKETED.fullmatch(value):
        before, inside, after = (part.strip() for part in bracketed.groups())
        outside = " ".join(filter(None, (before, after)))
        if inside.lower() in _LISTED_AS:
            return _labelled(inside, outside)
        if outside and (label := _LABEL.fullmatch(inside)):
            return [*names(outside), *_labelled(label[1], label[2])]
        if outside and _apart(outside, inside):
            return [*names(outside), (inside, "script")]
        return [(value, "")]
    if parted := _WITHIN.search(value):
        first, rest = value[: parted.start()], value[parted.end() :]
        run = _runs(rest, fewest=1)
        labelled = _labelled(parted[1], run[0])
        return [*names(first), *labelled, *((text, "script") for text in run[1:])]
    first, *others = _runs(value)
    return [(first, ""), *((text, "script") for text in others)]


def _labelled(label: str, text: str) -> list[Found]:
    return [(text.strip(" ‘’'\""), label)]


def _apart(one: str, other: str) -> bool:
    """Whether both have letters, most of them in another script than the other's."""
    scripts = main_script(one), main_script(other)
    return all(scripts) and scripts[0] != scripts[1]


def _runs(value: str, fewest: int = 2) -> list[str]:
    """The value, parted where it goes over to another script once and for all; whole where scripts are mixed.

    A word in two scripts (a Latin letter in a Russian name) tells nothing. A single foreign word before a name (OOO,
    AO) is a legal form and stays with it. Two names in one script are parted at a stroke or point between blanks, which
    is how the acts set Russian beside Ukrainian.
    """
    words = value.replace("/", " / ").split() if _apart(*value.partition("/")[::2]) else value.split()
    told = [(at, scripts) for at, word in enumerate(words) if (scripts := scripts_of(word)) and "+" not in scripts]
    switch = [at for (_, before), (at, after) in pairwise(told) if before != after]
    if len(switch) == 1:
        first, second = (" ".join(part).strip(_EDGES) for part in (words[: switch[0]], words[switch[0] :]))
        marked = words[switch[0] - 1][-1] in _EDGES
        if marked or min(len(first.split()), len(second.split())) >= fewest:
            return [first, second]
    for stroke in (" / ", " · "):
        parts = [part.strip() for part in value.split(stroke)]
        if len(parts) > 1 and all(scripts_of(part) not in ("", "Latn") for part in parts):
            return parts
    return [value]
