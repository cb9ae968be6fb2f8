"""A Vega-Lite specification to a small SVG that follows the page's colours.

The specification is a plain dictionary: importing altair to build one costs two seconds in a fresh process, and the
renderer does not need it (tests hold every specification against altair's schema). The renderer is vl-convert, inside
the process and without network.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clarion.pictures.charts.locale import date_format, number_format
from clarion.pictures.svg import check_prefix, printable
from clarion.pictures.tokens import FONTS, light

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDTH = 480  # of a whole chart: its text stays readable when a phone shrinks it to 320
_MARGIN = 18  # a reader's font may be wider than the one that the renderer measures labels with
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_NOISE = ("class", "role", "pointer-events", "version", "stroke-miterlimit", "aria-label", "aria-hidden",
          "aria-roledescription", "aria-description", "aria-keyshortcuts", "font-family", "style")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a chart: its name and description, the reader's language, where it will stand.

    Parameters
    ----------
    title, description: accessible name and description, in the reader's language.
    language: for decimal signs and months on axes.
    prefix: start of every id, unique on the page.
    standalone: light colours and fonts drawn in, for files; else the page's style sheet gives them.
    """

    title: str
    description: str
    language: str = "en"
    prefix: str = "chart"
    standalone: bool = False


def render(spec: dict[str, Any], frame: Frame) -> str:
    """Draw ``spec``.

    Raises
    ------
    InputError: when the prefix cannot start an id.
    """
    check_prefix(frame.prefix)
    return _drawn(json.dumps(_printable(complete(spec))), frame)


# The renderer takes 50 to 100 ms, and a page is read more often than its figures change.
@lru_cache(maxsize=512)
def _drawn(spec: str, frame: Frame) -> str:
    import vl_convert
    from lxml import etree

    drawn = vl_convert.vegalite_to_svg(
        json.loads(spec),
        allowed_base_urls=[],
        format_locale=number_format(frame.language),
        time_format_locale=date_format(frame.language),
    )
    root = etree.fromstring(drawn.encode())
    _clean(root, frame)
    _name(root, frame)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def complete(spec: dict[str, Any]) -> dict[str, Any]:
    """``spec`` with the house's theme."""
    t = light()
    axis = {
        "labelColor": t["ink"], "titleColor": t["soft"], "gridColor": t["line"], "domain": False, "ticks": False,
        "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelPadding": 6, "labelLimit": 170,
    }  # fmt: skip
    config = {
        "background": "transparent", "font": FONTS, "view": {"stroke": None}, "axis": axis,
        "padding": {"left": _MARGIN, "top": 2, "right": 2, "bottom": 2},
        "legend": {"labelColor": t["ink"], "labelFontSize": 13, "labelLimit": 300,
                   "columnPadding": 30, "symbolStrokeColor": t["ink"]},
        "text": {"color": t["ink"], "fontSize": 13}, "rule": {"color": t["ink"]},
    }  # fmt: skip
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "config": config, **spec}


def _printable(value: Any) -> Any:
    """A copy with every word printable: a NUL in a title aborts the renderer, and with it the process."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    return value


def _clean(root: _Element, frame: Frame) -> None:
    """Drop what nobody sees, shorten numbers, swap colours for tokens, make ids the frame's own."""
    tokens = {colour: f"var(--{name})" for name, colour in light().items()}
    for node in list(root.iter()):
        invisible = node.get("display") == "none" or node.get("opacity") == "0"
        empty = node.tag == f"{_SVG}path" and (node.get("d") in ("", "M0,0h0v0h0Z") or _unpainted(node))
        parent = node.getparent()
        if parent is not None and (invisible or empty):
            parent.remove(node)
            continue
        for name in _NOISE:
            node.attrib.pop(name, None)
        for name, value in list(node.attrib.items()):
            new = _NUMBER.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), value)
            if not frame.standalone:
                new = tokens.get(new, new)
            new = re.sub(r"url\(#", f"url(#{frame.prefix}-", new)
            node.set(name, f"{frame.prefix}-{new}" if name == "id" else new)
            if (name, new) in (("opacity", "1"), ("transform", "translate(0,0)")):
                del node.attrib[name]
    for group in reversed(list(root.iter(f"{_SVG}g"))):
        _unwrap(group)


def _unpainted(node: _Element) -> bool:
    painted = node.get("fill", "none") not in ("none", "transparent") or node.get("stroke") is not None
    return node.get("class") == "background" and not painted


def _unwrap(group: _Element) -> None:
    """Replace a group that says nothing by its children, and drop it when it has none."""
    parent = group.getparent()
    if parent is None or (group.attrib and len(group)):
        return
    place = parent.index(group)
    parent[place : place + 1] = list(group)


def _name(root: _Element, frame: Frame) -> None:
    from lxml import etree

    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("class", "picture chart")
    root.set("role", "img")
    root.set("aria-labelledby", f"{frame.prefix}-t")
    root.set("aria-describedby", f"{frame.prefix}-d")
    if frame.standalone:
        root.set("font-family", FONTS)
    for place, (tag, end, words) in enumerate((("title", "t", frame.title), ("desc", "d", frame.description))):
        element = etree.Element(f"{_SVG}{tag}", id=f"{frame.prefix}-{end}")
        element.text = printable(words)
        root.insert(place, element)
