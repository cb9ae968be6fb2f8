"""Are two bare names one name? A probability from a logistic model whose coefficients are data.

This answers benchmarks and tidies files. It knows neither birthdays nor how common a name is: whether a payee is a
listed person is asked of ``Screen``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from math import exp

import numpy as np
from numpy.typing import NDArray

from clarion.screening.engine.pair_features import NAMES, features
from clarion.screening.engine.pair_words import organisation, person

_SAYS = re.compile(r"[^\W_]")


def score_pair(one: str, other: str, schema: str = "Person") -> float:
    """The probability that ``one`` and ``other`` are spellings of one name; ``schema`` is Person, or else something
    that is named as organisations are (followthemoney's Company, Organization, LegalEntity, Vessel). 0 where one of the
    two holds neither letter nor figure: what is not there is no spelling of anything, not even of nothing."""
    if not (_SAYS.search(one) and _SAYS.search(other)):
        return 0.0
    coefficients, _ = _model()
    z = float(pair_features(one, other, schema) @ coefficients)
    return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, z))))


def score_pairs(rows: Iterable[tuple[str, str, str]]) -> list[tuple[float, bool]]:
    """Score and match of each (name, name, schema), in order."""
    _, threshold = _model()
    scores = [score_pair(*row) for row in rows]
    return [(score, score >= threshold) for score in scores]


def pair_features(one: str, other: str, schema: str) -> NDArray[np.float64]:
    """The features of a pair, in the order of ``pair_features.NAMES``."""
    is_person = schema == "Person"
    apart = person if is_person else organisation
    return features(apart(one), apart(other), (one, other), not is_person)


@lru_cache(maxsize=1)
def _model() -> tuple[NDArray[np.float64], float]:
    """Coefficients of the bare features, and the threshold (``data/pairs.json``; fitted by benchmarks/pairs.py)."""
    kept = json.loads(files("clarion.screening.engine").joinpath("data", "pairs.json").read_text("utf-8"))
    return np.array([kept["coefficients"][name] for name in NAMES]), float(kept["threshold"])
