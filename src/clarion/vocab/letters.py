"""Letters that cannot be seen, or look like others, and may do harm where a text is shown or kept."""

from __future__ import annotations

import re
import unicodedata

# PostgreSQL keeps no NUL and no encoding a lone surrogate; control characters command a terminal; marks of direction
# would let a text rearrange the line that it stands in; letters of no width make two texts differ that look the same.
# Line end and tab are let through, and the joiners (U+200C, U+200D), without which some languages cannot be written.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """``text`` with such letters written as ``\\u001b``."""
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def seen(text: str) -> str:
    """``text`` without such letters."""
    return UNSEEN.sub("", text)


# Letters of other scripts that are drawn as a Latin one in most fonts, by that letter.
_DRAWN_ALIKE = {
    "a": "аαАΑ", "b": "ЬВΒ", "c": "сϲС", "d": "ԁ", "e": "еЕΕ", "h": "һНΗհ", "i": "іιІΙ", "j": "јЈ", "k": "кκКΚ",
    "m": "мМΜ", "n": "Νո", "o": "оοОΟօ", "p": "рρРΡ", "q": "ԛգ", "s": "ѕЅ", "t": "тτТΤ", "u": "υսՍ", "v": "νѵ",
    "w": "ԝѡ", "x": "хχХΧ", "y": "уУΥγ", "z": "Ζ",
}  # fmt: skip
_LATIN = {ord(other): latin for latin, others in _DRAWN_ALIKE.items() for other in others}


def drawn(text: str) -> str:
    """What ``text`` looks like, for comparing names: two that a reader takes for each other become the same text.

    Letter by letter, those only that are drawn alike in common fonts (after the idea of the skeleton in Unicode
    Technical Standard 39, whose table is far larger). Not for comparing capitals: a Cyrillic one may look Latin where
    the small one does not.
    """
    return unicodedata.normalize("NFKC", text).translate(_LATIN).casefold().translate(_LATIN)
