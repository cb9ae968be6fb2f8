"""What the tests of the handbook share: its texts as written by hand, and the code behind its reference."""

from __future__ import annotations

import re
from pathlib import Path

import plain_docs  # a tool, beside the package

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TEXTS = {
    str(file.relative_to(ROOT)): plain_docs.by_hand(file.read_text(encoding="utf-8"))
    for file in sorted(
        [
            *(f for f in DOCS.rglob("*.md") if "_build" not in f.parts),
            *ROOT.glob("*.md"),
            *ROOT.glob("requirements/*.md"),
        ]
    )
}


def page(name: str) -> str:
    """A page of the handbook as it is written, such as ``reference/commands``."""
    return TEXTS[f"docs/{name}.md"]


def table_keys(text: str) -> set[str]:
    """The literals in the first column of a page's tables."""
    return {key for row in re.findall(r"^\|([^|]*)\|", text, re.MULTILINE) for key in re.findall(r"`([^`]+)`", row)}


def examples(program: str) -> list[tuple[str, str]]:
    """Every example that runs ``program``: (page, line), continued lines joined."""
    found = []
    for name, text in TEXTS.items():
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(name, line[2:].strip()) for line in lines if line.startswith(f"$ {program} ")]
    return found


def outputs() -> list[tuple[str, str, list[str]]]:
    """Every example that shows what it prints: (page, command, lines); ``...`` stands for lines that are left out."""
    found = []
    for name, text in TEXTS.items():
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
            for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
                command, *lines = part.splitlines()
                shown = [line for line in lines if line.strip() and line.strip() != "..."]
                if shown:
                    found.append((name, command.strip(), shown))
    return found
