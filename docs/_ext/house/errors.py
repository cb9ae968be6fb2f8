"""Every kind of error, read from the source text: importing all modules would be slow, and might miss one."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import clarion
from house.markdown import code, plain, table

_VALUES = {"code": "error", "exit_code": 1, "http_status": 400}


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of error; ``own`` says that its code is not its parent's."""

    name: str
    help: str
    code: str
    exit_code: int
    http_status: int
    own: bool


def kinds() -> list[Kind]:
    """``ClarionError`` and everything that derives from it, the base first, then by exit code."""
    classes = {node.name: node for file in _files() for node in ast.walk(_parsed(file)) if _is_class(node)}
    found = {"ClarionError": Kind("ClarionError", _help(classes["ClarionError"]), "error", 1, 400, True)}
    while True:
        more = {
            name: _kind(node, found[parent])
            for name, node in classes.items()
            if name not in found and (parent := next((b for b in _bases(node) if b in found), ""))
        }
        if not more:
            return sorted(found.values(), key=lambda k: (k.name != "ClarionError", k.exit_code, k.code))
        found |= more


def write(_: str) -> str:
    rows = [(code(k.code), plain(k.help), str(k.exit_code), str(k.http_status), code(k.name)) for k in kinds()]
    return table(("code", "what it means", "exit code", "HTTP status", "class"), rows)


def _files() -> list[Path]:
    return sorted(Path(clarion.__file__).parent.rglob("*.py"))


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef)


def _bases(node: ast.ClassDef) -> list[str]:
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def _help(node: ast.ClassDef) -> str:
    return (ast.get_docstring(node) or "").partition("\n\n")[0].replace("\n", " ")


def _kind(node: ast.ClassDef, parent: Kind) -> Kind:
    values = {name: getattr(parent, name) for name in _VALUES}
    own = {}
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id in _VALUES and isinstance(line.value, ast.Constant):
            own[target.id] = line.value.value
    return Kind(node.name, _help(node), **(values | own), own="code" in own)
