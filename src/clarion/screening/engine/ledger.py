"""Write out what an alignment weighs, item by item, so that the items add up to its weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clarion.screening.engine import alignment as roles
from clarion.screening.engine.alignment import Ints
from clarion.screening.engine.decide import SLIPS
from clarion.screening.engine.evidence import Evidence, bits
from clarion.screening.engine.index import NameIndex
from clarion.screening.engine.words import Part, Word

ITEMS = {
    roles.ANY: "name", roles.GIVEN: "given name", roles.PATRONYMIC: "patronymic", roles.SURNAME: "surname",
    roles.FORMER: "surname", roles.INITIAL: "initial", roles.CORE: "name", roles.NUMBER: "number",
    roles.GENERIC: "common word", roles.FORM: "legal form",
}  # fmt: skip
FINDINGS = {
    roles.SAME: "same", roles.SOUND: "sounds the same", roles.EQUAL: "form of another language",
    roles.SHORT: "short form or half", roles.NEAR: SLIPS[0], roles.FAR: SLIPS[1],
    roles.LETTER: "initial fits",
}  # fmt: skip


def name_evidence(parts: Sequence[Part], index: NameIndex, number: int, match: Ints, weight: int) -> list[Evidence]:
    """The items of the alignment of ``parts`` with listed name ``number``; their weights sum to ``weight``."""
    listed = index.names[number]
    found = []
    answered = set()
    for (word, role), at in zip(parts, match.tolist(), strict=False):
        if at < 0:
            continue
        answered.add(at)
        other, other_role = listed[at]
        agreed = int(roles.role_of(role, other_role))
        level = index.level(word, number, at)
        gained = index.gained(number, at, agreed, level, role)
        item = "initial" if roles.INITIAL in (role, other_role) else ITEMS[agreed]
        found.append(Evidence(item, FINDINGS[level], word.as_written, other.text, gained, read=_read([word])))
    rest = weight - sum(item.weight for item in found)
    mine = [word for (word, _), at in zip(parts, np.asarray(match).tolist(), strict=False) if at < 0]
    theirs = [word.text for at, (word, _) in enumerate(listed) if at not in answered]
    if rest or (mine and theirs):
        finding = "differs" if mine and theirs else "more parts"
        given = " ".join(word.as_written for word in mine)
        found.append(Evidence("other parts", finding, given, " ".join(theirs), rest, read=_read(mine)))
    return found


def _read(words: Sequence[Word]) -> str:
    """What words were taken for, where one of them is not as it was written."""
    return " ".join(word.text for word in words) if any(word.written for word in words) else ""


WHOLE_NAME = "whole name", "nothing left over"
WHOLE = bits(0.6, 0.05)
"""Weight of two names of an organisation of which no word is left over, in thousandths of a bit."""


def whole_name(items: Sequence[Evidence], parts: Sequence[Part], listed: Sequence[Part]) -> list[Evidence]:
    """That every word of both names has its like: common words alone tell little, all of them together more, and of
    those who share a rare word few are called by nothing else. One word that is only spelled alike is no whole name."""
    fewest = min(sum(role != roles.FORM for _, role in side) for side in (parts, listed))
    slip = fewest == 1 and any(item.finding in SLIPS for item in items)
    if not fewest or slip or any(item.item == "other parts" for item in items):
        return []
    mine, theirs = (" ".join(word.text for word, _ in side) for side in (parts, listed))
    return [Evidence(*WHOLE_NAME, mine, theirs, WHOLE)]
