"""The package needs the standard library only, and loads in no time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import clarion.names

FOLDER = Path(clarion.names.__file__).parent


def test_the_standard_library_is_enough():
    allowed = (*sys.stdlib_module_names, "clarion.errors", "clarion.names")
    strange = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            strange |= {name for name in names if not any(name == it or name.startswith(f"{it}.") for it in allowed)}
    assert not strange


def test_importing_reads_no_table_of_names():
    code = (
        "import sys, clarion.names as names; from clarion.names.given import given_names;"
        "assert not given_names.cache_info().currsize; assert not {'numpy', 'django'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_table_says_where_it_comes_from():
    silent = [
        file.name
        for file in (FOLDER / "data").glob("*.csv")
        if not file.name.startswith(("romanise_", "systems")) and not file.read_text(encoding="utf-8").startswith("#")
    ]
    assert silent == []
