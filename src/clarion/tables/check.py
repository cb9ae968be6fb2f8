"""A frame against its table's contract. The first problem is an error; it says how many rows share it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from clarion.errors import TableError
from clarion.tables.contract import Column, Table

if TYPE_CHECKING:
    import polars as pl

_LINE = "__line"


def check(frame: pl.DataFrame, table: Table, *, file: str = "", lines: str = "position") -> pl.DataFrame:
    """The frame in the table's columns, order and types, or the first thing wrong with it.

    Parameters
    ----------
    frame: columns as text (from a CSV) or typed; absent optional columns become empty ones.
    file: what to call the origin in messages.
    lines: ``position`` when row 0 is line 2 of the file; ``source_row`` when that column holds the lines.

    Raises
    ------
    TableError: with ``file``, ``line``, ``column``, ``value`` and ``rows`` (how many share the problem) in its details.
    """
    import polars as pl

    file = file or f"table {table.name}"
    _columns(frame, table, file)
    frame = frame.with_columns(
        *(pl.lit(None, _dtype(c)).alias(c.name) for c in table.columns if c.name not in frame.columns),
        (pl.col("source_row").cast(pl.Int64, strict=False) if lines == "source_row" else pl.int_range(pl.len()) + 2)
        .alias(_LINE),
    )  # fmt: skip
    out = frame.select(_LINE, *(_typed(frame, column, file) for column in table.columns))
    for column in table.columns:
        _values(out, column, file)
    _duplicates(out, table, file)
    return out.drop(_LINE)


def _columns(frame: pl.DataFrame, table: Table, file: str) -> None:
    known, found = set(table.names), frame.columns
    unknown = [name for name in found if name not in known]
    if unknown:
        near = get_close_matches(unknown[0], table.names, 1)
        raise TableError(
            f"{table.name} has no column {unknown[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""),
            where=f"{file}, line 1",
            next_step="Its columns are: " + ", ".join(table.names) + ". Rename or remove the others.",
            file=file,
            line=1,
            column=unknown[0],
            unknown=unknown,
        )
    missing = [c.name for c in table.columns if c.required and c.name not in found]
    if missing:
        raise TableError(
            f"The column {missing[0]!r} of {table.name} is missing.",
            where=f"{file}, line 1",
            next_step=f"Add it. The file has: {', '.join(found)}. It needs: "
            + ", ".join(c.name for c in table.columns if c.required) + ".",
            file=file,
            line=1,
            column=missing[0],
            missing=missing,
        )  # fmt: skip


def _dtype(column: Column) -> Any:
    import polars as pl

    return {"number": pl.Float64, "integer": pl.Int64}.get(column.kind, pl.String)


def _typed(frame: pl.DataFrame, column: Column, file: str) -> pl.Series:
    """The column in its type. An empty text is an absent value."""
    import polars as pl

    raw = frame[column.name]
    if raw.dtype == pl.String:
        raw = raw.replace("", None)
    if column.kind not in ("number", "integer"):
        if raw.dtype != pl.String and not raw.dtype.is_integer() and raw.null_count() < raw.len():
            _fail(frame, raw.is_not_null(), column, file, f"should be text, and is {raw.dtype}")
        return raw.cast(pl.String)
    number = raw.cast(pl.Float64, strict=False)
    bad = (number.is_null() & raw.is_not_null()) | number.is_nan() | number.is_infinite()
    if bad.fill_null(False).any():
        comma = raw.dtype == pl.String and raw.filter(bad.fill_null(False)).str.contains(r"^-?\d+,\d+$").any()
        step = "Write decimals with a point, not a comma." if comma else "Write plain numbers, such as 1234.5."
        _fail(frame, bad, column, file, "is not a number", step)
    if column.kind == "integer":
        _fail(frame, number != number.round(), column, file, "is not a whole number")
        return number.cast(pl.Int64)
    return number


def _values(frame: pl.DataFrame, column: Column, file: str) -> None:
    import polars as pl

    values = frame[column.name]
    if column.required:
        _fail(frame, values.is_null(), column, file, "is empty", "Fill it in, or remove the row.")
    if column.low is not None:
        _fail(frame, values < column.low, column, file, f"is less than {column.low:g}{_unit(column)}")
    if column.high is not None:
        _fail(frame, values > column.high, column, file, f"is more than {column.high:g}{_unit(column)}")
    if column.choices:
        step = "Use one of: " + ", ".join(column.choices) + "."
        _fail(frame, ~values.is_in(list(column.choices)), column, file, "is not one of those allowed", step)
    if column.kind == "iso3":
        from clarion.vocab import places

        _fail(frame, ~values.is_in(list(places())), column, file, "is not the code of a country or territory")
    elif column.kind == "commodity":
        from clarion.vocab import COMMODITIES

        step = "Use one of: " + ", ".join(COMMODITIES) + "."
        _fail(frame, ~values.is_in(list(COMMODITIES)), column, file, "is not a commodity", step)
    elif column.kind in _FORMS:
        form, example = _FORMS[column.kind]
        step = f"Write it as {example}."
        _fail(frame, ~values.str.contains(form), column, file, f"is not a {column.kind}", step)
        if column.kind == "period":
            first, last = values.str.slice(0, 4).cast(pl.Int32), values.str.slice(-4).cast(pl.Int32)
            _fail(frame, last < first, column, file, "ends before it begins", step)


_YEAR = r"(?:19|20|21)\d\d"
_FORMS = {
    "period": (rf"^{_YEAR}(?:-{_YEAR})?$", "a year or two joined by a hyphen, such as 2019-2021"),
    "year": (rf"^{_YEAR}$", "a year, such as 2021"),
    "month": (rf"^{_YEAR}-(?:0[1-9]|1[0-2])$", "a year and a month, such as 2022-03"),
    "day": (r"^(?:18|19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$", "a day, such as 2022-03-15"),
}


def _unit(column: Column) -> str:
    return f" {column.unit}" if column.unit else ""


def _duplicates(frame: pl.DataFrame, table: Table, file: str) -> None:
    import polars as pl

    key = list(table.key)
    twice = frame.filter(pl.struct(key).is_duplicated())
    if twice.is_empty():
        return
    same = twice.filter(pl.all_horizontal(pl.col(k).eq_missing(twice[k][0]) for k in key))
    shown = ", ".join(f"{k}={twice[k][0]}" for k in key)
    line, again = same[_LINE][0], same[_LINE][1]
    raise TableError(
        f"Two rows have the same key ({shown}).",
        where=f"{file}, lines {line} and {again}",
        next_step=f"Keep one row for each {', '.join(key)}. {_rows(twice.height)} such a twin.",
        file=file,
        line=again,
        column=key[0],
        value=shown,
        rows=twice.height,
    )


def _fail(
    frame: pl.DataFrame, bad: pl.Series, column: Column, file: str, problem: str, step: str = "Correct the value."
) -> None:
    bad = bad.fill_null(False)
    if not bad.any():
        return
    at = bad.arg_true()[0]
    line, value, rows = frame[_LINE][at], frame[column.name][at], int(bad.sum())
    if column.kind == "iso3" and value is not None:
        step = _near_place(str(value))
    raise TableError(
        f"{column.name} {problem}" + (f": {value!r}." if value is not None else "."),
        where=f"{file}, line {line}, column {column.name}",
        next_step=f"{step} {_rows(rows)} this problem.",
        file=file,
        line=line,
        column=column.name,
        value=value,
        rows=rows,
    )


def _near_place(code: str) -> str:
    from clarion.errors import UnknownName
    from clarion.vocab import place

    try:
        return f"Write {place(code).iso3}, in capitals and without spaces."
    except UnknownName as error:
        return error.next_step


def _rows(count: int) -> str:
    return "One row has" if count == 1 else f"{count} rows have"
