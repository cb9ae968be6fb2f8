"""The published inputs from their folder: MatrixMarket files and lists of names."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NoReturn

import numpy as np
import polars as pl
from scipy import io, sparse

from clarion.errors import InputError
from clarion.spillover.engine.recipes.trade import TradeShares, trade_shares
from clarion.spillover.engine.recipes.world import Floats, Matrix, Recipes
from clarion.vocab import Phrase

INDEXES = {"countries": "country-index.csv", "items": "item-index.csv", "processes": "process-index.csv"}
MATRICES = ("alpha", "beta", "nu", "eta_prod", "eta_exp", "startstock", "x0")
PLACES = "country-information.csv"
FLOWS = ("item", "exporter_iso3", "importer_iso3", "tonnes")
MOST_ENTRIES = 200_000_000


def found_file(folder: Path, name: str) -> Path | None:
    """A matrix of the folder, packed by gzip or not."""
    paths = [folder / f"sparse_{name}.mtx", folder / f"sparse_{name}.mtx.gz"]
    return next((path for path in paths if path.is_file()), None)


def input_files(folder: Path, with_trade: bool) -> list[Path]:
    """The files that ``read_recipes`` reads of a folder."""
    matrices = [found_file(folder, name) for name in (*MATRICES, *(("trade",) if with_trade else ()))]
    return [*(folder / name for name in (*INDEXES.values(), PLACES)), *(path for path in matrices if path)]


def read_recipes(folder: Path, trade: Path | None = None, year: int = 2013) -> tuple[Recipes, TradeShares | None]:
    """The inputs of Laber et al. 2023 in the form of their repository.

    ``trade`` is a MatrixMarket file, or a table of flows (see ``read_flows``) that shares are made of; by default the
    folder's own sparse_trade.mtx. The second answer is what was made of flows, or None.

    Raises
    ------
    InputError: a file that is missing, cannot be read, or does not fit the others.
    """
    if not folder.is_dir():
        _refuse("There is no such folder.", folder, "Give the folder of the published inputs.")
    names = {part: _names(folder / file) for part, file in INDEXES.items()}
    codes, regions = _places(folder / PLACES, names["countries"])
    rows, across = len(codes) * len(names["items"]), len(codes) * len(names["processes"])
    shapes = {"alpha": (rows, across), "beta": (rows, across), "nu": (across, rows)}
    parts = {name: _matrix(_present(folder, name), shapes.get(name, (rows, 1))) for name in MATRICES}
    given = trade or _present(folder, "trade")
    made = None
    if ".mtx" in given.suffixes:
        shares = _matrix(given, (rows, rows))
    else:
        made = trade_shares(read_flows(given, year), codes, names["items"])
        shares = made.matrix
    vectors = {name: _vector(parts[name]) for name in ("eta_prod", "eta_exp", "x0", "startstock")}
    world = Recipes(
        codes, names["countries"], regions, names["items"], names["processes"], parts["alpha"], _vector(parts["beta"]),
        parts["nu"], vectors["eta_prod"], vectors["eta_exp"], vectors["x0"], vectors["startstock"], shares,
    )  # fmt: skip
    return world, made


def read_flows(path: Path, year: int) -> pl.DataFrame:
    """A CSV file (gzip too) item, exporter_iso3, importer_iso3, tonnes; of one with a column year, that year's rows.

    Raises
    ------
    InputError: it is no such table, has no row of that year, or a quantity that is negative or no number.
    """
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        _refuse(Phrase("It cannot be read: {error}.", error=str(error)[:120]), path, "Give a CSV file in UTF-8.")
    missing = tuple(name for name in FLOWS if name not in frame.columns)
    if missing:
        _refuse(
            Phrase("It has no column {names}.", names=missing), path,
            Phrase("Name the columns {names}; a column year is understood too.", names=FLOWS),
        )  # fmt: skip
    frame = frame.with_row_index("line", 2)
    if "year" in frame.columns:
        frame = frame.filter(pl.col("year").str.strip_chars() == str(year))
        if frame.is_empty():
            _refuse(Phrase("It has no row of {year}.", year=str(year)), path, "Choose another with --year.")
    amounts = frame["tonnes"].cast(pl.Float64, strict=False)
    fits = (amounts.is_finite() & (amounts >= 0)).fill_null(False)
    if not fits.all():
        at = int(fits.arg_min() or 0)
        _refuse(
            Phrase("{text!r} is not an amount of tonnes.", text=str(frame["tonnes"][at])), path,
            Phrase("Correct line {line}.", line=str(frame["line"][at])),
        )  # fmt: skip
    return frame.with_columns(amounts.alias("tonnes")).select(FLOWS)


def _present(folder: Path, name: str) -> Path:
    path = found_file(folder, name)
    if path is None and name == "trade":
        _refuse(
            "The folder has no matrix of trade.", folder,
            "Give --trade: the published sparse_trade.mtx, or a CSV of flows item,exporter_iso3,importer_iso3,tonnes.",
        )  # fmt: skip
    return path or _refuse(
        Phrase("The folder has no {file}.", file=f"sparse_{name}.mtx"), folder, "Copy the whole folder of inputs."
    )


def _names(path: Path) -> tuple[str, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = tuple(row[0].strip() for row in csv.reader(file, delimiter="\t") if row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        _refuse(Phrase("It cannot be read: {error}.", error=str(error)), path, "Copy the whole folder of inputs.")
    if not names or len(set(names)) != len(names):
        _refuse("A name comes twice, or there is none.", path, "Give one name a line.")
    return names


def _places(path: Path, countries: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            known = {row["area"]: (row["code"], row["region"]) for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        _refuse(Phrase("It cannot be read: {error}.", error=str(error)), path, "Copy the whole folder of inputs.")
    unknown = tuple(name for name in countries if name not in known)
    if unknown:
        _refuse(Phrase("It lacks {names}.", names=unknown[:3]), path, "Check that all files come from one release.")
    return tuple(known[name][0] for name in countries), tuple(known[name][1] for name in countries)


def _matrix(path: Path, shape: tuple[int, int]) -> Matrix:
    try:
        rows, columns, entries, *_ = io.mminfo(path)
        if (rows, columns) != shape or entries > MOST_ENTRIES:
            size = f"{shape[0]} by {shape[1]}"
            _refuse(
                Phrase("It is {rows} by {columns}; the indexes make it {size}.", rows=rows, columns=columns, size=size),
                path,
                "Check that all files come from one release.",
            )
        found = sparse.csr_array(io.mmread(path))
    except (OSError, ValueError, OverflowError, EOFError) as error:
        _refuse(Phrase("It is no MatrixMarket file: {error}.", error=str(error)[:120]), path, "Fetch the file again.")
    found.eliminate_zeros()
    return found


def _vector(matrix: Matrix) -> Floats:
    found: Floats = np.asarray(matrix.sum(axis=1)).ravel()
    return found


def _refuse(what: str, path: Path, step: str) -> NoReturn:
    raise InputError(what, where=str(path), next_step=step, file=str(path))
