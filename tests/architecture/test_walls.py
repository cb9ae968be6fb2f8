"""The walls of the house hold, and would be seen to break."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
sys.path.insert(0, str(ROOT))

from tools.walls import found_rooms, heights, judge  # noqa: E402 - tools is no installed package


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    # Without colour and cache: the output is read here, and several workers run at once.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    env = os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=env, check=False)


def test_contracts_are_kept():
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 broken." in ran.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("spillover/engine/people/energy.py", "import django"),
        ("vocab/money.py", "import clarion.config"),
        ("call/service.py", "import clarion.spillover.engine"),
    ],
)
def test_a_planted_import_is_seen(tmp_path, module, line):
    shutil.copytree(SOURCE / "clarion", tmp_path / "src" / "clarion", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "walls.py", tmp_path / "tools")
    shutil.copy(ROOT / ".importlinter", tmp_path)
    with (tmp_path / "src" / "clarion" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    ran = lint(tmp_path)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert line.removeprefix("import ") in ran.stdout.partition("Broken contracts")[2]


ROOMS = frozenset({"call", "giving", "spillover", "watch"})
HEIGHT = heights(["call", "giving | resettlement", "spillover | watch"])


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("call.service", "clarion.spillover.service.exposure"),
        ("giving.service", "clarion.watch.service"),
        ("spillover.web.runs", "clarion.spillover.models"),
        ("spillover.web.runs", "clarion.desk.page"),
        ("spillover.service", "clarion.access"),
        ("spillover.engine", "numpy"),
        ("desk.urls", "clarion.access"),
    ],
)
def test_allowed(importer, imported):
    assert judge(importer.split("."), imported.split("."), "clarion", ROOMS, HEIGHT) == ""


@pytest.mark.parametrize(
    ("importer", "imported", "fault"),
    [
        ("call.service", "clarion.spillover.engine", "only through its service"),
        ("call.web", "clarion.spillover", "only through its service"),
        ("spillover.service", "clarion.call.service", "upwards"),
        ("spillover.service", "clarion.watch.service", "upwards"),
        ("desk.views", "clarion.spillover.service", "only a room"),
        ("tables", "clarion.call", "only a room"),
        ("spillover.service.runs", "clarion.desk.page", "faces"),
        ("spillover.engine", "clarion.desk", "faces"),
        ("spillover.web", "clarion.desk.settings", "page modules"),
    ],
)
def test_refused(importer, imported, fault):
    assert fault in judge(importer.split("."), imported.split("."), "clarion", ROOMS, HEIGHT)


def test_every_room_has_a_place_in_the_order():
    order = (ROOT / ".importlinter").read_text(encoding="utf-8").partition("order =")[2].partition("\n\n")[0]
    assert found_rooms(SOURCE / "clarion") <= set(heights(order.strip().splitlines()))


def imports(file: Path) -> set[str]:
    """The absolute module names that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def test_the_shared_words_need_the_standard_library_only():
    allowed = (*sys.stdlib_module_names, "clarion.errors", "clarion.vocab")
    files = [SOURCE / "clarion" / "errors.py", *(SOURCE / "clarion" / "vocab").rglob("*.py")]
    strange = {
        f"{file.relative_to(SOURCE)}: {name}"
        for file in files
        for name in imports(file)
        if not any(name == known or name.startswith(known + ".") for known in allowed)
    }
    assert not strange


def test_the_package_imports_neither_tools_nor_tests():
    outside = {"tools", "tests", "benchmarks", "conftest"}
    found = {
        f"{file.relative_to(SOURCE)}: {name}"
        for file in SOURCE.rglob("*.py")
        for name in imports(file)
        if name.partition(".")[0] in outside
    }
    assert not found
