"""Names of people: what each word is, in any order, alphabet and romanisation, with what it is compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from clarion.names.cases import in_nominative
from clarion.names.frequency import known_surname
from clarion.names.given import GivenName, equivalents, given_names, givens, short_for, surely_given
from clarion.names.letters import fold, script
from clarion.names.patronymic import father_ids, patronymic, son_or_daughter
from clarion.names.roles import Signs, assign
from clarion.names.skeleton import MOST_KEYS, looks_german, skeletons, sounds
from clarion.names.surname import feminine_ending, masculine, surname_ending, surname_ids
from clarion.names.tables import rows
from clarion.names.words import Word, words_of

_ARTICLE = re.compile(r"^(?:al|el|ul|ad|as|ash|ar|at|az|an|аль|эль|ал|ад|ас|аш|ар|ат|абд)[-'](?=\w{3})")
_RARE = 0.01  # in a thousand: a name that nobody has estimated
_DAUGHTER_ENDINGS = ("evna", "iCna")


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a name.

    ``role``: given, patronymic, surname, initial, former, particle or unknown. ``keys``: phonemic keys (of an initial:
    the sounds that the name may begin with; of a surname: masculine forms). ``ids``: of a given name the names that it
    may stand for, of a patronymic the father's, of a surname the sets of forms that keys do not show. ``pieces``: the
    keys of the halves of a double name. ``sure``: the probability of the role.
    """

    role: str
    text: str
    folded: str
    keys: tuple[str, ...]
    ids: frozenset[str] = frozenset()
    pieces: tuple[tuple[str, ...], ...] = ()
    sure: float = 1.0

    def may_equal(self, other: NamePart) -> bool:
        """Whether both can be spellings of one name: a key or a given name in common, or an initial that fits."""
        if self.role == "initial" or other.role == "initial":
            return any(one[0] == it[0] for one in self.beginnings() for it in other.beginnings())
        same_kind = (self.role == "patronymic") == (other.role == "patronymic")
        return not set(self.keys).isdisjoint(other.keys) or (same_kind and not self.ids.isdisjoint(other.ids))

    def beginnings(self) -> tuple[str, ...]:
        """The sounds that the name begins with, for comparison with an initial."""
        return self.keys if self.role == "initial" else _beginnings(self.folded, self.role)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart. ``sex``: ``m``, ``f`` or empty. ``readings``: roles of the words and their probability, where
    several are possible; ``ambiguous`` says that some role is unknown."""

    text: str
    parts: tuple[NamePart, ...]
    sex: str
    readings: tuple[tuple[tuple[str, ...], float], ...] = ()

    def by_role(self, role: str) -> tuple[NamePart, ...]:
        return tuple(part for part in self.parts if part.role == role)

    @property
    def ambiguous(self) -> bool:
        return any(part.role == "unknown" for part in self.parts)

    @property
    def given(self) -> tuple[NamePart, ...]:
        return self.by_role("given")

    @property
    def patronymic(self) -> tuple[NamePart, ...]:
        return self.by_role("patronymic")

    @property
    def surname(self) -> tuple[NamePart, ...]:
        return self.by_role("surname")

    @property
    def initials(self) -> tuple[NamePart, ...]:
        return self.by_role("initial")

    @property
    def former(self) -> tuple[NamePart, ...]:
        return self.by_role("former")


def parse_person(text: str, *, given: str = "", patronymic: str = "", surname: str = "", sex: str = "") -> PersonName:
    """A person's name taken apart: surname first or last, with or without patronymic, initials, titles, former names.

    Fields that are known already (``given``, ``patronymic``, ``surname``, ``sex`` as ``m`` or ``f``) are believed;
    words of ``text`` that they do not cover are kept as ``unknown``. Where the order cannot be told (``Роман Сергей``),
    roles are ``unknown`` and ``readings`` gives the possible ones. Only the first 1,000 characters are looked at.
    """
    if not given and not patronymic and _whole_name(surname):
        text, surname = (text if fold(surname) in fold(text) else surname), ""
    words = in_nominative(words_of(text)) if text else []
    spelled = " ".join([word.folded for word in words])
    fields = given or patronymic or surname
    german = looks_german(f"{spelled} {fold(given)} {fold(surname)}" if fields else spelled)
    settled = _fields(given, patronymic, surname, german, sex) if fields else []
    if settled:
        covered = {part.folded for part in settled}
        words = [word for word in words if word.folded not in covered]
    words, fathers = _with_fathers(words)
    plain = [word for word in words if word.kind == "word" and not word.former]
    mixed = not all(word.capital for word in plain)
    initials = len([word for word in words if word.kind == "initial"])
    if settled:
        told = assign((), 0)
        names = ["unknown"] * len(plain)
        sure = [0.0] * len(plain)
    else:
        told = assign(tuple([_signs(word.folded, mixed and word.capital, word.left) for word in plain]), initials)
        names, sure = list(told.roles), list(told.sure)
    sex = sex or _sex(plain, names, settled, fathers)
    roles = iter(zip(names, sure, strict=True))
    parts = list(settled)
    for word in words:
        if word.former:
            parts.append(_part("former", word.text, word.folded, sex, german, 1.0))
        elif fathers and word in fathers:
            parts.append(_turkic(word))
        elif word.kind != "word":
            parts.append(_part(word.kind, word.text, word.folded, sex, german, 1.0))
        else:
            role, probability = next(roles)
            parts.append(_as_spelled_too(_part(role, word.text, word.folded, sex, german, probability), word))
    return PersonName(text, tuple(parts), sex, told.readings if "unknown" in names else ())


def _whole_name(surname: str) -> bool:
    """Whether the column of surnames holds a given name or a patronymic too."""
    words = [fold(word) for word in surname.split()] if " " in surname.strip() else []
    return any(surely_given(word) or patronymic(word) is not None for word in words)


def _as_spelled_too(part: NamePart, word: Word) -> NamePart:
    """With the keys of the word as written, if it was taken for another case: Шойгу is a nominative too, and Береговому
    may be of Береговой."""
    if not word.spelled or part.role == "patronymic":
        return part
    others = [word.spelled] + [part.folded[:-2] + "ой"] * part.folded.endswith("ый")
    keys = (*part.keys, *(key for other in others for key in skeletons(other)))
    return replace(part, keys=tuple(dict.fromkeys(keys))[:MOST_KEYS])


def _fields(given: str, fathers: str, surname: str, german: bool, sex: str) -> list[NamePart]:
    columns = (("given", given), ("patronymic", fathers), ("surname", surname))
    told = [
        (role, bool(place), word) for role, text in columns for place, word in enumerate(words_of(text) if text else ())
    ]
    words = in_nominative([word for _, _, word in told])
    crossed = patronymic(fold(given)) is not None  # given name and patronymic were taken for each other
    found = []
    for (role, behind, _), word in zip(told, words, strict=True):
        role = role if word.kind == "word" else word.kind
        father = patronymic(word.folded) is not None
        if role == "given" and father and (behind or not surely_given(word.folded)):
            role = "patronymic"
        elif role == "patronymic" and crossed and not father:
            role = "given"
        part = _part("former" if word.former else role, word.text, word.folded, sex, german, 1.0)
        found.append(_as_spelled_too(part, word))
    return found


def _with_fathers(words: list[Word]) -> tuple[list[Word], dict[Word, str]]:
    """``Мамед оглы`` is one patronymic: such words joined, with the sex that they tell."""
    if len(words) < 3:
        return words, {}
    made: list[Word] = []
    found: dict[Word, str] = {}
    for word in words:
        sex = son_or_daughter(word.folded) if word.kind == "word" and made and made[-1].kind == "word" else ""
        if sex:
            father = made.pop()
            made.append(Word(f"{father.text} {word.text}", f"{father.folded} {word.folded}", "patronymic"))
            found[made[-1]] = sex
        else:
            made.append(word)
    return made, found


def _turkic(word: Word) -> NamePart:
    father = word.folded.rpartition(" ")[0]
    return NamePart("patronymic", word.text, word.folded, skeletons(father), father_ids(father))


@lru_cache(maxsize=65536)
def _signs(folded: str, capital: bool, left: bool) -> Signs:
    known = patronymic(folded)
    certain = known is not None and any(key.endswith(_DAUGHTER_ENDINGS) for key in skeletons(folded))
    level = 0 if known is None else 3 if certain else 2 if known.fathers else 1
    surname = 2 if known_surname(folded) else int(surname_ending(folded))
    return Signs(2 if surely_given(folded) else int(bool(equivalents(folded))), level, surname, capital, left)


@lru_cache(maxsize=32768)
def _part(role: str, text: str, folded: str, sex: str, german: bool, sure: float) -> NamePart:
    if role == "initial":
        return NamePart(role, text, folded, _first_sounds(folded), sure=sure)
    bare = _ARTICLE.sub("", folded)
    keys = masculine(bare, sex, german) if role in ("surname", "former", "unknown") else skeletons(bare, german)
    if bare != folded:
        keys = tuple(dict.fromkeys(keys + skeletons(folded)))[:MOST_KEYS]
    ids: frozenset[str] = frozenset()
    if role in ("given", "unknown"):
        ids = equivalents(folded) | (surname_ids(folded) if role == "unknown" else frozenset())
    elif role == "surname":
        ids = surname_ids(folded)
    elif role == "patronymic":
        known = patronymic(folded)
        ids = known.fathers if known else frozenset()
    halves = [half for half in bare.split("-") if len(half) > 1]
    pieces = tuple(masculine(half, sex, german) for half in halves) if len(halves) > 1 else ()
    return NamePart(role, text, folded, keys, ids, pieces, sure)


def _sex(words: list[Word], roles: list[str], settled: list[NamePart], fathers: dict[Word, str]) -> str:
    """From the patronymic, else the given name, else the surname's ending; empty where they are silent."""
    for told in fathers.values():
        return told
    named = [(word.folded, role) for word, role in zip(words, roles, strict=True)]
    named += [(part.folded, part.role) for part in settled]
    for folded, role in named:
        known = patronymic(folded) if role == "patronymic" else None
        if known is not None:
            return known.sex
    for folded, role in named:
        if role == "given":
            sex = _sex_of_given(folded)
            if sex:
                return sex
    return "f" if any(role == "surname" and feminine_ending(folded) for folded, role in named) else ""


