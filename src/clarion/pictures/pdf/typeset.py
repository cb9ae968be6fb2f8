"""Typst source to PDF bytes, from memory: no folder, no network, no font of the machine."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from clarion.errors import InputError

_MAIN = "main.typ"
_PACKAGE = re.compile(r'"@')
_UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def typst_pdf(
    source: str, files: Mapping[str, bytes] | None = None, *, fonts: Mapping[str, bytes] | None = None,
    created: datetime | None = None,
) -> bytes:  # fmt: skip
    """Typeset ``source`` as a tagged PDF that conforms to PDF/UA-1.

    Parameters
    ----------
    source: the document; begin it with ``preamble``, put words in with ``escape`` and ``string`` only.
    files: pictures and other files by the name under which ``source`` reads them.
    fonts: further fonts (TTF or OTF) by file name, beside those that come with Typst.
    created: creation date in the file's metadata; give it for the same bytes every time.

    Raises
    ------
    InputError: when the source asks for a package, holds a character that no font can draw, or is not valid; the
        message of Typst, which names the line, is in ``details``.
    """
    import typst

    files = files or {}
    for name, text in (("the document", source), *((n, _text(d)) for n, d in files.items() if n.endswith(".typ"))):
        if _PACKAGE.search(text):  # Typst would fetch it; words that went through escape() cannot look like this
            raise InputError(
                "The document asks for a Typst package, and documents are made without network.",
                where=name,
                next_step="Write what the package does in the document itself.",
            )
    # The words stay in memory, for they may name somebody: in the folder, the only one that Typst may read, lie fonts.
    words = {_inside(name): data for name, data in files.items()} | {_MAIN: source.encode()}
    with tempfile.TemporaryDirectory(prefix="clarion-pdf-") as folder:
        for name, data in (fonts or {}).items():
            (Path(folder) / Path(name).name).write_bytes(data)
        try:
            done = typst.compile(  # type: ignore[call-overload] # its stubs do not know of files in memory
                words, root=folder, font_paths=[folder] if fonts else [], ignore_system_fonts=True,
                format="pdf", pdf_standards=["ua-1"], timestamp=created,
            )  # fmt: skip
        except typst.TypstError as error:
            raise _named(error) from None
    return bytes(done)


def _inside(name: str) -> str:
    if Path(name).name != name or name in ("", ".", "..", "main", _MAIN):
        raise InputError(
            f"{name!r} is not a plain file name.",
            where="files of a document",
            next_step="Name each file without a folder, and none of them main.typ.",
        )
    return name


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _named(error: Exception) -> InputError:
    said = str(error)
    undrawn = _UNDRAWN.search(said)
    if undrawn:
        return InputError(
            f"No font at hand can draw {undrawn[1]!r}.",
            where="a document",
            next_step="Write it in another script, or hand over a font that has it.",
            characters=undrawn[1],
        )
    return InputError(
        "The document cannot be typeset.",
        where="a document",
        next_step="Report it with the message of Typst.",
        typst=getattr(error, "diagnostic", "") or said,
    )
