"""Write into the handbook's pages what its directives draw, for readers of plain files: ``make plain-docs``.

A directive's body is passed over when the handbook is built, and is all that a reader of the file sees, in an editor or
on a forge. Small tables stand there in full; of the long ones a sentence says which command prints them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS / "_ext"))

from house import WRITERS  # noqa: E402

WHOLE = ("clarion-errors", "clarion-room", "clarion-scenarios", "clarion-settings", "clarion-tables")
ELSEWHERE = {
    "clarion-api": "The routes are in /api/v1/openapi.json of a running desk, and in the built handbook (make docs).",
    "clarion-command": "`clarion {} --help` prints the options.",
    "clarion-sources": "`clarion sources` lists them, `clarion sources show ID` tells all of one.",
    "clarion-tool": "`{} --help` prints the options.",
    "clarion-tool-options": "`clarion-keyholder init --help` prints them with the others.",
}
BLOCK = re.compile(r"^(```\{(clarion-[a-z-]+)\}(?: (.+))?\n)((?:(?!```).*\n)*)(```)$", re.MULTILINE)


def body(name: str, argument: str) -> str:
    """What stands in a directive, for whoever reads the file as it is."""
    if name in WHOLE:
        text = re.sub(r"\n{3,}", "\n\n", WRITERS[name](argument)).strip() + "\n"
        return re.sub(r"\\([*_<$])", r"\1", text)  # nothing is markup in a body
    return ELSEWHERE[name].format(argument) + "\n"


def written(text: str) -> str:
    """A page with the body of each directive as it should be."""
    return BLOCK.sub(lambda found: found[1] + body(found[2], found[3] or "") + found[5], text)


def by_hand(text: str) -> str:
    """A page without those bodies: what somebody wrote."""
    return BLOCK.sub(r"\1\5", text)


def pages() -> list[Path]:
    """The pages of the handbook."""
    return [file for file in sorted(DOCS.rglob("*.md")) if "_build" not in file.parts]


def main() -> None:
    for file in pages():
        text = file.read_text(encoding="utf-8")
        if (new := written(text)) != text:
            file.write_text(new, encoding="utf-8")
            print(file.relative_to(DOCS))


if __name__ == "__main__":
    main()
