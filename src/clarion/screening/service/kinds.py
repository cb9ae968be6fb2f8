"""Whether a name is that of a person or of an organisation, whatever the form or the column says."""

from __future__ import annotations

import re

PERSON, ORGANISATION = "person", "organisation"
CRAFTS = {
    "vessel": "vessel", "ship": "vessel", "судно": "vessel", "корабль": "vessel", "корабель": "vessel",
    "airplane": "aircraft", "aircraft": "aircraft", "самолет": "aircraft", "самолёт": "aircraft", "літак": "aircraft",
}  # fmt: skip
"""What a file or a schema calls ships and aircraft, and the word before a name by which the engine knows them."""
# A sole trader is a person, whatever the form says: nobody else stands behind the name.
_SOLE = re.compile(
    r"^\W*(?:ип|фоп|флп|глава кфх|индивидуальн\w+ предпринимател\w*|individual entrepreneur|sole (?:trader|proprietor)"
    r"|физическ\w+ лиц\w+[ -]+предпринимател\w*|фізичн\w+ особ\w+[ -]+підприєм\w+)\b|\b(?:ип|фоп|флп)\W*$",
    re.IGNORECASE,
)
# Legal forms that are nobody's name. Those that are names or initials of somebody (АО, Pao) decide nothing: a person
# called so is screened as both.
_FIRM = re.compile(
    r"(?<!\w)(?:ООО|ПАО|ОАО|ЗАО|АНО|НКО|ФГУП|ТОО|OOO|OAO|ZAO|P?JSC|OJSC|PLC|(?i:LLC|Ltd|Limited|GmbH|Inc|Corp))(?!\w)"
)
# As payment orders name people. In Latin letters the same can be a firm (Step S.A.), and so can А.О. before a name.
_INITIALS = re.compile(
    r"([А-ЯЁІЇЄҐЎ][-А-яЁёІіЇїЄєҐґЎў']{2,})[\s,]+(?:[А-ЯЁІЇЄҐЎ]\.\s?){2}"
    r"|(?!А\.\s?О\.)(?:[А-ЯЁІЇЄҐЎ]\.\s?){2}\s*([А-ЯЁІЇЄҐЎ][-А-яЁёІіЇїЄєҐґЎў']{2,})"
)
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]+[»”“\"]\s*$")
_FATHERS = re.compile(r"(?:вич|вна|ична|инична|оглы|кызы|улы|vich|vych|vna|ovna|ogly|kyzy)\b", re.IGNORECASE)


def shown(name: str) -> str:
    """The kind that a name shows by itself, or the empty text."""
    if _SOLE.search(name):
        return PERSON
    return ORGANISATION if _FIRM.search(name) else ""


def has_father(name: str) -> bool:
    """Whether a name has the ending of a patronymic in it."""
    return bool(_FATHERS.search(name))


def firms_name(name: str) -> bool:
    """Whether a name is likelier an organisation's: it has a legal form or a firm's word, or ends in
    quotation marks."""
    from clarion.names import parse_organisation

    parsed = parse_organisation(name)
    if parsed.legal_form not in ("", "sole") or any(part.kind == "generic" for part in parsed.parts):
        return True
    return bool(_QUOTED.search(name)) and not parsed.legal_form and not _SOLE.search(name)


def may_be_firm(name: str, given: str, patronymic: str, surname: str, sex: str) -> bool:
    """Whether what was called a person can be an organisation: it has a legal form or a firm's word, is a single word,
    or no table of names knows a word of it. A surname with two initials is a person."""
    if given or patronymic or surname or has_father(name) or _with_initials(name):
        return False
    from clarion.screening.engine.words import person_parts

    words = person_parts(name, given, patronymic, surname, sex)[0]
    known = sum(word.known and len(word.text) > 2 for word, _ in words)
    if len(words) == 1 or not known:
        return True
    if known == len(words):  # most people; the words are needed again, taking the name apart as a firm's is not
        return False
    return firms_name(name)


def _with_initials(name: str) -> bool:
    """Whether a name is two initials and a surname. The letters of a legal form look the same before or behind a word
    that is none (Н.К. Роснефть)."""
    from clarion.names import fold, known_surname, surname_ending

    found = _INITIALS.fullmatch(name.strip())
    word = (found[1] or found[2]) if found else ""
    return bool(word) and (surname_ending(word) or known_surname(fold(word)))


def may_be_person(name: str) -> bool:
    """Whether what was called an organisation can be a person, typed as a firm."""
    from clarion.names import parse_organisation
    from clarion.screening.engine.words import person_parts

    parsed = parse_organisation(name)
    if parsed.legal_form == "sole":  # in the words of another country than those that a name shows by itself
        return True
    if parsed.legal_form or any(part.kind == "generic" for part in parsed.parts):
        return False
    return has_father(name) or sum(word.known for word, _ in person_parts(name)[0]) > 1
