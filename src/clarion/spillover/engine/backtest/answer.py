"""One backtest: the year after a base year said from its past, and scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from clarion.errors import InputError
from clarion.spillover.engine.backtest.baselines import baselines
from clarion.spillover.engine.backtest.fit import Pair
from clarion.spillover.engine.backtest.parameters import Parameters, parameters_for, seen
from clarion.spillover.engine.backtest.past import DEPTH, Array, Past, exports_of, imports_of, need_year, past
from clarion.spillover.engine.backtest.predict import LEVEL, Prediction, predict
from clarion.spillover.engine.backtest.scores import coverage, rank_correlation, wape, width
from clarion.spillover.engine.backtest.terms import LEANING, LEAST_TONNES, situation
from clarion.vocab import Estimate, Interval, Phrase, Provenance


@dataclass(frozen=True, slots=True)
class Backtest:
    """A scored prediction; arrays run over ``prediction.at.importers``, tonnes."""

    item: str
    base_year: int
    totals: Mapping[str, float]
    prediction: Prediction
    actual: Array
    plain: Mapping[str, Array | None]
    parameters: Parameters
    provenance: tuple[Provenance, ...] = ()

    @property
    def method(self) -> Phrase:
        """Which parameters were used, and that they had not seen what is scored."""
        years, left_out = seen(self.parameters.history), self.parameters.left_out is not None
        said: dict[str, Any] = {
            "pairs": len(years) - left_out,
            "first": str(self.base_year),
            "next": str(self.base_year + 1),
        }
        fitted = (
            Phrase("linear change from the base year; fitted on {pairs} pairs of years, without {first}-{next}", **said)
            if left_out
            else Phrase(
                "linear change from the base year; fitted on {pairs} pairs of years, {first}-{next} not among them",
                **said,
            )
        )
        on = Phrase("on wheat, with the exports of Russia and Ukraine known")
        history = Phrase("years before the base year used")
        if not self.parameters.history:
            history = Phrase("base year alone used")
        return Phrase.joined((fitted, on, history), "; ")

    def scores(self) -> dict[str, float | None]:
        """WAPE of all importers and of those exposed, rank correlation of the latter's changes, coverage and width."""
        found, at = self.prediction, self.prediction.at
        hit = at.leaning
        return {
            **self._wapes(found.imports),
            "spearman_exposed": rank_correlation(
                (found.imports / at.imports)[hit], (self.actual / at.imports)[hit]
            ),
            "coverage_90": coverage(found.low, found.high, self.actual),
            "width_90": width(found.low, found.high, found.imports),
        }  # fmt: skip

    def baselines(self) -> dict[str, dict[str, Any]]:
        """The same errors of the plain ways, or why one of them cannot be had."""
        missing = Phrase("The year before the base year is not in the trade file.")
        return {
            name: {"wape_all": None, "wape_exposed": None, "reason": str(missing)}
            if said is None
            else self._wapes(said)
            for name, said in self.plain.items()
        }

    def _wapes(self, said: Array) -> dict[str, float | None]:
        everyone = np.ones(len(self.actual), bool)
        return {
            "wape_all": wape(said, self.actual, everyone),
            "wape_exposed": wape(said, self.actual, self.prediction.at.leaning),
        }

    def estimate(self, i: int) -> Estimate:
        """The predicted imports of one importer."""
        found = self.prediction
        between = Interval(float(found.low[i]), float(found.high[i]), LEVEL)
        return Estimate(float(found.imports[i]), "t/year", between, str(self.method), self.provenance)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; ``definitions`` says what is meant by exposed and by the width of an interval."""
        at = self.prediction.at
        countries = [
            {
                "iso3": code,
                "base_year_t": float(at.imports[i]),
                "share_from_exporters": float(at.share[i]),
                "exposed": bool(at.leaning[i]),
                "predicted": {k: v for k, v in self.estimate(i).to_dict().items() if k not in ("method", "provenance")},
                "actual_t": float(self.actual[i]),
            }
            for i, code in enumerate(at.importers)
        ]
        return {
            "item": self.item,
            "base_year": self.base_year,
            "target_year": self.base_year + 1,
            "known_of_target_year": dict(self.totals),
            "method": str(self.method),
            **self.scores(),
            "baselines": self.baselines(),
            "importers": len(at.importers),
            "importers_exposed": int(at.leaning.sum()),
            "definitions": {
                "importers_over_t": LEAST_TONNES,
                "exposed_over_share": LEANING,
                "width_90": "mean of (high - low) / predicted",
            },
            "provenance": [p.to_dict() for p in self.provenance],
            "countries": countries,
        }


def backtest(
    trade: pl.DataFrame,
    harvest: pl.DataFrame,
    item: str,
    base_year: int,
    exporters: Sequence[str],
    provenance: tuple[Provenance, ...] = (),
    parameters: Parameters | None = None,
) -> Backtest:
    """Predict the imports of ``base_year + 1`` from the years up to ``base_year``, and score them.

    ``trade`` has year, exporter_iso3, importer_iso3, tonnes; ``harvest`` year, iso3, tonnes; both of one commodity. The
    prediction is made of a ``Past`` and of the exporters' totals; the imports of the year ahead are read after it.
    ``parameters``: by default those shipped, fitted without the pair of years that is scored.

    Raises
    ------
    InputError: a year that is missing, an exporter without exports, or no importer of more than 100,000 t.
    """
    before = past(trade, harvest, base_year)
    need_year(trade, base_year + 1, "trade")
    totals = exports_of(trade, base_year + 1, exporters)
    used = parameters or parameters_for(base_year, bool(before.history))
    found = predict(before, totals, used)
    if not found.at.importers:
        raise InputError(
            Phrase("Nobody imports more than {tonnes:,.0f} t in {year}.", tonnes=LEAST_TONNES, year=str(base_year)),
            where="trade", next_step=Phrase("Check the file's unit: tonnes a year are expected."),
        )  # fmt: skip
    actual = _actual(before, trade, found.at.importers)
    return Backtest(item, base_year, totals, found, actual, baselines(before, found.at, totals), used, provenance)


def pair(
    trade: pl.DataFrame, harvest: pl.DataFrame, base_year: int, exporters: Sequence[str], depth: int = DEPTH
) -> Pair:
    """A base year and its outcome to fit parameters on; ``depth`` 0 leaves the years before out."""
    before = past(trade, harvest, base_year, depth)
    at = situation(before, exports_of(trade, base_year + 1, exporters))
    return Pair(base_year, at, _actual(before, trade, at.importers))


def _actual(before: Past, trade: pl.DataFrame, importers: Sequence[str]) -> Array:
    bought = imports_of(trade, before.base_year + 1)
    return np.array([bought.get(code, 0.0) for code in importers])
