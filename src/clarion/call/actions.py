"""The actions of the call, read from their data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from clarion.vocab import Action


@cache
def actions() -> tuple[Action, ...]:
    """The eight actions, in the call's order."""
    data = tomllib.loads(files("clarion.call").joinpath("actions.toml").read_text(encoding="utf-8"))
    return tuple(
        Action(a["id"], a["title"], a["summary"], tuple(a["addressees"]), a["room"]) for a in data["action"]
    )  # fmt: skip
