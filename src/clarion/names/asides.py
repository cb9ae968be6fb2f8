"""What stands around a name in a payment order and is no part of it: for whom, where, which paper, born when.

``для Шойгу Сергея, г. Москва, паспорт 4509 123456``: the words of ``data/words.csv`` of the kinds ``lead`` (before a
name), ``tail`` (nothing behind it is a name) and ``place`` (at the end) are left out, as long as a name remains.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clarion.names.letters import small
from clarion.names.tables import rows

EDGES = "\"'«»“”„‚‘’`.,:-_[]{}<>?!"
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_YEAR = re.compile(r"\d{4}[^\W\d_]{0,3}\.?")
_OF_BIRTH = frozenset(("г.р", "г/р", "гр", "р"))
_WORD = re.compile(r"[^\W\d_]{2}")
Piece = tuple[str, bool]
"""Letters between blanks, and whether they stand left of the comma."""


def bare(piece: str) -> str:
    return small(piece).strip(EDGES + " ")


@lru_cache(maxsize=16)
def beside(kind: str) -> frozenset[str]:
    """The words of one kind that stand beside names."""
    return frozenset(word for row in rows("words.csv") if row["kind"] == kind for word in row["words"].split())


def without_asides(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a text between blanks, without those that are no part of a name."""
    pieces = pieces[_led(pieces) :]
    for at in range(2, len(pieces)):
        if _ends(pieces, at) and _names(pieces[:at]):
            pieces = pieces[:at]
            break
    while len(pieces) > 2 and bare(pieces[-1][0]) in beside("place") and _names(pieces[:-1]):
        pieces = pieces[:-1]
    return pieces


def is_aside(text: str) -> bool:
    """Whether nothing of ``text`` is a name: what stands behind the comma in ``Шойгу Сергей, г. Москва``."""
    pieces = [(piece, False) for piece in text.split()]
    return not _WORD.search(text) or _ends(pieces, 0) or all(bare(piece) in beside("place") for piece, _ in pieces)


def _led(pieces: list[Piece]) -> int:
    """How many pieces stand before the name; ``в`` only as in ``в пользу``, for it is an initial elsewhere."""
    count = 0
    while count + 1 < len(pieces):
        here, behind = bare(pieces[count][0]), bare(pieces[count + 1][0])
        if here not in beside("lead") and not (len(here) == 1 and behind in beside("lead")):
            break
        count += 1
    return count


def _ends(pieces: list[Piece], at: int) -> bool:
    """Whether the name has ended before piece ``at``."""
    piece = pieces[at][0]
    behind = pieces[at + 1][0] if at + 1 < len(pieces) else ""
    if bare(piece) in beside("tail") or _DATE.match(piece) or _YEAR.fullmatch(piece):
        return True
    if not piece.startswith("г"):
        return False
    town = piece == "г." and behind[:1].isupper() and len(behind) > 2  # Петров Г. М. has capitals
    return (
        town or bare(piece) in _OF_BIRTH or (piece == "г." and bare(behind) in _OF_BIRTH) or piece[:2] == "г." < piece
    )


def _names(pieces: list[Piece]) -> bool:
    """Whether two words are left, or a word beside initials."""
    words = sum(bool(_WORD.search(piece)) for piece, _ in pieces)
    return words > 1 or (words == 1 and len(pieces) > 1)
