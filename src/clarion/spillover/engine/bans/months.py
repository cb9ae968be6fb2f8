"""Months as whole numbers, counted from January of the year 0."""

from __future__ import annotations

from datetime import date


def month_of(day: date) -> int:
    """The month that holds ``day``."""
    return day.year * 12 + day.month - 1


def read_month(text: str) -> int:
    """``2022-03`` as a number."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
