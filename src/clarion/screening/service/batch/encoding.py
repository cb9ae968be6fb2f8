"""Whether bytes that were read as Windows-1251 are that, and not the text of another eight-bit encoding."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]*[\u0080-\uffff][^\W\d_]*")
_LETTERS = re.compile(r"[А-яЁёІіЇїЄєҐґЎў]")
_COMMON = re.compile(r"[оаеинтсрвлк]", re.IGNORECASE)
"""The letters of which two thirds of Cyrillic names are made."""
_QUOTES = set("«»“”„‘’–—…№\xa0•°")
_OTHERS = ("koi8-r", "iso8859-5")
MARGIN = 0.1


def russian(text: str) -> bool:
    """Whether letters beyond ASCII make words as Cyrillic does.

    KOI8-R and ISO 8859-5 turn capitals and small letters about, and common letters into rare ones; CP866 and Mac
    Cyrillic put signs among letters; Western encodings have single such letters within Latin words.
    """
    high = [letter for letter in text if letter > "\x7f" and letter not in _QUOTES]
    letters = "".join(_LETTERS.findall("".join(high)))
    if len(letters) < 0.9 * len(high):
        return False
    words = [word for word in _WORD.findall(text) if _LETTERS.search(word)]
    turned = sum(not (word.islower() or word.isupper() or word.istitle()) for word in words)
    mixed = sum(bool(re.search(r"[A-Za-z]", word)) for word in words)
    if 2 * turned > len(words) or 2 * mixed > len(words):
        return False
    raw, most = letters.encode("cp1251", "ignore"), _common(letters) + MARGIN
    return len(letters) < 8 or all(_common(raw.decode(other, "ignore")) <= most for other in _OTHERS)


def _common(text: str) -> float:
    return len(_COMMON.findall(text)) / max(1, len(text))
