"""Charts as SVG, drawn on the server: ranked bars, shares by partner, two runs compared, a series over time, a curve
with its bands, a sum with its parts.

Each takes rows of plain values with their words in the reader's language, and a ``Frame``.
"""

from clarion.pictures.charts.bars import Bar, interval_bars
from clarion.pictures.charts.curve import Mark, Point, curve_with_bands
from clarion.pictures.charts.dots import Pair, paired_dots
from clarion.pictures.charts.line import Happening, Moment, line_with_band
from clarion.pictures.charts.partners import Partners, stacked_partners
from clarion.pictures.charts.render import Frame
from clarion.pictures.charts.waterfall import Step, waterfall

__all__ = [
    "Bar", "Frame", "Happening", "Mark", "Moment", "Pair", "Partners", "Point", "Step",
    "curve_with_bands", "interval_bars", "line_with_band", "paired_dots", "stacked_partners", "waterfall",
]  # fmt: skip
