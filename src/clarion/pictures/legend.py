"""The legend of a map as data, so that a page renders it as HTML and a stand-alone file as SVG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clarion.pictures.scale import Scale


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: the class of its swatch (``nodata`` and ``disputed`` are hatched) and its words."""

    css: str
    label: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours and hatchings of one map mean; ``title`` names the figure and its unit."""

    title: str
    entries: tuple[Entry, ...]


def legend(
    scale: Scale, *, title: str, number: Callable[[float], str], no_data: str, disputed: str | None = None
) -> Legend:
    """Word a scale's classes: ``number`` writes a break in the reader's language ("30 %"), signs do the rest."""
    entries = []
    for css, low, high in scale.intervals():
        if low is None:
            words = f"< {number(high)}" if high is not None else title
        elif high is None:
            words = f"≥ {number(low)}"
        else:
            words = f"{number(low)} – {number(high)}"
        entries.append(Entry(css, words))
    entries.append(Entry("nodata", no_data))
    if disputed:
        entries.append(Entry("disputed", disputed))
    return Legend(title, tuple(entries))


def swatch(entry: Entry, prefix: str = "map") -> str:
    """A small patch of an entry's colour or hatching, for the legend of a page that shows the map ``prefix``."""
    hatched = entry.css in ("nodata", "disputed")
    paint = f'fill="url(#{prefix}-{entry.css})"' if hatched else f'class="{entry.css}"'
    return f'<svg class="map" viewBox="0 0 24 16" aria-hidden="true"><rect width="24" height="16" {paint}/></svg>'
