"""Names in another case than the nominative: a payment order says "to Иванову Ивану Ивановичу".

A patronymic in such a case (-вичу, -вне) is nothing else, and tells case and sex; so does a given name (Ивану) that is
the nominative of none, where every other word can stand in its case. A surname alone beside initials is believed where
its ending is no nominative's (Иванову И.И.). Then all words are turned into the nominative; a name in doubt (Валентина
Петрова is a woman, or the genitive of Валентин Петров) stays as it is. Endings: ``data/case_endings.csv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from clarion.names.frequency import known_surname
from clarion.names.given import given_names
from clarion.names.letters import fold, script
from clarion.names.tables import rows
from clarion.names.words import Word

_LIKE = {"d": ("у", "ю", "е", "і"), "g": ("а", "я"), "i": ("ом", "ем", "ой", "ей")}
_SHORTEST = 2
"""Letters that must stand before an ending."""
_BESIDE_INITIALS = re.compile(r"\w{2,}(?:(?:ов|ев|ин|ын)у|[сц]к(?:ому|ого|им)|(?:ов|ев|ин|ын)ым)")
_WOMAN = re.compile(r"\w{2,}(?:ов|ев|ин)ой")
_IN_NOMINATIVE = ("вич", "віч", "вна", "чна", "ўна", "ьич", "мич", "кич", "оглы", "кызы", "улы")
_MOLDOVAN = ("ску", "шку")
"""Endings of patronymics, and of surnames that look like a dative: Петру Попеску is in the nominative."""
Sign = tuple[str, str]
"""Sex and case."""


def in_nominative(words: list[Word]) -> list[Word]:
    """``words`` of a name, ``folded`` in the nominative where another case is certain, ``spelled`` as it was."""
    plain = [word for word in words if word.kind == "word" and not word.former and script(word.folded) == "cyrillic"]
    told = _told(plain, sum(word.kind == "initial" for word in words))
    if told is None:
        return words
    turned = {id(word): _turned(word.folded, told) for word in plain}
    return [
        word._replace(folded=nominative, spelled=word.folded)
        if (nominative := turned.get(id(word), word.folded)) != word.folded else word
        for word in words
    ]  # fmt: skip


def _told(words: list[Word], initials: int) -> Sign | None:
    """Sex and case of a name, where they are certain."""
    if len(words) + initials < 2:
        return None
    for word in words:
        for sign, _ in _undone("patronymic", word.folded):
            return sign
    if len(words) == 1:
        return _of_surname(words[0].folded)
    for word in words:
        for sign in () if word.folded in _nominatives() else _declined().get(word.folded, ()):
            if all(other is word or _fits(other.folded, sign) for other in words):
                return sign
    signs = ((word, _of_surname(word.folded)) for word in words)
    return next((sign for word, sign in signs if sign and _all_fit(words, word, sign)), None)


def _all_fit(words: list[Word], surname: Word, told: Sign) -> bool:
    """Whether the words beside a surname in a case end as given names that no table has can in that case."""
    others = [word.folded for word in words if word is not surname]
    return not any(it in _nominatives() or it.endswith(_IN_NOMINATIVE) for it in others) and all(
        it.endswith(_LIKE[told[1]]) for it in others
    )


def _fits(folded: str, told: Sign) -> bool:
    """Whether a word beside a given name in a case can stand in it too, or be a surname that does not change."""
    if folded.endswith(_IN_NOMINATIVE) or (folded in _nominatives() and told not in _declined().get(folded, {})):
        return False
    if folded.endswith(_MOLDOVAN):
        return False
    if told in _declined().get(folded, {}) or folded[-1] in "оиуэюе" or folded.endswith(("ых", "их", "дзе", "аго")):
        return True
    if told[0] == "f" and folded[-1] not in "ая":
        return True
    return any(sign == told for sign, _ in _undone("surname", folded))


def _of_surname(folded: str) -> Sign | None:
    if _BESIDE_INITIALS.fullmatch(folded):
        return next((told for told, _ in _undone("surname", folded) if told[0] == "m"), None)
    if _WOMAN.fullmatch(folded) and known_surname(folded[:-2] + "а"):
        return "f", "d"
    return None


def _turned(folded: str, told: Sign) -> str:
    """The nominative of one word whose sex and case are known."""
    if (given := _declined().get(folded, {}).get(told)) is not None:
        return given
    if folded in _nominatives():
        return folded
    for kind in ("patronymic", "surname"):
        found = [nominative for sign, nominative in _undone(kind, folded) if sign == told]
        if found:
            return next(filter(known_surname, found), found[0])
    return folded


@lru_cache(maxsize=16384)
def _undone(kind: str, folded: str) -> tuple[tuple[Sign, str], ...]:
    """The nominatives that ``folded`` may be of, by sex and case; those of the longest endings first."""
    found = []
    for length in range(min(6, len(folded) - _SHORTEST), 0, -1):
        for sign, nominative in _endings().get((kind, folded[-length:]), ()):
            found.append((sign, folded[:-length] + nominative))
    return tuple(found)


@cache
def _endings() -> dict[tuple[str, str], tuple[tuple[Sign, str], ...]]:
    found: dict[tuple[str, str], tuple[tuple[Sign, str], ...]] = {}
    for row in rows("case_endings.csv"):
        key = row["kind"], row["ending"]
        found[key] = (*found.get(key, ()), ((row["sex"], row["case"]), row["nominative"].strip("-")))
    return found


@cache
def _nominatives() -> frozenset[str]:
    """Given names as spelled in Cyrillic, with their short forms."""
    forms = (fold(form) for name in given_names() for form in (*name.forms, *name.short))
    return frozenset(form for form in forms if script(form) == "cyrillic")


@cache
def _declined() -> dict[str, dict[Sign, str]]:
    """Given names in other cases: by spelling, their nominative by sex and case."""
    made: dict[str, dict[Sign, str]] = {}
    endings = [row for row in rows("case_endings.csv") if row["kind"] == "given"]
    for row in rows("case_endings.csv"):
        if row["kind"] == "whole":
            made.setdefault(row["ending"], {})[row["sex"], row["case"]] = row["nominative"]
    for name in given_names():
        for form in map(fold, (*name.forms, *name.short)):
            if script(form) != "cyrillic":
                continue
            for row in endings:
                ending = row["nominative"].strip("-")
                if row["sex"] != name.sex or not form.endswith(ending) or (not ending and form[-1] in "аеиоуыэюяійьє"):
                    continue
                spelled = form[: len(form) - len(ending)] + row["ending"]
                made.setdefault(spelled, {}).setdefault((row["sex"], row["case"]), form)
    return made
