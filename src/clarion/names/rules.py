"""Rules that rewrite letters in their context.

A rule says: these letters, after one of those, before one of these, become that. Where several fit, the longest source
wins, then the rule that asks for more context, then the earlier one. Rules are kept by first letter, so the time is
linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

VOWELS = frozenset("аеёиоуыэюяіїєәөүұaeiouyäöüëïéèàáíóúâêîôûāēīōūėì")
_APOSTROPHES = frozenset("'’ʼ")  # inside a word they do not end it


@dataclass(frozen=True, slots=True)
class Rule:
    """``source`` becomes ``target`` where the letter before is in ``before`` and the letter after in ``after``.

    Both are sets of letters; ``^`` stands for the beginning of a word, ``$`` for its end, ``V`` for any vowel. An empty
    set asks for nothing.
    """

    source: str
    target: str
    before: str = ""
    after: str = ""


Letters = frozenset[str]
Side = tuple[Letters, bool] | None  # the letters that may stand there, and whether the edge of a word may


class Rewriter:
    """A set of rules, ready to use on texts in small letters; letters without a rule stay."""

    __slots__ = ("_by_letter", "known")

    def __init__(self, rules: Iterable[Rule]) -> None:
        ordered = sorted(rules, key=lambda rule: (-len(rule.source), -bool(rule.before) - bool(rule.after)))
        self.known = frozenset(rule.source for rule in ordered)
        self._by_letter: dict[str, list[tuple[str, int, Side, Side, str]]] = {}
        for rule in ordered:
            entry = (rule.source, len(rule.source), _side(rule.before, "^"), _side(rule.after, "$"), rule.target)
            self._by_letter.setdefault(rule.source[0], []).append(entry)

    def __call__(self, text: str) -> str:
        made, last = [], 0
        for start, end, target in self.matches(text):
            if start != last:
                made.append(text[last:start])
            made.append(target)
            last = end
        return "".join(made) + text[last:]

    def matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where a rule fits: start and end of its source, and its target, from left to right without overlap."""
        place, length, by_letter = 0, len(text), self._by_letter
        while place < length:
            for source, size, before, after, target in by_letter.get(text[place], ()):
                end = place + size
                if (
                    (size == 1 or text.startswith(source, place))
                    and (before is None or _fits(text, place - 1, before))
                    and (after is None or _fits(text, end, after))
                ):
                    yield place, end, target
                    place = end
                    break
            else:
                place += 1


def _side(letters: str, edge: str) -> Side:
    if not letters:
        return None
    named = frozenset(letters.replace(edge, "").replace("V", ""))
    return (named | VOWELS if "V" in letters else named), edge in letters


def _fits(text: str, place: int, side: tuple[Letters, bool]) -> bool:
    letters, edge = side
    if not 0 <= place < len(text):
        return edge
    letter = text[place]
    return letter in letters or (edge and not letter.isalnum() and letter not in _APOSTROPHES)
