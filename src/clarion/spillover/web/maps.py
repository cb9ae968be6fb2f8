"""Maps of the room, with their legend and words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from clarion.pictures.choropleth import Words, choropleth
from clarion.pictures.legend import Legend, legend
from clarion.pictures.scale import SHARES, Scale, two_sided
from clarion.pictures.words import number, percent
from clarion.spillover.web.words import commodity_name, worded
from clarion.vocab import Estimate, place


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map and its legend, for the template."""

    svg: SafeString
    legend: Legend
    note: str


def language() -> str:
    """The reader's language, two letters."""
    return (get_language() or "en").partition("-")[0]


def disputed_note() -> str:
    """What the hatched parts are."""
    return gettext(
        "Borders are those that the UN General Assembly recognises. Hatched: Crimea, occupied, is part of Ukraine;"
        " Abkhazia and South Ossetia, occupied, are part of Georgia; Western Sahara is a non-self-governing territory."
    )


def share_map(item: str, shares: Mapping[str, Estimate], *, standalone: bool = False) -> Map:
    """Share of imports from Russia and Ukraine, by country."""
    lang = language()
    title = gettext("%(item)s from Russia and Ukraine, share of imports") % {"item": commodity_name(item)}
    return _map(
        {iso3: found.value for iso3, found in shares.items()},
        SHARES,
        title,
        lambda iso3, _: worded(shares.get(iso3), "share"),
        lambda value: percent(value, lang),
        lambda iso3: reverse("spillover:country", args=[iso3]) if iso3 in shares else None,
        standalone,
    )


def loss_map(
    title: str, losses: Mapping[str, Estimate], href: Callable[[str], str | None], *, standalone: bool = False
) -> Map:
    """Energy lost a person a day, by country; gains, where goods stay at home, in the other colours."""
    lang = language()
    values = {iso3: found.value for iso3, found in losses.items()}
    return _map(
        values,
        two_sided(values.values(), worse="high"),
        title,
        lambda iso3, _: worded(losses.get(iso3), "number"),
        lambda value: number(value, lang),
        href,
        standalone,
    )


def _map(
    values: Mapping[str, float | None],
    scale: Scale,
    title: str,
    figure: Callable[[str, float | None], str],
    written: Callable[[float], str],
    href: Callable[[str], str | None],
    standalone: bool,
) -> Map:
    lang = language()
    words = Words(title, gettext("A map of the world. The table beside it has the same figures."),
                  lambda iso3: place(iso3).name(lang), figure)  # fmt: skip
    key = legend(scale, title=title, number=written, no_data=gettext("no data"), disputed=gettext("disputed, see note"))
    svg = choropleth(
        values, scale, words, href=None if standalone else href, legend=key,
        footnote=disputed_note(), prefix="map", standalone=standalone,
    )  # fmt: skip
    return Map(mark_safe(svg), key, disputed_note())  # noqa: S308 - our own drawing; every text in it is escaped
