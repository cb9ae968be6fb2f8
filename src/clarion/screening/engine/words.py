"""A word of a name, as it is compared: its letters, its keys, and the families of names that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from clarion.names import (
    SISTERS,
    NamePart,
    OrganisationPart,
    PersonName,
    fold,
    given_names,
    givens,
    kin_key,
    known_surname,
    parse_organisation,
    parse_person,
    roots,
    sister_of,
    skeletons,
)  # fmt: skip
from clarion.screening.engine import alignment as roles
from clarion.screening.engine.subject import ORGANISATION, ListedName, Payee

_ROLES = {
    "given": roles.GIVEN, "patronymic": roles.PATRONYMIC, "surname": roles.SURNAME, "former": roles.FORMER,
    "initial": roles.INITIAL, "unknown": roles.ANY,
}  # fmt: skip
# A father's name is another matter than a given name, though both may be of one family.
_FAMILY = {"patronymic": "p:", "surname": "s:", "former": "s:"}
_SEXES = {"male": "m", "female": "f"}


@dataclass(frozen=True, slots=True)
class Word:
    """``keys`` are phonemic keys (of an initial, the sounds that a name may begin with); ``families`` the names of
    which it is the form of a language, ``looser`` those that it may be short for and the halves of a double name;
    ``kin`` are keys that forget what Belarusian or Ukrainian spell otherwise, of a name that is spelled so or not.
    ``beginnings`` are the sounds that it begins with in any language, for comparison with initials. ``known`` says that
    the tables of names have it. ``written`` is how it stands in the name, where it was taken for another case than the
    nominative, which ``text`` is."""

    text: str
    keys: tuple[str, ...]
    families: frozenset[str] = frozenset()
    looser: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    initial: bool = False
    known: bool = False
    written: str = field(default="", compare=False)

    @property
    def as_written(self) -> str:
        return self.written or self.text


SHORTEST_HALF = 4
"""Sounds of half a double name from which on it can stand for the whole: Sun of Song-Sun is no name of its own."""
Part = tuple[Word, int]
"""A word and its role."""


@lru_cache(maxsize=10_000)
def person_parts(
    name: str, given: str = "", patronymic: str = "", surname: str = "", sex: str = ""
) -> tuple[tuple[Part, ...], str]:
    """The parts of a person's name, in any order and script, and the sex that they show (``male``, ``female`` or "");
    parts that are known apart come with their role."""
    parsed = parse_person(name, given=given, patronymic=patronymic, surname=surname, sex=_SEXES.get(sex, ""))
    sisters = frozenset(sister for part in parsed.parts if (sister := sister_of(part.folded)))
    parts = tuple((_person_word(part, sisters), _role(part, parsed)) for part in parsed.parts if part.role in _ROLES)
    return parts, {"m": "male", "f": "female"}.get(parsed.sex, "")


def _role(part: NamePart, parsed: PersonName) -> int:
    """An initial behind a given name is the father's: Dmitry A. is not Алексей."""
    if part.role == "initial" and len(parsed.initials) == 1 and parsed.given and not parsed.patronymic:
        behind = parsed.parts.index(part) > parsed.parts.index(parsed.given[0])
        return roles.PATRONYMIC if behind else roles.INITIAL
    return _ROLES[part.role]