@lru_cache(maxsize=65536)
def _sex_of_given(folded: str) -> str:
    """The sex of the names that a word may stand for, if one is ten times as common as the other."""
    share = {"m": 0.0, "f": 0.0}
    for name in givens(folded) or short_for(folded):
        share[name.sex] += max(name.per_thousand, _RARE)
    return next((sex for sex, other in (("m", "f"), ("f", "m")) if share[sex] > 10 * share[other]), "")


@lru_cache(maxsize=65536)
def _beginnings(folded: str, role: str = "") -> tuple[str, ...]:
    """First sounds of the keys; of readings that begin with и before о (Иосиф may be И. as well as Й.); and of the
    forms of a given name or father's name in sister languages (Екатерина may be К. for Катерина)."""
    first = [key[0] for key in skeletons(folded)]
    first += [sound[0] for sound in sounds(folded) if sound.startswith("io")]
    known = patronymic(folded) if role == "patronymic" else None
    sets = known.fathers if known else {name.id for name in givens(folded)} if role == "given" else set()
    first += [it for name in sets for it in _first_of_forms(name)]
    return tuple(dict.fromkeys(first))


@lru_cache(maxsize=4096)
def _first_of_forms(name: str) -> tuple[str, ...]:
    forms = _by_id()[name].forms
    return tuple(dict.fromkeys(skeletons(form)[0][0] for form in forms if script(form) == "cyrillic"))


@cache
def _by_id() -> dict[str, GivenName]:
    return {name.id: name for name in given_names()}


@lru_cache(maxsize=4096)
def _first_sounds(folded: str) -> tuple[str, ...]:
    listed = {row["letter"]: tuple(row["sounds"].split()) for row in rows("initials.csv")}
    return listed.get(folded) or _beginnings(folded)
