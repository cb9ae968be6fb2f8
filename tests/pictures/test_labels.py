"""Labels at the left of a chart are whole, also in a font wider than the renderer's."""

from __future__ import annotations

import re

import pytest

from clarion.pictures.charts import Bar, Frame, interval_bars
from clarion.pictures.charts.render import WIDTH

WIDE = 7.6  # mean pixels a letter of DejaVu Sans at 13 px


@pytest.mark.parametrize("label", ["Kazakhstan", "Soya beans", "United States"])
def test_the_first_letter_is_inside_the_picture(label: str) -> None:
    drawn = interval_bars([Bar(label, 0.6, 0.1, 0.9, "61 % (10 % to 90 %)")], Frame("t", "d"), form=".0%")
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', drawn)[1])
    end = float(re.search(rf"translate\(([-\d.]+)[^>]*>{label}", drawn)[1])
    origin = float(re.search(r"translate\(([\d.]+)", drawn)[1])
    assert origin + end - WIDE * len(label) > -2
    assert width < WIDTH + 10
