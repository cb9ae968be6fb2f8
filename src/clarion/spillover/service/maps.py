"""Maps of the room with their legend, in a language: for pages with links, for files stand-alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from clarion.locale import gettext
from clarion.pictures.choropleth import Words, choropleth
from clarion.pictures.legend import legend, swatch
from clarion.pictures.scale import SHARES, Scale, sequential, two_sided
from clarion.pictures.words import number, percent
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import Picture, place

if TYPE_CHECKING:
    from clarion.vocab import Estimate

Address = Callable[[str], str | None]
LOSSES = (10.0, 50.0, 100.0, 300.0)
"""Breaks of a map of losses before anybody responds, kcal a person a day."""
MONTHS = (1.0, 3.0, 10.0, 30.0)
"""Breaks of a map of mean losses over months: what stocks and other suppliers leave is far less."""


def disputed_note(language: str) -> str:
    """What the hatched parts are."""
    return gettext(
        "Borders are those that the UN General Assembly recognises. Hatched: Crimea, occupied, is part of Ukraine;"
        " Abkhazia and South Ossetia, occupied, are part of Georgia; Western Sahara is a non-self-governing territory.",
        language,
    )


def share_map(
    item: str, shares: Mapping[str, Estimate], language: str, href: Address | None = None, *, standalone: bool = False
) -> Picture:
    """Share of imports from Russia and Ukraine, by country."""
    title = gettext("%(item)s from Russia and Ukraine, share of imports", language) % {
        "item": commodity_name(item, language)
    }
    values = {iso3: found.value for iso3, found in shares.items()}
    return _draw(
        values, SHARES, title, language, href, standalone,
        lambda iso3: worded(shares.get(iso3), "share", language), lambda value: percent(value, language),
        gettext("no data, or fewer imports", language),
    )  # fmt: skip


def loss_map(
    losses: Mapping[str, Estimate], language: str, href: Address | None = None, *, standalone: bool = False,
    title: str = "", breaks: tuple[float, ...] = LOSSES,
) -> Picture:  # fmt: skip
    """Energy that goes missing, by country; where goods stay at home, in the other colours.

    ``breaks`` are the classes' ends, kcal a person a day, the same on every map of one kind, so that scenarios compare.
    """
    title = title or gettext("Energy that goes missing before anybody responds, kcal a person a day", language)
    values = {iso3: found.value for iso3, found in losses.items()}
    return _draw(
        values, _losses(values.values(), breaks), title, language, href, standalone,
        lambda iso3: worded(losses.get(iso3), "number", language), lambda value: number(value, language),
        gettext("no data", language),
    )  # fmt: skip


def _losses(values: Iterable[float | None], breaks: tuple[float, ...]) -> Scale:
    """The breaks as they are; two-sided, by the size of the answer, where somebody gains as much as the first."""
    known = [v for v in values if v is not None]
    return two_sided(known, worse="high") if min(known, default=0.0) <= -breaks[0] else sequential(*breaks)


def _draw(
    values: Mapping[str, float | None],
    scale: Scale,
    title: str,
    language: str,
    href: Address | None,
    standalone: bool,
    figure: Callable[[str], str],
    written: Callable[[float], str],
    no_data: str,
) -> Picture:
    said = gettext("A map of the world. The table with it has the same figures.", language)
    words = Words(
        title, said, lambda iso3: place(iso3).name(language), lambda iso3, _: figure(iso3),
        credit=gettext("Made with Natural Earth.", language),
    )  # fmt: skip
    key = legend(
        scale, title=title, number=written, no_data=no_data,
        disputed=gettext("occupied or non-self-governing, see note", language),
    )  # fmt: skip
    note = disputed_note(language)
    svg = choropleth(values, scale, words, href=href, legend=key, footnote=note, standalone=standalone)
    return Picture(svg, title, note, tuple((swatch(entry), entry.label) for entry in key.entries))
