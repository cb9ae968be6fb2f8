"""One question worked through once: picture, points, draws and published figures, for the answers to read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clarion.spillover.engine.exposure import wider
from clarion.spillover.engine.exposure.error_model import FITTED
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.exposure.measures import Measures, measure
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.simulate import Simulation, simulate
from clarion.spillover.engine.exposure.spare import spare_by_country
from clarion.spillover.engine.exposure.traits import Traits, traits
from clarion.spillover.engine.trade import Picture, both_reports, picture

NAMES = ("population", "des_fbs_kcal_cap_day", *wider.NAMES)


@dataclass(frozen=True, slots=True)
class Study:
    """What ``exposure``, ``composite`` and ``country_profile`` share; ``told`` is as ``both_reports`` gives it."""

    question: ExposureQuestion
    tables: ExposureTables
    picture: Picture
    traits: Traits
    point: Measures
    root: np.random.SeedSequence
    drawn: Simulation
    indicators: Indicators
    spare: dict[str, float] | None
    told: dict[str, tuple[float, float]]

    @property
    def countries(self) -> tuple[str, ...]:
        return self.picture.flows.countries

    def asked(self) -> tuple[str, ...]:
        """Countries that the question is about: those named, else importers of the smallest size and more."""
        if self.question.countries:
            return self.question.countries
        bought = self.point.imports
        enough = (bought > 0) & (bought >= self.question.minimum_import)
        return tuple(iso3 for iso3, answer in zip(self.countries, enough, strict=True) if answer)


Worker = Callable[[ExposureQuestion, ExposureTables, int], Study]
"""``study``, or what keeps studies: whatever does not depend on ``minimum_import`` and ``countries`` is the same."""


def study(question: ExposureQuestion, tables: ExposureTables, seed: int) -> Study:
    """Read, measure and draw.

    Raises
    ------
    UnknownName, InputError, ModelError: as ``trade.picture``.
    """
    found = picture(question.item, question.trade, tables.trade_flows, tables.production, question.period)
    point = measure(found, question.origins)
    root = np.random.SeedSequence(seed)
    known = traits(found, tables.trade_flows)
    drawn = simulate(found, known, question.origins, root, question.draws, FITTED, point.grown_there)
    indicators = Indicators(tables.indicators, NAMES)
    spare = spare_by_country(found, tables.stocks, question.origins)
    told = both_reports(tables.trade_flows.frame, question.item, question.origins, question.period)
    return Study(question, tables, found, known, point, root, drawn, indicators, spare, told)
