"""Whether a measure stood on a day, where the list does not give both of its dates."""

from __future__ import annotations

from datetime import date

import numpy as np
from scipy.special import ndtr

from clarion.spillover.engine.bans.restrictions import EPISODES, Restriction
from clarion.spillover.engine.bans.severity import DURATION, Duration

# How far a row is believed; our assumption, for the list only says high, medium or low.
BELIEF = {"high": 1.0, "medium": 0.9, "low": 0.6}
_DAYS_A_MONTH = 30.44
_GRID = 60


def chance(row: Restriction, day: date, duration: Duration = DURATION) -> float:
    """Probability that ``row`` stood on ``day``.

    With both dates known it did or did not. Without an end it lasts as long as measures whose end is known. Without a
    start it began on any day of its episode that the end allows. All times the belief in the row.
    """
    first, last = EPISODES[row.episode]
    if row.start is not None:
        stands = row.start <= day and (
            float(day <= row.end) if row.end is not None else _outlasts((day - row.start).days, duration)
        )
    elif not first <= day <= last or (row.end is not None and day > row.end):
        stands = 0.0
    else:
        until = row.end or last
        begun = np.linspace(0.0, max((until - first).days, 1), _GRID)
        ago = (day - first).days - begun
        lasts = 1.0 if row.end is not None else np.array([_outlasts(float(days), duration) for days in ago])
        stands = float(np.mean((ago >= 0) * lasts))
    return float(stands) * BELIEF[row.confidence]


def _outlasts(days: float, duration: Duration) -> float:
    if days <= 0:
        return 1.0
    return float(1.0 - ndtr(np.log(days / _DAYS_A_MONTH / duration.median) / duration.spread))
