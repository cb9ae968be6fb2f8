"""A release's files as they left, its numbers as one table, and its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from clarion.desk.page import actor, file_response, page
from clarion.desk.releases import shown
from clarion.errors import UnknownName
from clarion.release.store import reader
from clarion.release.store.models import Registered
from clarion.tables.download import TYPES, table_bytes

if TYPE_CHECKING:
    import polars as pl


@page("desk.releases")
def as_it_left(request: HttpRequest, programme: str, name: str, file: str) -> HttpResponse:
    """One file, byte for byte."""
    row = reader.get(actor(request), programme, name)
    content = reader.file(row, file)
    kind = "application/json" if file.endswith(".json") else TYPES["csv"]
    return file_response(content, kind, file)


@page("desk.releases")
def numbers(request: HttpRequest, programme: str, name: str, form: str) -> HttpResponse:
    """All printed numbers in one table: csv, xlsx or parquet."""
    row = reader.get(actor(request), programme, name)
    return _table(_numbers(row), form, f"{name}-numbers")


@page("desk.releases")
def learned(request: HttpRequest, programme: str, name: str, form: str) -> HttpResponse:
    """What an attacker can say of each group: csv, xlsx or parquet."""
    row = reader.get(actor(request), programme, name)
    return _table(_learned(row), form, f"{name}-learned")


@page("desk.releases")
def picture(request: HttpRequest, programme: str, name: str, number: int) -> HttpResponse:
    """One picture as a file that stands alone."""
    row = reader.get(actor(request), programme, name)
    new = request.GET.get("span") == "new" and shown.has_new(row.learned)
    drawn = list(shown.pictures(row.learned, "new_" if new else "", standalone=True))
    if number >= len(drawn):
        raise UnknownName(gettext("This release has no such picture."), where="picture",
                          next_step=gettext("Choose one from its page."))  # fmt: skip
    return file_response(drawn[number][1].encode(), "image/svg+xml", f"{name}-{number}.svg")


def _numbers(row: Registered) -> pl.DataFrame:
    import polars as pl

    dimensions = list(row.spec["dimensions"])
    found: list[dict[str, Any]] = []
    for table, group, cell in reader.rows(row):
        places = {dimension: group.get(dimension, "") for dimension in dimensions}
        found.append({"release": row.name, "table": table, **places, "count": cell.text, "at_least": cell.low,
                      "at_most": cell.high})  # fmt: skip
    return pl.DataFrame(found, infer_schema_length=None)


def _learned(row: Registered) -> pl.DataFrame:
    import polars as pl

    dimensions = list(row.spec["dimensions"])
    keys = ("status", "share", "printed", "low", "high", "new_low", "new_high")
    found = [
        {dimension: r["group"].get(dimension, "") for dimension in dimensions} | {key: r.get(key) for key in keys}
        for r in row.learned
    ]
    return pl.DataFrame(found, infer_schema_length=None)


def _table(frame: pl.DataFrame, form: str, name: str) -> HttpResponse:
    return file_response(table_bytes(frame, form), TYPES[form], f"{name}.{form}")
