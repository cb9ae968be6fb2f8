"""Build ``clarion-keyholder``: the tools of keyholders and requesters alone, for machines that shall hold little else.

``make release`` puts the wheel beside Clarion's own, under the same checksums and signature. It holds the modules that
the two programs import, found by reading them, and needs ``cryptography`` only. To build it by itself:
``python tools/keyholder_wheel.py --out dist``.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = ("clarion.seal.tool.keyholder", "clarion.seal.tool.opener", "clarion.seal.tool.screener")
PROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "clarion-keyholder"
description = "Judge requests to open sealed values, or ask for them, on your own machine."
readme = "README.md"
license = "Apache-2.0"
license-files = ["LICENSE", "NOTICE"]
requires-python = ">=3.11"
dynamic = ["version"]
dependencies = ["cryptography>=47"]

[project.scripts]
clarion-keyholder = "clarion.seal.tool.keyholder:script"
clarion-open = "clarion.seal.tool.opener:script"

[tool.hatch.version]
path = "src/clarion/__init__.py"

[tool.hatch.build.targets.wheel]
packages = ["src/clarion"]
"""
README = """\
# clarion-keyholder

`clarion-keyholder` and `clarion-open`: the tools of those who guard sealed values, and of those who ask for them. The
handbook of Clarion has a guide for keyholders and the reference of both commands. Do not install it beside Clarion
itself, which has both already.
"""


def needed(source: Path) -> list[Path]:
    """The files of the programs and of all that they import of Clarion, below ``source``."""
    waiting, found = [_file(source, name) for name in PROGRAMS], set()
    while waiting:
        file = waiting.pop()
        if file is None or file in found:
            continue
        found.add(file)
        waiting += [_file(source, name) for name in _imported(file)]
        waiting += [folder / "__init__.py" for folder in file.parents if folder.is_relative_to(source / "clarion")]
    return sorted(found)


def _imported(file: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.startswith("clarion")]


def _file(source: Path, name: str) -> Path | None:
    path = source.joinpath(*name.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def build(root: Path, out: Path, when: str) -> Path:
    """Build the wheel of the sources in ``root`` into ``out``, with file times set to ``when`` (seconds).

    Raises
    ------
    subprocess.CalledProcessError: the build failed.
    """
    with tempfile.TemporaryDirectory(prefix="keyholder-") as scratch:
        tree = Path(scratch)
        for file in needed(root / "src"):
            target = tree / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        for name in ("LICENSE", "NOTICE"):
            shutil.copyfile(root / name, tree / name)
        (tree / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (tree / "README.md").write_text(README, encoding="utf-8")
        command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out.resolve()), "."]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        subprocess.run(
            command, cwd=tree, env=env | {"SOURCE_DATE_EPOCH": when}, check=True, capture_output=True, text=True
        )
    return next(out.glob("clarion_keyholder-*.whl"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Build the wheel of the keyholder's tools.")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder to put the wheel into")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    try:
        print(build(Path(__file__).parents[1], given.out, os.environ.get("SOURCE_DATE_EPOCH", "315532800")))
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"Error: the build failed.\n{error.stderr or error.stdout}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
