"""Several names in one field: lists glue spellings together, with strokes, brackets, other alphabets or nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from clarion.names.letters import LONGEST, repair, script, small
from clarion.names.patronymic import patronymic
from clarion.names.skeleton import skeletons

MOST = 50  # names in one field

_BREAK = re.compile(
    r"[;|]| /|/ |(?<!\w)(?:a\.?k\.?a\b\.?|f\.?k\.?a\b\.?|alias|он же|она же|також відомий|also known as)(?!\w):?",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_LABEL = re.compile(
    r"(?<!\w)(?:in\s+)?(?:Russian|Ukrainian|Belarusian|Arabic|Armenian|Georgian|русск\w*|укр\w*)\s*:", re.IGNORECASE
)
_ASIDE = re.compile(r"\(([^()]*)\)?")
_WORD = re.compile(r"\S+")


def split_names(text: str) -> tuple[str, ...]:
    """The names in one field, in their order: split at strokes, semicolons and "a.k.a.", where the alphabet changes, at
    brackets that hold a whole name, and where a given name and patronymic come a second time.

    A bracket of one word is left beside its name: it is a former surname. Each name is as written, with look-alikes put
    right. At most 50 names, from the first 1,000 characters for each.
    """
    found: dict[str, None] = {}
    for piece in _BREAK.split(_SPACES.sub(" ", text[: LONGEST * MOST]).replace("\n", ";"))[:MOST]:
        for name in _by_alphabet(_LABEL.sub(" ", repair(piece))):
            for single in _by_repetition(name):
                single = single.strip(" ,/–—-:")
                if any(map(str.isalpha, single)):
                    found[single] = None
    return tuple(found)[:MOST]


def _by_alphabet(text: str) -> list[str]:
    """Runs of words of one alphabet; a bracket of two words and more is a name of its own."""
    asides = [
        aside for aside in _ASIDE.findall(text) if len(aside.split()) > 1 and not aside.startswith(("born", "née"))
    ]
    for aside in asides:
        text = text.replace(f"({aside})", " ; ").replace(f"({aside}", " ; ")
    runs: list[list[str]] = []
    last = "none"
    for word in _WORD.findall(text):
        here = script(word)
        if word == ";" or (here != "none" and last not in ("none", here)):
            runs.append([])
            last = "none"
        if word != ";":
            runs = runs or [[]]
            runs[-1].append(word)
            last = here if here != "none" else last
    whole = [" ".join(run) for run in runs]
    return whole + [name for aside in asides for name in _by_alphabet(aside.replace("(", " ").replace(")", " "))]


def _by_repetition(name: str) -> list[str]:
    """``Yuriy Mikhailovich GOTSANYUK Yuriy Mikhailovich GOTSANIUK`` is two names."""
    words = name.split()
    places = [place for place, word in enumerate(words) if place and patronymic(small(word)) is not None]
    starts = [0]
    for first, second in pairwise(places):
        if second - first > 1 and set(skeletons(small(words[first - 1]))) & set(skeletons(small(words[second - 1]))):
            starts.append(second - 1)
    return [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
