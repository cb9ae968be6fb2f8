"""The colours of every picture, read from ``data/pictures.css`` so that pages and stand-alone files share one copy."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

FONTS = 'ui-sans-serif, system-ui, "Noto Sans", "Segoe UI", Roboto, sans-serif'
STEPS = {
    "c1": "s1", "c2": "s2", "c3": "s3", "c4": "s4", "c5": "s5", "g1": "g1", "g2": "g2", "g3": "g3",
}  # fmt: skip
"""The token behind each class of a map."""


@cache
def stylesheet() -> str:
    """The style sheet that a page with pictures includes: tokens, light and dark, and the rules that use them."""
    return files("clarion.pictures").joinpath("data/pictures.css").read_text(encoding="utf-8")


@cache
def light() -> dict[str, str]:
    """Token name to hex colour, light theme."""
    block = stylesheet().split(":root", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))


@cache
def dark() -> dict[str, str]:
    """Token name to hex colour, dark theme."""
    block = stylesheet().split("prefers-color-scheme: dark", 1)[1].split(":root", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
