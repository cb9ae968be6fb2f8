"""Which years a picture speaks of: the latest that are complete, or those asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import polars as pl

from clarion.errors import InputError
from clarion.vocab import Period, Phrase

YEARS_IN_A_PICTURE = 3
COMPLETE = 0.85
"""A year is complete when it has this share of the usual number of reporters; the latest year of a release has fewer
(117 against about 160 in FAOSTAT's trade matrix) because reports still come in."""


def choose_periods(rows: pl.DataFrame, asked: Period | None) -> tuple[str, ...]:
    """The ``period`` labels of ``rows`` (one item of ``trade_flows``) to average over.

    Asked: that very label, or each of its years. Not asked: the three latest complete years where yearly rows are
    there, else the latest mean over a period, used as it is.

    Raises
    ------
    InputError: the asked period is not in the table; says which are.
    """
    labels = sorted(set(rows["period"].to_list()))
    if asked is not None:
        return _asked(labels, asked)
    means = [label for label in labels if not re.fullmatch(r"\d{4}", label)]
    years = complete_years(rows.filter(pl.col("period").str.contains(r"^\d{4}$")))
    if len(years) >= YEARS_IN_A_PICTURE or not means:
        return tuple(years[-YEARS_IN_A_PICTURE:])
    return (max(means, key=lambda label: (Period.parse(label).last, Period.parse(label).years)),)


def _asked(labels: list[str], asked: Period) -> tuple[str, ...]:
    years = [str(year) for year in range(asked.first, asked.last + 1)]
    if str(asked) in labels:
        return (str(asked),)
    if set(years) <= set(labels):
        return tuple(years)
    raise InputError(
        Phrase("The trade table has no figures for {years}.", years=str(asked)),
        where="period",
        next_step=Phrase("Choose one of: {names}.", names=tuple(labels)),
        known=labels,
        key="period",
    )


def complete_years(rows: pl.DataFrame) -> list[str]:
    """Years whose number of reporters is near the median of all years, in order."""
    reporter = pl.when(pl.col("reported_by") == "importer").then("importer_iso3").otherwise("exporter_iso3")
    counts = rows.group_by("period").agg(pl.struct(reporter, "reported_by").n_unique().alias("reporters"))
    if counts.is_empty():
        return []
    norm = float(np.median(counts["reporters"].to_numpy()))
    return sorted(counts.filter(pl.col("reporters") >= COMPLETE * norm)["period"].to_list())


def speaks_of(labels: Sequence[str]) -> str:
    """The chosen labels as one text: ``2019-2021`` for three years in a row, else each year."""
    if len(labels) == 1:
        return labels[0]
    years = [int(label) for label in labels]
    if years == list(range(years[0], years[-1] + 1)):
        return str(Period(years[0], years[-1]))
    return ", ".join(labels)
