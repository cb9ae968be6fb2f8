"""Who is screened, and who is listed."""

from __future__ import annotations

from dataclasses import dataclass, field

from clarion.screening.engine.births import Birth
from clarion.screening.engine.identifiers import Identifier

PERSON, ORGANISATION = "person", "organisation"
CRAFTS = VESSEL, AIRCRAFT = "vessel", "aircraft"
UNKNOWN = "unknown"
"""What else a list names: ships, aircraft, and what it does not call anything, or something else (a port, a coin)."""


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom a payment is for. Only the name is needed; nothing that is missing counts for or against.

    ``kind`` is person or organisation. The parts of a name that are known apart go into ``given``, ``patronymic`` and
    ``surname``. ``sex`` is ``male``, ``female`` or empty; ``nationalities`` are ISO 3166 alpha-3.
    """

    name: str
    kind: str = PERSON
    given: str = ""
    patronymic: str = ""
    surname: str = ""
    sex: str = ""
    birth: Birth | None = None
    nationalities: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as printed. ``weak`` is what the list itself calls low quality; such a name, and one of a single word,
    never hits alone."""

    whole: str
    given: str = ""
    patronymic: str = ""
    surname: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """One entry of one list. ``kind`` is what the list says that it names; ``measures`` are the list's own words, such
    as asset freeze."""

    list: str
    entry: str
    kind: str
    names: tuple[ListedName, ...]
    sex: str = ""
    births: tuple[Birth, ...] = ()
    nationalities: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = field(default=())
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
