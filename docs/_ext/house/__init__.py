"""Reference pages read from the code, so that they cannot drift: each directive writes Markdown from a declaration.

What stands in a directive is for readers of the plain file (``tools/plain_docs.py``) and is passed over here.
"""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from house import api_routes, command_line, errors, room_declarations, scenarios, settings, sources, tables, tools

WRITERS: dict[str, Callable[[str], str]] = {
    "clarion-api": api_routes.write,
    "clarion-command": command_line.write,
    "clarion-errors": errors.write,
    "clarion-room": room_declarations.write,
    "clarion-scenarios": scenarios.write,
    "clarion-settings": settings.write,
    "clarion-sources": sources.write,
    "clarion-tables": tables.write,
    "clarion-tool": tools.write,
    "clarion-tool-options": tools.common,
}


def _directive(write: Callable[[str], str]) -> type[SphinxDirective]:
    class Written(SphinxDirective):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True

        def run(self) -> list[nodes.Node]:
            argument = self.arguments[0] if self.arguments else ""
            try:
                text = write(argument)
            except LookupError as error:
                raise self.error(str(error)) from error
            return self.parse_text_to_nodes(text, allow_section_headings=True)

    return Written


def setup(app: Sphinx) -> dict[str, bool]:
    for name, write in WRITERS.items():
        app.add_directive(name, _directive(write))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
