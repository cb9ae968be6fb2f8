"""Parsers of payees: files that people send, a payee's fields, and what a client of yente asks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from mutate import mutate_member
from parser_kind import Parser, json_or_nothing, of_text, text_seed

CSV = '№;ФИО;Дата рождения\n1;"Иванов; Иван";17.05.1961\n2;Петрова Анна;1970\n'
OPENED = (
    '{"name": "Иванов Иван", "birth": "1961", "agreed": true, "screened": "{\\"outcome\\": \\"clear\\", '
    '\\"hits\\": [], \\"cleared\\": [[\\"a\\", \\"b\\", \\"c\\", \\"2999\\"]]}"}'
)
QUERY = '{"schema": "Person", "properties": {"name": ["Ivan Ivanov"], "birthDate": ["1961-05-17"]}}'


def _workbook(_: Path) -> bytes:
    import openpyxl

    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (("ФИО", "Дата рождения"), ("Иванов Иван", "17.05.1961"), ("Петрова Анна", 1970)):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def _rows(path: Path) -> Any:
    """Every row becomes a payee, or is told why not."""
    from contextlib import suppress

    from clarion.errors import InputError
    from clarion.screening.service.asked import FIELDS, asked
    from clarion.screening.service.batch.columns import guess
    from clarion.screening.service.batch.read import open_path

    with open_path(path) as (headings, rows):
        columns = guess(headings)
        for row in rows:
            assert row.fault or len(row.cells) == len(headings)
            with suppress(InputError):
                asked({name: row.cells[columns[name]] for name in FIELDS if name in columns and not row.fault}).mark()


def _asked(text: str) -> Any:
    from clarion.screening.service.asked import FIELDS, asked

    return asked(dict(zip(FIELDS, text.split("|"), strict=False))).mark()


def _opened(text: str) -> Any:
    """What is screened, what was, and who was cleared before, of one line."""
    from clarion.screening.service import opened

    value = opened._read(text)
    return opened._payee(value), opened._was(value), opened._cleared(value)


def _query(data: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    from clarion.screening.service.match import Query, _payees

    try:
        query = Query(**data)
    except (ValidationError, TypeError):  # the API refuses it by its schema
        return None
    return _payees(query)


def _exemptions(text: str) -> Any:
    from clarion.screening.engine.exemptions import read, written

    return read(written(read(text, "own.csv")), "own.csv")


def _exemptions_seed(_: Path) -> bytes:
    from clarion.screening.engine.exemptions import written
    from clarion.screening.service.exemptions import shipped

    return written(shipped()[:3]).encode()


def of_screening() -> list[Parser]:
    at = "clarion.screening.service."
    return [
        Parser("table of exemptions", "clarion.screening.engine.exemptions.read", _exemptions_seed,
               of_text(_exemptions)),
        Parser("payees CSV", at + "batch.read", lambda _: CSV.encode(), _rows, ".csv"),
        Parser("payees CSV of Windows", at + "batch.read", lambda _: CSV.encode("cp1251", "replace"), _rows, ".csv"),
        Parser("payees workbook", at + "batch.read", _workbook, _rows, ".xlsx", mutate_member),
        Parser("payee", at + "asked", text_seed("Иванов Иван|Иван||Иванов|17.05.1961|м|RUS|500100732259"),
               of_text(_asked)),
        Parser("opened value", at + "opened", text_seed(OPENED), of_text(_opened)),
        Parser("query of a client of yente", at + "match", text_seed(QUERY), json_or_nothing(_query)),
    ]  # fmt: skip
