"""Typst source from plain values. Words never become code: each is written as a string literal, never as markup."""

from __future__ import annotations

from collections.abc import Sequence

from clarion.pictures.svg import printable
from clarion.pictures.tokens import light

# The first two come with the typst wheel and hold Latin, Cyrillic (Kazakh too), Armenian and Georgian between them;
# the third has the signs of currencies that they lack.
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
# "@" because typst_pdf refuses a string that begins with it: only the name of a package does.
_WIDEST = 48  # letters; longer cells break into lines
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": "\\t", "@": "\\u{40}"}


def string(words: str) -> str:
    """``words`` as a Typst string literal, for places where code stands: arguments, ``alt`` texts."""
    return '"' + "".join(_ESCAPES.get(c, c) for c in printable(words)) + '"'


def escape(words: str) -> str:
    """``words`` as they are, for places where markup stands: ``= `` headings, paragraphs, cells in brackets.

    The semicolon ends the expression, so that what follows in the source cannot attach to it as a call or a field.
    """
    return f"#{string(words)};"


def preamble(title: str, *, language: str, author: str = "Clarion", footer: str = "") -> str:
    """The head of a document: what PDF/UA asks for (title, language), an A4 page, quiet headings and tables.

    ``footer`` stands left of the page number on every page, such as the date and the licence of the data.
    """
    ink, soft, line = (light()[name] for name in ("ink", "soft", "line"))
    fonts = ", ".join(string(name) for name in FONTS)
    return f"""\
#set document(title: {string(title)}, author: {string(author)})
#set text(font: ({fonts}), lang: {string(language)}, size: 10.5pt, fill: rgb("{ink}"))
#set page(paper: "a4", margin: (x: 2cm, top: 2cm, bottom: 2.2cm), footer: context [
  #set text(size: 8.5pt, fill: rgb("{soft}"))
  {escape(footer)} #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set par(leading: 0.62em, spacing: 0.9em)
#set heading(bookmarked: true)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): set text(size: 13.5pt)
#show heading: set block(above: 1.3em, below: 0.7em)
#set table(stroke: (x, y) => (bottom: 0.5pt + rgb("{line}")), inset: (x: 6pt, y: 4.5pt))
#show table.cell.where(y: 0): set text(weight: "bold", size: 9pt, fill: rgb("{soft}"))
#show table: set text(size: 9.5pt, number-width: "tabular")
#show figure: set block(breakable: true)
"""


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> str:
    """A table whose first row is a header, repeated on each page and tagged as one.

    ``numbers`` are the columns, counted from 0, that are set flush right. Each column is as wide as its longest cell
    asks for among the others, so that a long heading cannot push a name out of its own column.
    """
    align = ", ".join("right" if i in numbers else "left" for i in range(len(header)))
    widths = ", ".join(f"{_weight(i, header, rows)}fr" for i in range(len(header)))
    head = ", ".join(f"[{escape(cell)}]" for cell in header)
    body = "\n".join("  " + "".join(f"[{escape(cell)}], " for cell in row) for row in rows)
    return f"#table(columns: ({widths},), align: ({align},), table.header({head}),\n{body}\n)\n"


def _weight(column: int, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Letters that a column needs: its longest cell, of the heading only the longest word, within reason."""
    words = max(map(len, header[column].split()), default=0)
    return min(max([words + 1, *(len(row[column]) for row in rows)]), _WIDEST) + 2


def figure(file: str, *, alt: str, width: str = "100%") -> str:
    """A picture handed to ``typst_pdf`` under the name ``file``; ``alt`` says what it shows."""
    return f"#image({string(file)}, alt: {string(alt)}, width: {width})\n"