def _person_word(part: NamePart, sisters: frozenset[str]) -> Word:
    if part.role == "initial":
        return Word(part.folded, part.keys, beginnings=part.keys, initial=True)
    names = frozenset(name.id for name in givens(part.folded)) if part.role in ("given", "unknown") else frozenset()
    families = names if part.role in ("given", "unknown") else part.ids
    prefix = _FAMILY.get(part.role, "")
    halves = {f"k:{key}" for key in part.keys}
    halves |= {f"k:{key}" for keys in part.pieces for key in keys if len(key) >= SHORTEST_HALF}
    short = {f"d:{one}" for one in part.ids - names} if not prefix else set()
    full = {f"f:{one}" for one in names} if not prefix else set()
    # The letters too, as initials are written: И. is Иосифович, whose key begins with what И and о sound like together.
    begun = [key[0] for key in (*part.keys, *skeletons(part.folded[:1]), *skeletons(part.folded[:2])) if key]
    if prefix != "s:":
        begun += [sound for one in sorted(families) for sound in _sounds(one)]
    kin = _kin(part.keys, sisters) if part.role in ("surname", "former", "unknown") else frozenset()
    return Word(part.folded, part.keys, frozenset(prefix + one for one in families), frozenset(halves | short | full),
                kin, tuple(dict.fromkeys(begun)), known=_known(part, names), written=_written(part))  # fmt: skip


def _written(part: NamePart) -> str:
    same = part.folded in (part.text, part.text.casefold())  # without folding most names anew
    return "" if same or (written := fold(part.text)) == part.folded else written


def _known(part: NamePart, names: frozenset[str]) -> bool:
    if part.role in ("surname", "former"):
        return known_surname(part.folded)
    return bool(names or part.ids) or (part.role == "unknown" and known_surname(part.folded))


def _kin(keys: tuple[str, ...], sisters: frozenset[str]) -> frozenset[str]:
    """Kin keys for each sister language: under its own mark where the name around is spelled in it, else under that of
    all other names. Two words are kin only if one of them bears the mark."""
    return frozenset(
        f"{sister if sister in sisters else '-' + sister}:{kin_key(key, sister)}" for sister in SISTERS for key in keys
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    return {name.id: name.forms for name in given_names()}


@lru_cache(maxsize=4096)
def _sounds(name: str) -> tuple[str, ...]:
    """What the forms of a name begin with: В. fits Уладзімір."""
    return tuple(dict.fromkeys(key[0] for form in _names().get(name, ()) for key in skeletons(form)[:1] if key))


@lru_cache(maxsize=10_000)
def organisation_parts(name: str) -> tuple[Part, ...]:
    """The words of an organisation's name: those that tell it apart, numbers, words that many have, its legal form."""
    parsed = parse_organisation(name)
    # What stands within quotes first: of a long name no more than the first parts are compared.
    core = sorted(parsed.core, key=lambda part: not part.quoted)
    # A common word tells two organisations apart where it is the whole name.
    found: list[Part] = [
        (_organisation_word(part), roles.CORE if part.kind == "core" or len(core) == 1 else roles.GENERIC)
        for part in core
    ]
    found += [(Word(number, (), frozenset({f"n:{number}"})), roles.NUMBER) for number in sorted(parsed.numbers)]
    told = set(map(id, core))
    generic = dict.fromkeys(
        one for p in parsed.parts if p.kind == "generic" and id(p) not in told for one in p.concepts or (p.folded,)
    )
    found += [(Word(one, (), frozenset({f"c:{one}"})), roles.GENERIC) for one in generic]
    if not core and (whole := " ".join(part.folded for part in parsed.parts if part.kind != "legal")):
        found.append((Word(whole, skeletons(whole.replace(" ", ""))), roles.CORE))
    if parsed.legal_form:
        found.append((Word(parsed.legal_form, (), frozenset({f"l:{parsed.legal_form}"})), roles.FORM))
    return tuple(found)


def _organisation_word(part: OrganisationPart) -> Word:
    concepts = frozenset(f"c:{one}" for one in part.concepts)
    return Word(part.folded, part.keys, concepts, kin=roots(part.folded))


def parts_of(subject: Payee | ListedName, kind: str, sex: str = "") -> tuple[tuple[Part, ...], str]:
    """The parts of whoever is screened or listed, and the sex that they show."""
    name = subject.name if isinstance(subject, Payee) else subject.whole
    if kind == ORGANISATION:
        return organisation_parts(name), ""
    return person_parts(name, subject.given, subject.patronymic, subject.surname, sex)
