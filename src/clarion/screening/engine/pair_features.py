"""What is compared between two bare names: how well their words answer each other, and what is left over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from scipy.optimize import linear_sum_assignment

from clarion.screening.engine.pair_words import LONG, SAME_KEY, PairName, PairWord, alike, letters_alike, plain

NAMES = (
    "one", "cover_shorter", "cover_longer", "least", "least_low", "conflict", "extra", "extra_conflict", "edits",
    "edit_share", "joined", "sorted", "numbers_differ", "number_one_side", "form_differs", "organisation",
    "organisation_least", "organisation_joined", "organisation_conflict", "glued", "acronym", "single", "long_least",
    "long", "mean", "initials", "initials_conflict", "short_edit", "begins", "organisation_extra",
)  # fmt: skip
_ANSWERS = 0.6
"""From where on two words that were set beside each other are taken for one."""


def features(one: PairName, other: PairName, texts: tuple[str, str], organisation: bool) -> NDArray[np.float64]:
    """The numbers of ``NAMES`` for two names; ``texts`` as they were given, for names without a word that can be read.

    Words are set beside each other so that what they tell times how alike they are is most (Jonker and Volgenant 1987).
    """
    a, b = (
        name.words or (PairWord(plain(text[:LONG]), frozenset(), 1.0),)
        for name, text in zip((one, other), texts, strict=True)
    )
    joined = letters_alike("".join(w.latin for w in a), "".join(w.latin for w in b))
    likeness = np.array([[alike(x, y) for y in b] for x in a])
    tells = np.array([[min(x.tells, y.tells) for y in b] for x in a])
    rows, columns = linear_sum_assignment(-(likeness * tells))
    met = [(a[i], b[j], float(likeness[i, j]), float(tells[i, j])) for i, j in zip(rows, columns, strict=True)]
    good = [pair for pair in met if pair[2] >= _ANSWERS]
    slips = [(x, y) for x, y, like, _ in good if like < SAME_KEY and not (x.initial or y.initial)]
    least = min((like for _, _, like, tell in met if tell >= 0.5), default=joined)
    conflict = min(sum(tell for _, _, like, tell in met if like < _ANSWERS), 2.5)
    cover = sum(tell * like for _, _, like, tell in good)
    whole = [max(sum(word.tells for word in words), 0.3) for words in (a, b)]
    extra = min(_unanswered(a, rows) + _unanswered(b, columns), 3.0)
    initials = min(sum(x.initial or y.initial for x, y, _, _ in met), 2)
    long_ = max(len(a), len(b)) >= 4
    values = {
        "one": 1.0, "cover_shorter": cover / min(whole), "cover_longer": cover / max(whole), "least": least,
        "least_low": least < _ANSWERS, "conflict": conflict, "extra": extra, "extra_conflict": extra * (conflict > 0),
        "edits": sum(OSA.distance(x.latin, y.latin) for x, y in slips),
        "edit_share": max((1 - letters_alike(x.latin, y.latin) for x, y in slips), default=0.0),
        "joined": joined, "sorted": letters_alike(_sorted(a), _sorted(b)),
        "numbers_differ": bool(one.numbers and other.numbers) and one.numbers != other.numbers,
        "number_one_side": bool(one.numbers) != bool(other.numbers),
        "form_differs": bool(one.form and other.form) and one.form != other.form
        and "company" not in (one.form, other.form),
        "organisation": organisation, "organisation_least": organisation * least,
        "organisation_joined": organisation * joined, "organisation_conflict": organisation * conflict,
        "glued": joined >= 0.9 and len(a) != len(b), "acronym": _acronym(a, b) or _acronym(b, a),
        "single": min(len(a), len(b)) == 1, "long_least": (min(len(a), len(b)) >= 4) * least, "long": long_,
        "mean": float(np.mean([like for _, _, like, _ in met])), "initials": initials,
        "initials_conflict": (initials > 0) * min(conflict, 2.0),
        "short_edit": min((min(len(x.latin), len(y.latin)) for x, y in slips), default=9) <= 4,
        "begins": all(x.latin[:1] == y.latin[:1] for x, y, _, tell in met if tell >= 0.5),
        "organisation_extra": organisation * extra,
    }  # fmt: skip
    return np.array([float(values[name]) for name in NAMES])


def _unanswered(words: tuple[PairWord, ...], answered: NDArray[np.intp]) -> float:
    return sum(word.tells for at, word in enumerate(words) if at not in set(answered.tolist()))


def _sorted(words: tuple[PairWord, ...]) -> str:
    return " ".join(sorted(word.latin for word in words))


def _acronym(short: tuple[PairWord, ...], long: tuple[PairWord, ...]) -> bool:
    letters = "".join(word.latin[:1] for word in long)
    return len(long) >= 3 and any(len(word.latin) >= 3 and word.latin == letters for word in short)
