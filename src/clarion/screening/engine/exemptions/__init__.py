"""Exemptions and licences: a dated table of what an authority lets pass, and which of it may fit a listing."""

from clarion.screening.engine.exemptions.entry import MEASURES, PURPOSES, Entry, State
from clarion.screening.engine.exemptions.match import Fit, Found, jurisdiction_of, match
from clarion.screening.engine.exemptions.read import COLUMNS, read, written
from clarion.screening.engine.exemptions.table import Table

__all__ = [
    "COLUMNS", "MEASURES", "PURPOSES", "Entry", "Fit", "Found", "State", "Table", "jurisdiction_of", "match", "read",
    "written",
]  # fmt: skip
