"""Runs whose parts are kept as they are done, so that one that was stopped goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.compute import Runner


def kept_in(folder: Path, runner: Runner, asked: Sequence[object], kinds: tuple[type, ...]) -> Runner:
    """A runner that keeps its answers, of ``kinds``, in ``folder``, for what was ``asked`` of this version."""
    import hashlib

    from clarion import __version__
    from clarion.compute.resume import Resumable

    told = (*asked, __version__)
    return Resumable(runner, folder, hashlib.sha256(repr(told).encode()).hexdigest(), kinds)
