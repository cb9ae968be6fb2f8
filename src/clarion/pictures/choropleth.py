"""A map of the world in classes of colour, as one inline SVG of about 15 kB compressed.

The table beside a map is the way in for a keyboard or a screen reader; the shapes carry names and links for the
mouse only, so that nobody tabs through two hundred countries. Colours are never alone: classes are told apart in the
legend by their ranges, land without data is hatched, disputed parts are hatched the other way and outlined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clarion.pictures.legend import Legend
from clarion.pictures.map_legend import legend_svg
from clarion.pictures.scale import Scale
from clarion.pictures.svg import check_prefix, heading, text
from clarion.pictures.tokens import FONTS, STEPS, light
from clarion.pictures.world import World, world

MARK = 7  # radius of a small place's mark, in map units


@dataclass(frozen=True, slots=True)
class Words:
    """What a map says, in the reader's language.

    Parameters
    ----------
    title, description: name and content of the picture, for those who do not see it.
    place: ISO 3166 alpha-3 code to the name of the place.
    figure: code and value to words, such as "79 % (74 to 83)"; called with None for "no data".
    credit: whose map it is drawn on; the map's own words where none are given.
    """

    title: str
    description: str
    place: Callable[[str], str]
    figure: Callable[[str, float | None], str]
    credit: str = ""


def choropleth(
    values: Mapping[str, float | None],
    scale: Scale,
    words: Words,
    *,
    href: Callable[[str], str | None] | None = None,
    legend: Legend | None = None,
    footnote: str = "",
    prefix: str = "map",
    standalone: bool = False,
) -> str:
    """Draw ``values`` (ISO 3166 alpha-3 code to figure, None or absent where not known).

    Marks of the smallest places are drawn for the codes in ``values`` only. A page includes ``tokens.stylesheet()``
    and renders ``legend`` itself; with ``standalone`` the light colours, the legend, the footnote (the note on
    disputed areas belongs there) and the attribution are drawn into the picture. ``href`` gives each place its page.

    Raises
    ------
    InputError: when ``prefix`` cannot start an id.
    """
    check_prefix(prefix)
    earth = world()
    draw = _Drawing(earth, values, scale, words, href, prefix, standalone)
    body = draw.land() + draw.disputed() + draw.marks()
    height: float = earth.height
    if standalone:
        below, more = legend_svg(
            legend, f"{footnote} {words.credit or earth.attribution}".strip(), earth.width, earth.height, prefix
        )
        body, height = body + below, height + more
    role = "group" if href else "img"  # an image may not hold links, not even hidden ones
    ids = f'aria-labelledby="{prefix}-t" aria-describedby="{prefix}-d"'
    font = f" font-family='{FONTS}'" if standalone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture map" viewBox="0 0 {earth.width} {height:g}" '
        f'role="{role}" {ids}{font}>{heading(prefix, words.title, words.description)}{draw.patterns()}{body}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    earth: World
    values: Mapping[str, float | None]
    scale: Scale
    words: Words
    href: Callable[[str], str | None] | None
    prefix: str
    standalone: bool

    def land(self) -> str:
        groups: dict[str, list[str]] = defaultdict(list)
        for iso3, path in self.earth.areas.items():
            groups[self._class(iso3)].append(self._linked(iso3, f'<path d="{path}"/>'))
        groups["nodata"].append(f'<path d="{self.earth.unassigned}"/>')
        inner = "".join(f"<g {self._fill(css)}>{''.join(groups[css])}</g>" for css in sorted(groups, reverse=True))
        look = f' stroke="{light()["edge"]}" stroke-width="0.9" stroke-linejoin="round"' if self.standalone else ""
        return f'<g class="land" aria-hidden="true"{look}>{inner}</g>'

    def marks(self) -> str:
        groups: dict[str, list[str]] = defaultdict(list)
        for iso3, (x, y) in self.earth.markers.items():
            if iso3 in self.values:
                shape = f'<circle cx="{x:g}" cy="{y:g}" r="{MARK}"/>'
                groups[self._class(iso3)].append(self._linked(iso3, shape))
        inner = "".join(f"<g {self._fill(css)}>{''.join(groups[css])}</g>" for css in sorted(groups, reverse=True))
        look = f' stroke="{light()["ink"]}" stroke-width="1.6"' if self.standalone else ""
        return f'<g class="marks" aria-hidden="true"{look}>{inner}</g>' if inner else ""

    def disputed(self) -> str:
        paths = "".join(f'<path d="{part.path}"/>' for part in self.earth.disputed)
        look = f' stroke="{light()["ink"]}" stroke-width="1" stroke-dasharray="4 3"' if self.standalone else ""
        return f'<g class="disputed" aria-hidden="true" fill="url(#{self.prefix}-disputed)"{look}>{paths}</g>'

    def patterns(self) -> str:
        return patterns(self.prefix, standalone=self.standalone)

    def _class(self, iso3: str) -> str:
        return self.scale.class_of(self.values.get(iso3)) or "nodata"

    def _fill(self, css: str) -> str:
        if css == "nodata":
            return f'fill="url(#{self.prefix}-nodata)"'
        return f'fill="{light()[STEPS[css]]}"' if self.standalone else f'class="{css}"'

    def _linked(self, iso3: str, shape: str) -> str:
        said = f"{self.words.place(iso3)}: {self.words.figure(iso3, self.values.get(iso3))}"
        title = f"<title>{text(said)}</title>"
        address = self.href(iso3) if self.href else None
        if address:
            return f'<a href="{text(address)}" tabindex="-1">{title}{shape}</a>'
        return shape.replace("/>", f">{title}</path>" if shape.startswith("<path") else f">{title}</circle>")


def patterns(prefix: str, *, standalone: bool) -> str:
    """The two hatchings: wide and rising for no data, narrow and falling for disputed parts.

    The narrow one has a pale line under each dark one, and the other way round in the dark: it shows on every colour.
    """
    ground = f'fill="{light()["void"]}"' if standalone else 'class="ground"'
    lines = f'stroke="{light()["edge"]}" stroke-width="1.6" fill="none"' if standalone else 'class="lines"'
    dots = f'stroke="{light()["ink"]}" stroke-width="1.1" fill="none"' if standalone else 'class="dots"'
    halo = f'stroke="{light()["paper"]}" stroke-width="2.2" fill="none"' if standalone else 'class="halo"'
    falling = 'd="M-1 4l2 2M0 0l5 5M4-1l2 2"'
    return (
        f'<defs><pattern id="{prefix}-nodata" width="10" height="10" patternUnits="userSpaceOnUse">'
        f'<path {ground} d="M0 0h10v10h-10z"/><path {lines} d="M-2 2l4-4M0 10l10-10M8 12l4-4"/></pattern>'
        f'<pattern id="{prefix}-disputed" width="5" height="5" patternUnits="userSpaceOnUse">'
        f"<path {halo} {falling}/><path {dots} {falling}/></pattern></defs>"
    )
