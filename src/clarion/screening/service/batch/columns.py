"""Which column of a file is what: by headings as people write them in English, Russian and Ukrainian, or as chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from clarion.errors import InputError
from clarion.screening.service.asked import FIELDS, Asked, asked
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.screening.service.batch.row import Row

ID = "id"
CHOICES = (ID, *FIELDS)
"""What a column can be: the file's own number of the row, or a field of a payee."""
Columns = Mapping[str, int]
"""By what it is, which column, from 0."""

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    ID: ("id", "no", "number", "reference", "payee id", "№", "n", "номер", "код", "№ п п"),
    "name": (
        "name", "full name", "payee", "payee name", "beneficiary", "beneficiary name", "фио", "ф и о", "полное имя",
        "получатель", "наименование", "название", "пiб", "піб", "повне ім'я", "одержувач",
    ),
    "given": ("given", "given name", "first name", "имя", "ім'я"),
    "patronymic": ("patronymic", "middle name", "отчество", "по батькові"),
    "surname": ("surname", "last name", "family name", "фамилия", "прізвище"),
    "birth": ("birth", "birth date", "birthdate", "date of birth", "dob", "born", "дата рождения", "год рождения",
              "дата народження"),
    "sex": ("sex", "gender", "пол", "стать"),
    "nationality": ("nationality", "citizenship", "country", "гражданство", "страна", "громадянство"),
    "inn": ("inn", "tax number", "tax id", "инн", "інн"),
    "ogrn": ("ogrn", "огрн", "огрнип"),
    "snils": ("snils", "снилс"),
    "passport": ("passport", "passport number", "паспорт", "серия и номер паспорта", "номер паспорта"),
    "kind": ("kind", "type", "schema", "тип", "вид"),
    "bank": ("bank", "beneficiary bank", "bank name", "банк", "банк получателя", "банк одержувача"),
    "intermediaries": ("intermediaries", "intermediary", "intermediary bank", "intermediary banks", "банк посредник",
                       "банки посредники", "банк корреспондент", "банк кореспондент"),
}  # fmt: skip
_FIELD = {heading: field for field, headings in _HEADINGS.items() for heading in headings}


def guess(headings: Sequence[str]) -> dict[str, int]:
    """What the headings say; of two that say the same the first counts."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        field = _FIELD.get(_plain(heading))
        if field is not None:
            found.setdefault(field, at)
    return found


def chosen(headings: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """What the headings say, but for those that are ``named``: a field to a heading.

    Raises
    ------
    InputError: no such field, or no such heading.
    """
    found = guess(headings)
    plain = [_plain(heading) for heading in headings]
    for field, heading in named.items():
        if field not in CHOICES:
            raise InputError(Phrase("A column cannot be {field!r}.", field=field[:40]), where="column",
                             next_step=Phrase("Choose one of: {names}.", names=CHOICES))  # fmt: skip
        if _plain(heading) not in plain:
            raise InputError("The file has no column of this heading.", where="column",
                             next_step="Write the heading as the first line of the file has it.")  # fmt: skip
        found[field] = plain.index(_plain(heading))
    return found


def needed(columns: Columns, width: int) -> None:
    """Go on only if the columns make a payee.

    Raises
    ------
    InputError: neither a name nor a surname has a column, or a column is not there.
    """
    if "name" not in columns and "surname" not in columns:
        raise InputError("No column has the name.", where="column",
                         next_step="Say which column has the name, or the surname.")  # fmt: skip
    if any(not 0 <= at < width for at in columns.values()) or set(columns) - set(CHOICES):
        raise InputError("The file has no such column.", where="column", next_step="Choose the columns again.")


def identified(row: Row, columns: Columns) -> str:
    """What the file calls a row, else its line."""
    return _cell(row, columns, ID) or str(row.line)


def kind_told(row: Row, columns: Columns) -> bool:
    """Whether the file says of a row whether it is a person or an organisation."""
    return bool(_cell(row, columns, "kind"))


def payee_of(row: Row, columns: Columns) -> Asked:
    """Whom a row is about; raises ``InputError`` where it is broken or cannot be a payee."""
    if row.fault:
        raise InputError(row.fault)
    return asked({name: _cell(row, columns, name) for name in FIELDS})


def _cell(row: Row, columns: Columns, name: str) -> str:
    at = columns.get(name, -1)
    return row.cells[at].strip() if 0 <= at < len(row.cells) else ""


def _plain(heading: str) -> str:
    return re.sub(r"[\s_.\-/]+", " ", heading.strip().casefold().replace("’", "'").replace("ё", "е")).strip()
