"""Spellings that follow no table, from ``press.csv``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def irregular() -> dict[tuple[str, str], tuple[str, ...]]:
    """Spellings by word and role (``given`` or ``surname``)."""
    lines = Path(__file__).with_name("press.csv").read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        key = row["word"], row["role"]
        found[key] = (*found.get(key, ()), row["spelling"])
    return found
