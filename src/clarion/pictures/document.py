"""A brief: the answer, pictures, tables, how sure and from where; as one HTML file or a tagged PDF.

Words come in already translated, numbers already worded. The HTML asks for nothing outside itself.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files

from clarion.pictures.pdf import escape, figure, preamble, typst_pdf
from clarion.pictures.pdf import table as typst_table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words; ``quiet`` ones are set smaller (sources, notes)."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines, each with its own mark."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A stand-alone SVG, with what it shows in words."""

    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``numbers`` are the columns, counted from 0, that are set flush right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    caption: str = ""


Block = Paragraph | Listing | Drawing | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; the first section of a document may go without a heading."""

    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief. ``title`` is the answer in one sentence; ``label`` stands above it, such as "not a forecast"."""

    title: str
    language: str
    label: str = ""
    sections: Sequence[Section] = field(default_factory=tuple)
    footer: str = ""
    made: datetime | None = None

    def html(self) -> bytes:
        """One file, without script and without any address that a browser would fetch."""
        from jinja2 import Environment, PackageLoader, StrictUndefined

        env = Environment(
            loader=PackageLoader("clarion.pictures", "data"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        text: str = env.get_template("document.html").render(
            document=self, css=style(), kind=lambda b: type(b).__name__
        )
        return text.encode()

    def pdf(self) -> bytes:
        """A PDF/UA-1 document.

        Raises
        ------
        InputError: a character that no bundled font can draw.
        """
        pictures: dict[str, bytes] = {}
        parts = [preamble(self.title, language=self.language, footer=self.footer)]
        if self.label:
            parts.append(f"#text(size: 9.5pt)[{escape(self.label)}]\n")
        parts.append(f"= {escape(self.title)}\n")
        for section in self.sections:
            if section.heading:
                parts.append(f"== {escape(section.heading)}\n")
            parts += [_typst(block, pictures) for block in section.blocks]
        return typst_pdf("\n".join(parts), pictures, created=self.made)


def _typst(block: Block, pictures: dict[str, bytes]) -> str:
    match block:
        case Paragraph(text, quiet):
            return f"#text(size: 9pt)[{escape(text)}]\n" if quiet else f"{escape(text)}\n"
        case Listing(lines):
            return "".join(f"- {escape(line)}\n" for line in lines)
        case Drawing(svg, alt, caption):
            name = f"picture-{len(pictures)}.svg"
            pictures[name] = svg.encode()
            return figure(name, alt=alt, width=_width(svg)) + (
                f"#text(size: 9pt)[{escape(caption)}]\n" if caption else ""
            )
        case Grid(header, rows, numbers, caption):
            head = f"#block(sticky: true)[#text(size: 9pt)[{escape(caption)}]]\n" if caption else ""
            return head + typst_table(header, rows, numbers=numbers)


def _width(svg: str) -> str:
    """A chart's words as large as the text around them; a map across the page."""
    box = re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+)', svg)
    return f"{float(box[1]) * 0.72:.0f}pt" if box and float(box[1]) < 640 else "100%"


@cache
def style() -> str:
    """The style sheet that every HTML document carries in itself."""
    return files("clarion.pictures").joinpath("data/document.css").read_text(encoding="utf-8")


def style_hash() -> str:
    """What a content security policy names to let the document's own style through."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(style().encode()).digest()).decode() + "'"
