"""Who is to be screened, as people and files write it: read, checked, and in one form by which they are known again."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError
from clarion.screening.service import kinds, readable
from clarion.screening.service.keys import mark
from clarion.vocab import Phrase, places, seen
from clarion.vocab.place import LANGUAGES

if TYPE_CHECKING:
    from clarion.screening.engine.births import Birth
    from clarion.screening.engine.identifiers import Identifier
    from clarion.screening.engine.subject import Party, Payee

PAYEE = "payee"
NUMBERS = ("inn", "ogrn", "snils", "passport")
PARTS = ("given", "patronymic", "surname")
NAMES = ("name", *PARTS, "bank", "intermediaries")
FIELDS = ("name", *PARTS, "birth", "sex", "nationality", *NUMBERS, "kind", "bank", "intermediaries")
KINDS = ("person", "organisation")
LONGEST = 300  # letters of a field; the longest listed name has fewer
MOST_INTERMEDIARIES = 5
FEWEST_DIGITS = 6  # of a passport
OLDEST = 120  # years; one person on record was older, by two
_NOBODY = re.compile(r"#[A-Z/А-Я0!?]+|null|none|nan|undefined|unknown|н/д|n/a|неизвестн\w+", re.IGNORECASE)
"""What programs and people write where they have no name, Excel's errors among it."""
_UNTOLD = re.compile(r"[-–—.?*/0 ]+|нет|не указан\w*|нд", re.IGNORECASE)
"""What stands, beside ``_NOBODY``, in a column of which nothing is known."""
_YEAR = re.compile(r"(?<=\d)\s*(?:г\.?\s?р\.?|г(?:ода?)?\.?(?:\s+рождения)?|р\.?\s?н\.?)$", re.IGNORECASE)
"""What stands behind a date in Russian and Ukrainian papers: 1954 г.р., 30.08.1954 года рождения."""
_FILLED_IN = re.compile(
    r"(?:0?[01][./]0?1[./](?:1900|0001)|(?:1900|0001)-01-0[01]|3[01][./]12[./]1899|1899-12-3[01])"
    r"(?:[ T]0?0:00(?::00)?)?"
)
"""Days of birth that nobody wrote: the first that Excel, 1C and databases know."""
_TURNED = ("\u202d", "\u202e")
_SEXES = {
    "": "", "m": "male", "male": "male", "м": "male", "муж": "male", "мужской": "male", "ч": "male",
    "f": "female", "female": "female", "ж": "female", "жен": "female", "женский": "female",
}  # fmt: skip
_KINDS = {
    "": "person", "person": "person", "individual": "person", "физлицо": "person", "физическое лицо": "person",
    "лицо": "person", "organisation": "organisation", "organization": "organisation", "company": "organisation",
    "entity": "organisation", "юрлицо": "organisation", "юридическое лицо": "organisation",
    "организация": "organisation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A payee, and the banks that the money goes through. Every field is text as it was read, cleaned; ``birth`` is as
    ``read_birth`` takes it, ``nationality`` ISO 3166 alpha-3, numbers are as written."""

    name: str
    given: str = ""
    patronymic: str = ""
    surname: str = ""
    birth: str = ""
    sex: str = ""
    nationality: str = ""
    inn: str = ""
    ogrn: str = ""
    snils: str = ""
    passport: str = ""
    kind: str = "person"
    bank: str = ""
    intermediaries: tuple[str, ...] = ()

    def payee(self) -> Payee:
        """What the engine is asked. Raises InputError for a date or number that is none."""
        from clarion.screening.engine.births import read_birth
        from clarion.screening.engine.identifiers import Identifier, bare
        from clarion.screening.engine.subject import Payee

        numbers = tuple(Identifier(kind, bare(text)) for kind in NUMBERS if (text := getattr(self, kind)))
        return Payee(
            self.name, self.kind, self.given, self.patronymic, self.surname, self.sex,
            read_birth(self.birth, datetime.now(UTC).year), (self.nationality,) if self.nationality else (), numbers,
        )  # fmt: skip

    def others(self) -> list[tuple[str, Asked]]:
        """The bank and the intermediaries, each as an organisation to be screened, with its part in the payment; then
        who else the payee's own name may be: each of several people in one field, a firm among people, a person among
        firms."""
        named = [("bank", self.bank), *(("intermediary", name) for name in self.intermediaries)]
        found = [(part, Asked(name, kind="organisation")) for part, name in named if name]
        more: list[Asked] = []
        if self.kind == "person":
            more += [Asked(name) for name in readable.several(self.name)]
            if kinds.may_be_firm(self.name, self.given, self.patronymic, self.surname, self.sex):
                more += [self.called("organisation"), *self._before_address()]
        else:
            more += self._before_address()
            if kinds.may_be_person(self.name):
                more.append(self.called("person"))
        return [*found, *((PAYEE, one) for one in more)]

    def called(self, kind: str) -> Asked:
        """The payee alone, without the banks, as a person or as an organisation."""
        return replace(self, kind=kind, bank="", intermediaries=())

    def _before_address(self) -> list[Asked]:
        return [Asked(name, kind="organisation") for name in readable.before_address(self.name)]

    def apart(self, listed: Party) -> bool:
        """Whether this payee is known by what is not the listed one's too: a day of birth, or a number that can be one.

        Only then may somebody stay cleared of an entry. A name and a year are those of many, "none" and 000000000000
        stand in many a column, and by what the list itself says of the entry the listed one would be cleared next.
        """
        payee = self.payee()
        numbers = {one.number for one in payee.identifiers if tells(one)}
        born = payee.birth if payee.birth and payee.birth.day else None
        if any(one.number in numbers for one in listed.identifiers):
            return False
        return bool(numbers) or (
            born is not None
            and not any((born.year, born.month, born.day) == (one.year, one.month, one.day) for one in listed.births)
        )

    @property
    def identifying(self) -> bool:
        """Whether there is a day of birth or a number by which this payee could be known apart from anybody."""
        payee = self.payee()
        return bool((payee.birth and payee.birth.day) or any(map(tells, payee.identifiers)))

    @property
    def personal(self) -> bool:
        """Whether something beside the name says that this is a person, or the name has a father's in it."""
        told = (*(getattr(self, part) for part in PARTS), self.birth, self.sex, self.snils, self.passport)
        return self.kind == kinds.PERSON and (any(told) or kinds.has_father(self.name))

    @property
    def unsound(self) -> tuple[str, ...]:
        """The kinds of number that are not used, because their check digits are wrong; a ship's is in its name."""
        from clarion.screening.engine.crafts import craft_of

        craft = craft_of(self.name)
        numbers = (*self.payee().identifiers, *(craft.numbers if craft else ()))
        return tuple(dict.fromkeys(one.kind for one in numbers if one.kind != "passport" and not one.sound))

    def mark(self, kind: str = "payee", *more: str) -> str:
        """What this payee is known by without being named; the same however the same data are written."""
        from clarion.screening.engine.identifiers import bare

        payee = self.payee()
        numbers = [f"{kind}:{bare(text)}" for kind in NUMBERS if (text := getattr(self, kind))]
        words = sorted({*_words(self.name), *(word for part in PARTS for word in _words(getattr(self, part)))})
        return mark(kind, self.kind, " ".join(words), str(payee.birth or ""), *numbers, "|", *more)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; ``Asked(**...)`` with a tuple of intermediaries reads it back."""
        return asdict(self) | {"intermediaries": list(self.intermediaries)}


def tells(number: Identifier) -> bool:
    """Whether a number can be somebody's own: check digits hold, and it is not one digit over and over. A passport of
    another country has none, so that it has to have six digits at least."""
    digits = [letter for letter in number.number if letter.isdecimal()]
    return len(set(digits)) > 1 and (number.sound or (number.kind == "passport" and len(digits) >= FEWEST_DIGITS))


def from_kept(data: Mapping[str, Any]) -> Asked:
    """What ``to_dict`` wrote."""
    return Asked(**(dict(data) | {"intermediaries": tuple(data["intermediaries"])}))


def asked(said: Mapping[str, Any]) -> Asked:
    """Read a payee from what somebody typed or a file has; unknown keys are passed over. A date that a program filled
    in, such as 01.01.1900, and words for what is not known count as nothing told.

    Raises
    ------
    InputError: no name, a field is too long, a date that is none, a sex, nationality or kind that is not known. What
    was typed is not repeated.
    """
    fields = {name: _clean(name, said.get(name, "")) for name in FIELDS if name != "intermediaries"}
    for name in ("birth", "sex", "nationality"):
        fields[name] = _YEAR.sub("", fields[name])
        told = fields[name]
        if _UNTOLD.fullmatch(told) or _NOBODY.fullmatch(told) or (name == "birth" and _FILLED_IN.fullmatch(told)):
            fields[name] = ""
    if not fields["name"]:
        fields["name"] = " ".join(filter(None, (fields["surname"], fields["given"], fields["patronymic"])))
    if fields["name"] and not any(letter.isalpha() for letter in fields["name"]):
        raise InputError(
            "The name has no letter in it.", where="name",
            next_step="Write it as it stands on the account; where a file shows question marks, save it in UTF-8.",
        )  # fmt: skip
    if _filler(fields["name"]) or _NOBODY.fullmatch(fields["name"]):
        raise InputError("The name is missing.", where="name", next_step="Write the name as it stands on the account.")
    if craft := kinds.CRAFTS.get(fields["kind"].casefold()):
        fields |= {"name": f"{craft} {fields['name']}", "kind": kinds.ORGANISATION}
    found = Asked(**fields, intermediaries=_several(said.get("intermediaries", ())))
    found = replace(
        found, sex=_one_of("sex", found.sex, _SEXES), kind=_one_of("kind", found.kind, _KINDS),
        nationality=_country(found.nationality),
    )  # fmt: skip
    found = replace(found, kind=kinds.shown(found.name) or found.kind)
    try:
        born = found.payee().birth
    except InputError as error:
        raise InputError("This is no date of birth that can be.", where="birth",
                         next_step="Write 1961, 1961-05-17 or 17.05.1961.") from error  # fmt: skip
    if born is not None:
        _alive(born)
    return found


def _alive(born: Birth) -> None:
    """Nobody is paid who would be older than anybody ever was, or is not born yet. Of a list's own dates nothing is
    asked, and a decision of an earlier version that has such a date still opens."""
    today = datetime.now(UTC).date()
    if born.ahead(today):
        raise InputError("This date of birth is after today.", where="birth", next_step="Look at the year.")
    if born.longer_ago(OLDEST, today):
        raise InputError(
            Phrase("This date of birth is more than {years} years ago.", years=OLDEST), where="birth",
            next_step="Look at the year; leave it empty where it is not known.",
        )  # fmt: skip


def _filler(name: str) -> bool:
    """Whether a name has no letter, or one that is held down."""
    letters = [letter for letter in name.casefold() if letter.isalpha()]
    return not letters or (len(letters) > 2 and len(set(letters)) == 1)


def _clean(name: str, value: Any) -> str:
    raw = str(value or "")
    if any(mark in raw for mark in _TURNED):
        raise InputError("Marks in this field turn its letters around.", where=name, next_step="Type it anew.")
    if name in NAMES and readable.garbled(raw):
        raise InputError(
            "The letters of this field are garbled: it was read in another encoding than it was written in.",
            where=name,
            next_step="Type it anew; save a file as CSV in UTF-8 encoding, or as .xlsx, and send it again.",
        )  # fmt: skip
    text = seen(" ".join((html.unescape(raw) if "&" in raw else raw).split()))
    if len(text) > LONGEST:
        raise InputError(
            Phrase("A field is too long: {name}.", name=name), where=name,
            next_step=Phrase("Use {most:,.0f} letters or fewer.", most=LONGEST),
        )  # fmt: skip
    return text


def _several(value: Any) -> tuple[str, ...]:
    texts = value.replace("\n", ";").split(";") if isinstance(value, str) else list(value or ())
    names = tuple(filter(None, (_clean("intermediaries", text) for text in texts)))
    if len(names) > MOST_INTERMEDIARIES:
        raise InputError(
            "These are too many banks in between.", where="intermediaries",
            next_step=Phrase("Name {most} at most.", most=MOST_INTERMEDIARIES),
        )  # fmt: skip
    return names


def _one_of(name: str, text: str, known: Mapping[str, str]) -> str:
    found = known.get(text.casefold().rstrip("."))
    if found is None:
        raise InputError(
            Phrase("This is not known here: {name}.", name=name), where=name,
            next_step=Phrase("Choose one of: {names}.", names=tuple(dict.fromkeys(filter(None, known.values())))),
        )  # fmt: skip
    return found


def _country(text: str) -> str:
    if not text:
        return ""
    found = _countries().get(text.casefold())
    if found is None:
        raise InputError(
            "This nationality is not known here.", where="nationality",
            next_step="Write the country's name, or its code of two or three letters, such as RUS.",
        )  # fmt: skip
    return found


@cache
def _countries() -> dict[str, str]:
    """Countries by everything that people write: both codes, and the name in each language."""
    return {
        written.casefold(): iso3 for iso3, one in places().items()
        for written in (iso3, one.iso2, *(one.name(language) for language in LANGUAGES)) if written
    }  # fmt: skip


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).casefold().replace(",", " ").split()
