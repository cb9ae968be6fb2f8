"""Errors say where in the words of whoever typed the command: the option, not the field behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

OPTIONS = {"name": "NAME", "intermediaries": "--via"}
"""Options that are not called as the field is."""


@contextmanager
def as_typed(fields: Mapping[str, str]) -> Iterator[None]:
    """Let an error that names one of ``fields`` name its option."""
    from clarion.errors import InputError

    try:
        yield
    except InputError as error:
        error.where = fields.get(error.where, error.where)
        raise


def options(*fields: str) -> dict[str, str]:
    """The option of each field."""
    return {name: OPTIONS.get(name, f"--{name}") for name in fields}
