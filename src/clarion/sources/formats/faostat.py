"""FAOSTAT's normalised bulk files: one row per area, item, element and year, codes beside every label.

M49, CPC and FBS codes carry a leading apostrophe; labels and units are spelt differently from release to release, so
elements are told by code and their label is only checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.archive import open_csv
from clarion.sources.formats.fault import Faults
from clarion.tables.csvfile import read_batches, read_header

if TYPE_CHECKING:
    import polars as pl

TONNES = frozenset({"t", "tonnes"})
THOUSAND_TONNES = frozenset({"1000 t", "1000 tonnes"})


@dataclass(frozen=True, slots=True)
class Element:
    """What an element code means here: our name, the label it must carry, its units, and whether it may be negative."""

    name: str
    label: str
    units: frozenset[str]
    factor: float = 1.0
    signed: bool = False


def by_area(raw: Raw, item_codes: str, items: Mapping[str, object], elements: Mapping[str, Element]) -> pl.DataFrame:
    """The known items and elements of a file with one area a row, its column ``item_codes`` beside ``Item Code``.

    Each row has its ``iso3``, and ``element`` as in ``select``; what is left out is counted.

    Raises
    ------
    SourceError: as ``normalised``; a cell that is not what it must be, or two rows that say one thing.
    """
    import polars as pl

    from clarion.sources.formats.areas import fao_area, historic_rows, to_iso3

    columns = (
        "Area Code", "Area Code (M49)", "Area", "Item Code", item_codes, "Item", "Element Code", "Element", "Year Code",
        "Year", "Unit", "Value",
    )  # fmt: skip
    read = ("Area Code", "Area Code (M49)", "Item Code", "Element Code", "Element", "Year", "Unit", "Value")
    parts = []
    with normalised(raw, columns, read) as (batches, faults):
        for batch in batches:
            rows = select(batch, items, elements, raw, faults)
            parts.append(to_iso3(rows, ("Area Code", "Area Code (M49)"), "iso3", fao_area, raw, faults))
        rows = pl.concat(parts)
        faults.twins(rows, ("Item Code", "iso3", "Element Code", "Year"))
    historic_rows(rows, ("iso3",), raw)
    return rows


@contextmanager
def normalised(
    raw: Raw, known: Sequence[str], keep: Sequence[str], optional: Sequence[str] = ("Flag", "Note")
) -> Iterator[tuple[Iterator[pl.DataFrame], Faults]]:
    """Batches of the columns ``keep`` of the archive's normalised file, header checked.

    Raises
    ------
    SourceError: not such an archive, or a column is missing or unknown.
    """
    with open_csv(raw.path, lambda n: n.endswith("_E_All_Data_(Normalized).csv"), "a normalised FAOSTAT table") as (
        stream,
        faults,
    ):
        header = read_header(stream, faults)
        faults.columns(header, known, optional)
        yield read_batches(stream, header, keep, faults), faults


def select(
    batch: pl.DataFrame, items: Mapping[str, object], elements: Mapping[str, Element], raw: Raw, faults: Faults
) -> pl.DataFrame:
    """The rows of known items and elements, numbers as numbers; the others, and absent values, are counted.

    Adds ``element`` (our name of it).
    """
    import polars as pl

    blank = batch.filter(pl.all_horizontal(pl.col(c) == "" for c in batch.columns if c != "source_row"))
    faults.rows(blank, "Item Code", "stands on an empty line")
    rows = batch.filter(pl.col("Item Code").is_in(list(items)))
    raw.count("other items", batch.height - rows.height)
    others = rows.filter(~pl.col("Element Code").is_in(list(elements)))
    for label, count in others["Element"].value_counts().iter_rows():
        raw.count(f"other elements: {label}", count)
    rows = rows.filter(pl.col("Element Code").is_in(list(elements)))
    for code, element in elements.items():
        mine = rows.filter(pl.col("Element Code") == code)
        label = pl.col("Element").str.to_lowercase()
        faults.rows(mine.filter(label != element.label), "Element", f"was expected to be {element.label!r} ({code})")
        units = " or ".join(sorted(element.units))
        faults.rows(mine.filter(~pl.col("Unit").is_in(list(element.units))), "Unit", f"was expected to be {units}")
    faults.years(rows, "Year")
    signed = pl.col("Element Code").is_in([c for c, e in elements.items() if e.signed])
    rows = faults.numbers(rows, "Value", signed=signed)
    raw.count("no value given", rows["Value"].null_count())
    names = {code: e.name for code, e in elements.items()}
    return rows.filter(pl.col("Value").is_not_null()).with_columns(
        pl.col("Element Code").replace_strict(names, return_dtype=pl.String).alias("element")
    )
