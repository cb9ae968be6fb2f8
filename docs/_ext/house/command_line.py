"""One command of ``clarion``: what it takes and what its options are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clarion.cli import _build, commands
from house.markdown import code, plain, table


def tree() -> dict[str, Any]:
    """Every command by its full name without ``clarion``, groups included."""
    found: dict[str, Any] = {}
    for name, declared in commands().items():
        found |= dict(_walk(name, _build(declared)))
    return found


def _walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for inner, child in getattr(command, "commands", {}).items():
        yield from _walk(f"{name} {inner}", child)


def parameters(command: Any) -> list[Any]:
    """What a reader may give: hidden options and those of every program (``--help``, completion) left out."""
    unlisted = {"help", "install_completion", "show_completion"}
    return [p for p in command.params if not getattr(p, "hidden", False) and p.name not in unlisted]


def write(name: str) -> str:
    known = tree()
    if name not in known:
        raise LookupError(f"there is no command {name!r}; there are: {', '.join(known)}")
    command = known[name]
    given = parameters(command)
    words = " ".join(_word(p) if p.required else f"[{_word(p)}]" for p in given if _argument(p))
    inner = " COMMAND" if getattr(command, "commands", {}) else ""
    usage = " ".join(filter(None, [f"clarion {name}{inner}", words, "[OPTIONS]" if any(map(_option, given)) else ""]))
    text = f"```text\n{usage}\n```\n\n{plain(command.help or '')}\n\n"
    rows = [(_name(p), plain(p.help or ""), _default(p)) for p in given]
    return text + (table(("option", "what it does", "default"), rows) if rows else "")


def _argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _option(parameter: Any) -> bool:
    return not _argument(parameter)


def _word(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _name(parameter: Any) -> str:
    if _argument(parameter):
        return code(_word(parameter))
    value = f" {parameter.metavar}" if parameter.metavar else ""
    return ", ".join(code(text + value) for text in (*parameter.opts, *parameter.secondary_opts))


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    value = parameter.default
    return "" if value is None or value in (False, "") else code(str(value).lower() if value is True else str(value))
