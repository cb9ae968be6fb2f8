"""Numbers that belong to one person or organisation, or to one ship: tax, register, insurance and passport numbers of
Russia, and those of the International Maritime Organization.

Check digits: INN, Order of the Federal Tax Service MMV-7-6/435 of 29 June 2012; OGRN, Order 165n of the Ministry of
Finance of 30 October 2017; SNILS, Resolution 192p of the Pension Fund of 31 July 2006; IMO, Resolution A.1117(30).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clarion.screening.engine.evidence import Evidence, bits

_SAME = bits(0.95, 1e-7)
_OTHER = bits(0.01, 1.0)
_OTHER_SHIP = bits(0.0001, 1.0)  # dozens of ships have one name, and their numbers are what they are told apart by
# One person has one tax and one insurance number for life, and a ship one number until it is scrapped, whatever its
# name; a passport is replaced at 20 and 45, and when it is lost.
_LASTING = ("inn", "ogrn", "snils", "imo")


def inn(number: str) -> bool:
    """Whether a tax number (ИНН) of 10 digits (organisation) or 12 (person) has the right check digits."""
    if len(number) == 10:
        return _mod11(number[:9], (2, 4, 10, 3, 5, 9, 4, 6, 8)) == number[9]
    if len(number) == 12:
        first = _mod11(number[:10], (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        return first == number[10] and _mod11(number[:11], (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) == number[11]
    return False


def ogrn(number: str) -> bool:
    """Whether a register number (ОГРН of 13 digits, ОГРНИП of 15) has the right check digit."""
    if len(number) not in (13, 15):
        return False
    return str(int(number[:-1]) % (11 if len(number) == 13 else 13) % 10) == number[-1]


def snils(number: str) -> bool:
    """Whether an insurance number (СНИЛС) of 11 digits has the right check number."""
    if len(number) != 11:
        return False
    rest = sum(int(d) * w for d, w in zip(number[:9], range(9, 0, -1), strict=True)) % 101
    return f"{rest % 100:02d}" == number[9:]


def passport(number: str) -> bool:
    """Whether it can be an internal Russian passport: 10 digits, of which four are the series."""
    return len(number) == 10


def imo(number: str) -> bool:
    """Whether a ship's number of 7 digits has the right check digit."""
    if len(number) != 7:
        return False
    return str(sum(int(d) * w for d, w in zip(number[:6], range(7, 1, -1), strict=True)) % 10) == number[6]


def _mod11(digits: str, weights: Sequence[int]) -> str:
    return str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "inn": inn,
    "ogrn": ogrn,
    "snils": snils,
    "passport": passport,
    "imo": imo,
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """``kind`` is one of ``CHECKS``, or what the list calls it; ``number`` is bare: digits and letters, no spaces."""

    kind: str
    number: str

    @property
    def sound(self) -> bool:
        """Whether its check digits hold, and it is not one digit over and over (zeros fill columns); True for kinds
        that have none."""
        check = CHECKS.get(self.kind)
        return check is None or (self.number.isdecimal() and len(set(self.number)) > 1 and check(self.number))


def bare(text: str) -> str:
    """A number without spaces, hyphens, dots and the like, in capitals."""
    return re.sub(r"[\W_]", "", text).upper()


def compare_identifiers(given: Sequence[Identifier], listed: Sequence[Identifier]) -> list[Evidence]:
    """What the numbers say; a number whose check digits are wrong says nothing, and is named as such.

    A number that agrees counts once, whatever its kinds are called: lists print tax numbers among "registration".
    """
    found: list[Evidence] = []
    numbers = {one.number: one for one in listed}
    for one in given:
        if not one.sound:
            found.append(Evidence("identifier", "check digits wrong", one.number, "", 0, f"{one.kind}: not used"))
        elif same := numbers.get(one.number):
            found.append(Evidence("identifier", "same", one.number, same.number, _SAME, one.kind))
        elif one.kind in _LASTING:
            others = [o for o in listed if o.kind == one.kind and o.sound and len(o.number) == len(one.number)]
            if others:
                kept, weight = f"{one.kind}: kept for life", _OTHER_SHIP if one.kind == "imo" else _OTHER
                found.append(Evidence("identifier", "other", one.number, others[0].number, weight, kept))
    return found
