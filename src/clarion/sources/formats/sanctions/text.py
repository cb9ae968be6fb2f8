"""Small readings of printed text: blanks, sex, and the scripts of a name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# ISO 15924 by the first word of a letter's Unicode name.
_SCRIPTS = {
    "LATIN": "Latn", "FULLWIDTH": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "ARMENIAN": "Armn", "GEORGIAN": "Geor",
    "HEBREW": "Hebr", "GREEK": "Grek", "CJK": "Hani", "HANGUL": "Hang", "HIRAGANA": "Hira", "KATAKANA": "Kana",
    "BENGALI": "Beng", "DEVANAGARI": "Deva", "THAI": "Thai", "MYANMAR": "Mymr", "KHMER": "Khmr", "ETHIOPIC": "Ethi",
    "TAMIL": "Taml", "GURMUKHI": "Guru", "SINHALA": "Sinh", "THAANA": "Thaa", "SYRIAC": "Syrc", "MONGOLIAN": "Mong",
}  # fmt: skip
_SEXES = {"m": "male", "male": "male", "f": "female", "female": "female"}


def clean(value: object) -> str:
    """The value as text in one line, runs of blanks made one; "" for nothing."""
    return " ".join(str(value).split()) if value is not None else ""


def sex_of(text: str) -> str:
    """``male`` or ``female`` where the text says so, else ""."""
    return _SEXES.get(text.strip().lower(), "")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "Zyyy")


def scripts_of(text: str) -> str:
    """The scripts of a text's letters in alphabetical order, joined by ``+``; "" where it has no letter.

    Two scripts in one name mean a foreign letter that looks like one of its own (a Latin I in a Cyrillic name), or a
    name printed with its translation.
    """
    found = {_script(letter) for letter in text if letter.isalpha()} - {"Zyyy"}
    return "+".join(sorted(found))


def main_script(text: str) -> str:
    """The script of most of a text's letters; "" where it has none."""
    letters = [script for letter in text if letter.isalpha() and (script := _script(letter)) != "Zyyy"]
    return max(sorted(set(letters)), key=letters.count, default="")
