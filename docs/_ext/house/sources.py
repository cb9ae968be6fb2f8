"""Every source, from its own declaration."""

from __future__ import annotations

from clarion.sources import catalogue
from clarion.sources.base import Source
from house.markdown import code, codes, plain, table

FILES = {"together": "several are read together; also a folder or a zip archive", "each": "each is a list of its own"}


def write(kind: str) -> str:
    """``embedded``: those that ship with Clarion; ``official``: those to fetch."""
    wanted = [s for s in catalogue().values() if bool(s.embedded) == (kind == "embedded")]
    return "\n\n".join(_source(s) for s in wanted)


def _source(s: Source) -> str:
    licence = f"[{plain(s.licence)}]({s.licence_url})" if s.licence_url else plain(s.licence)
    rows = [
        ("publisher", f"[{plain(s.publisher)}]({s.url})"),
        ("release", plain(s.release)),
        ("licence", licence),
        ("published", plain(s.cadence)),
        ("tables", codes(s.tables)),
        ("rows", f"{s.rows[0]:,} to {s.rows[1]:,}"),
        ("form", plain(s.file_format)),
        ("files", FILES.get(s.files, "")),
        ("address of the file", code(s.download)),
        ("key", f"your own, in `{s.needs_key}`" if s.needs_key else ""),
        ("notes", plain(s.notes)),
    ]
    return f"### {s.id}\n\n{plain(s.title)}.\n\n" + table(("", ""), [row for row in rows if row[1]])
