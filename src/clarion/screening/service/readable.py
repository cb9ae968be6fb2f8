"""What a field of a name holds beside one name: more people than one, a firm among people, or what cannot be read.

Nobody is clear by a name of which a part was passed over. So names that stand in one field are asked for one by one
too, what looks like a firm is asked for as a firm too, and what stays clear but cannot be read whole is not screened.
"""

from __future__ import annotations

import re
import unicodedata

from clarion.screening.engine.crafts import IMO, craft_of
from clarion.screening.service.kinds import ORGANISATION

MOST_WORDS = 8
"""Words of a name that the engine compares (``alignment.MOST_PARTS``)."""
MOST_NAMES = 6
_BETWEEN = re.compile(
    r"\s*[;|&+]\s*|\s*(?<!\b\w)/(?!\w\b)\s*"
    r"|(?:^|\s+)(?:и|или|та|або|за|для|через|and|or|und|oder|for|aka|a/k/a|alias|AND|OR|ИЛИ|AKA|A/K/A|он же|она же)\s+"
)
_INITIAL = re.compile(r"(?<!\w)\w\.")
# U+02BC counts as a letter: were it on both sides of the bracket, a line of them would be read in 2^n ways.
_WORD = re.compile(r"[^\W\d_ʼ]+(?:['’ʼ`´][^\W\d_ʼ]+)*")
# What no person's name has: figures, signs, pictures. Marks over letters and all that stands between names are fine.
_SIGN = re.compile(r"[\d_]|[^\w\s.,'’‘ʼʹʺ`´\"“”„‚«»‹›()\[\]/|;:&*!?·\-‐-―\u0300-\u036f\u0483-\u0487\u0591-\u06ed]")
_LETTERS = re.compile(
    r"[A-Za-z\u00c0-\u058f\u10a0-\u10ff\u1c90-\u1cbf\u1e00-\u1fff\u2d00-\u2d2f\uff21-\uff5a\U0001d400-\U0001d7ff'’ʼ`´]+"
)
# What Windows-1251 and Windows-1252 make of the bytes from 80 to 9F, where UTF-8 has the second half of a letter. What
# they have from A0 on, as in «СІРІУС», stands behind a Р in such a text, and never behind a С.
_GARBLED = re.compile(
    r"\ufffd|(?:[ÐÑ][\u0080-\u00bf\u02c6\u02dc\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u2013-\u2122]){2}"
    r"|(?:Р[\u0080-\u00bfЂЃѓЉЊЌЋЏђљњќћџЎўЈЁЄІіЇїёєјЅѕҐґ№\u2013-\u2122]|С[\u0080-\u009fЂЃѓЉЊЌЋЏђљњќћџ\u2013-\u2122]){2}"
    r"|[À-ÿ]{4,}"
)
"""UTF-8 read as Latin or Windows-1251, Windows-1251 read as Latin, and the sign for what could not be read."""


def garbled(text: str) -> bool:
    """Whether a text was read in another encoding than it was written in: Ð˜Ð²Ð°Ð½, РРІР°РЅ, Èâàí."""
    return not text.isascii() and bool(_GARBLED.search(text))


def read_whole(name: str, kind: str) -> bool:
    """Whether every part of a name of this kind can be compared with listed names."""
    name = name if name.isascii() else unicodedata.normalize("NFC", name)
    if (rest := _ship(name)) is not None:
        if not rest:  # a number alone is compared as one
            return True
        name, kind = rest, ORGANISATION  # ships have figures in their names
    words = _WORD.findall(name)
    if garbled(name) or (not name.isascii() and _foreign(words)):
        return False
    if kind == "person":
        single = sum(len(word) == 1 for word in words)
        return not (_SIGN.search(name) or len(words) > MOST_WORDS or single > 4 or len(_pieces(name)) > MOST_NAMES)
    return len(words) <= MOST_WORDS or _told_apart(name)


def several(name: str) -> list[str]:
    """The names that stand in one field, of several people or of one with more behind it; none where it is a name."""
    name = name if (rest := _ship(name)) is None else rest
    more = [head for head in before_address(name) if len(_WORD.findall(head)) > 1]
    found = _pieces(name)
    return list(dict.fromkeys([*(found[:MOST_NAMES] if found != [name] else []), *more]))


def before_address(name: str) -> list[str]:
    """What stands before a comma, behind which an address, a purpose or a legal form may be."""
    head = name.partition(",")[0].strip()
    return [head] if head != name and any(len(word) > 1 for word in _WORD.findall(head)) else []


def _ship(name: str) -> str | None:
    """The name of a ship without its number; None where no number of a ship stands in it."""
    craft = craft_of(name)
    return craft.name if craft and any(one.kind == IMO and one.sound for one in craft.numbers) else None


def _pieces(name: str) -> list[str]:
    found = [one.strip() for one in _BETWEEN.split(name)]
    commas = [one.strip() for one in name.split(",")]
    if len(found) == 1 and len(commas) > 1 and all(map(_full, commas)):
        found = commas
    return [one for one in found if any(len(word) > 1 for word in _WORD.findall(one))]


def _full(name: str) -> bool:
    """A surname with initials, or three words: what stands on one side of a comma and is a name of its own."""
    words = _WORD.findall(name)
    return len(words) > 2 or (len(words) > 1 and bool(_INITIAL.search(name)))


def _foreign(words: list[str]) -> bool:
    """Whether letters that are not compared make the name: fewer than two words are in others."""
    read = sum(bool(_LETTERS.fullmatch(word)) for word in words)
    return read < len(words) and read < 2


def _told_apart(name: str) -> bool:
    """Whether all words that tell an organisation apart are among those that are compared."""
    from clarion.screening.engine.alignment import CORE
    from clarion.screening.engine.words import organisation_parts

    return all(role != CORE for _, role in organisation_parts(name)[MOST_WORDS:])
