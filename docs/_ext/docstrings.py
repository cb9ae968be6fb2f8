"""The house's docstrings for autodoc: ``Parameters`` and ``Raises`` sections become field lists.

A section is a title underlined with hyphens; an entry is ``name: text`` and goes on over indented or plain lines until
the next entry. Types stand in the signature, not in the text.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

_SECTIONS = {"Parameters": "param", "Raises": "raises"}
_ENTRY = re.compile(r"([A-Za-z_]\w*(?:, [A-Za-z_]\w*)*): +(.*)")


def fields(lines: list[str]) -> list[str]:
    """The lines with sections rewritten."""
    out: list[str] = []
    field = ""
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if line in _SECTIONS and following and set(following) == {"-"}:
            field = _SECTIONS[line]
            out.append("")
        elif not field:
            out.append(line)
        elif set(line) == {"-"}:
            continue
        elif not line.strip():
            field = ""
            out.append("")
        elif match := _ENTRY.fullmatch(line.strip()):
            out += [f":{field} {name}: {match[2]}" for name in match[1].split(", ")]
        else:
            out.append("   " + line.strip() if out and out[-1].startswith((":", "   ")) else line)
    return out


def _process(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    lines[:] = fields(lines)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", _process)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
