"""What a screening program may say of a value: a word, and the listed entries that hit; no text of the value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from clarion.seal.documents import digest
from clarion.seal.returned import MOST_HITS, REVIEW, SCREENED, WORDS, an_entry

_SHORTEST = 4  # letters in a row of a value that no answer may repeat
_DIGITS = 6


def told(line: str, value: Mapping[str, Any]) -> dict[str, Any] | None:
    """``outcome``, ``hits`` (list and entry of each), and names for both: ``now``, and ``was`` where the program knows
    what it was before. None where the line is nothing that counts, or repeats a text of the value."""
    said = _read(line)
    hits, outcome = said.get("hits", []), said.get("outcome")
    if outcome not in WORDS or not _are_entries(hits):
        return None
    if any(_repeats(text, value) for hit in hits for text in hit):
        return None
    was = said.get("was")
    before = mark(was["outcome"], was["hits"]) if isinstance(was, dict) and _an_answer(was) else ""
    return {"outcome": outcome, "hits": hits, "now": mark(outcome, hits), "was": before}


def unknown() -> dict[str, Any]:
    """A value that a person has to review, for want of an answer that counts."""
    return {"outcome": REVIEW, "hits": [], "now": mark(REVIEW, []), "was": ""}


def mark(outcome: str, hits: list[list[str]]) -> str:
    """One short name for an answer: it is another where the answer is."""
    return digest([outcome, sorted(map(list, hits))])[:22]


def _read(line: str) -> dict[str, Any]:
    if not line.startswith("{"):
        return {"outcome": line}
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _an_answer(was: Mapping[str, Any]) -> bool:
    return isinstance(was.get("outcome"), str) and _are_entries(was.get("hits"))


def _are_entries(hits: Any) -> bool:
    return isinstance(hits, list) and len(hits) <= MOST_HITS and all(an_entry(hit) for hit in hits)


def _repeats(text: str, value: Mapping[str, Any]) -> bool:
    """Whether ``text`` has a word of the value, or a long number of it, in it."""
    said = " ".join(str(part) for name, part in value.items() if name != SCREENED)
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", said) if len(word) >= _SHORTEST}
    numbers = {number for number in re.findall(r"\d+", said) if len(number) >= _DIGITS}
    folded = text.casefold()
    return any(word in folded for word in words) or any(number in text for number in numbers)
