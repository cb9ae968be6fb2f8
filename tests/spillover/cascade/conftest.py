"""The evaluation data of the published cascade, as networks and dense matrices."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from clarion.config import config
from clarion.spillover.engine.cascade import Network


@dataclass(frozen=True)
class Crop:
    countries: tuple[str, ...]
    E: np.ndarray
    P: np.ndarray
    R: np.ndarray

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        names = np.array(self.countries)
        row, column = np.nonzero(self.E)
        links = {
            "exporter_iso3": names[row].tolist(),
            "importer_iso3": names[column].tolist(),
            "quantity": self.E[row, column],
        }
        made, held = ({"iso3": list(self.countries), "quantity": v} for v in (self.P, self.R))
        return pl.DataFrame(links), pl.DataFrame(made), pl.DataFrame(held)

    def shock(self, loss: np.ndarray) -> pl.DataFrame:
        """The losses of production as the command's table: those that lose any."""
        return pl.DataFrame({"iso3": list(self.countries), "fraction": loss}).filter(pl.col("fraction") > 0)

    def network(self) -> Network:
        return Network.from_frames(*self.frames())

    def loss(self, **fractions: float) -> np.ndarray:
        return np.array([fractions.get(c, 0.0) for c in self.countries])


@dataclass(frozen=True)
class Folder:
    path: Path

    def crop(self, name: str) -> Crop:
        return _crop(self.path, name)

    def printed(self, name: str) -> Crop:
        """The inputs of a golden run as printed beside its output, to 15 digits."""
        with (self.path / "golden_R_outputs" / "E0_wheat.csv").open() as lines:
            _, *rows = list(csv.reader(lines))
        with (self.path / "golden_R_outputs" / f"{name}.csv").open() as lines:
            table = list(csv.DictReader(lines))
        P, R = (np.array([float(r[c]) for r in table]) for c in ("P0", "R0"))
        return Crop(tuple(r[0] for r in rows), np.array([[float(x) for x in r[1:]] for r in rows]), P, R)

    def scenario(self, file: str, crop: Crop) -> np.ndarray:
        with (self.path / file).open(encoding="utf-8-sig") as lines:
            declines = {r["iso3"]: float(r["year_1"]) for r in csv.DictReader(lines)}
        return crop.loss(**declines)

    def golden(self, name: str) -> dict[str, np.ndarray]:
        with (self.path / "golden_R_outputs" / f"{name}.csv").open() as lines:
            rows = list(csv.DictReader(lines))
        return {c: np.array([float(r[c]) for r in rows]) for c in ("dP", "dR", "dC", "C0")}


@cache
def _crop(path: Path, name: str) -> Crop:
    with gzip.open(path / f"{name}_E0_E0_avg.csv.gz", "rt") as lines:
        rows = list(csv.reader(lines))
    countries = tuple(rows[0][1:])
    with gzip.open(path / f"{name}_P0_Pkbyc.csv.gz", "rt") as lines:
        made = {r["iso3"]: float(r["P0"]) for r in csv.DictReader(lines)}
    with (path / f"{name}_R0.csv").open() as lines:
        held = {r["iso3"]: float(r["R0"]) for r in csv.DictReader(lines)}
    assert countries == tuple(made) == tuple(held)
    E = np.array([[float(x) for x in r[1:]] for r in rows[1:]])
    return Crop(countries, E, np.array(list(made.values())), np.array(list(held.values())))


@pytest.fixture(scope="session")
def fsc() -> Folder:
    data = config().evaluation_data
    if data is None:
        pytest.skip("CLARION_EVALUATION_DATA is not set: the published cascade's inputs and outputs are not here")
    return Folder(data / "spillover" / "fsc_wheat_maize_rice_2015_2017")
