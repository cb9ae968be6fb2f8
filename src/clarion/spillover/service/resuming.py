"""Runs whose parts are kept as they are done, so that one that was stopped goes on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from clarion.spillover import form

if TYPE_CHECKING:
    from clarion.compute import Runner

_log = logging.getLogger("clarion.spillover")


def kept_in(folder: Path, runner: Runner, asked: Sequence[object], kinds: tuple[type, ...]) -> Runner:
    """A runner that keeps its answers, of ``kinds``, in ``folder``, for what was ``asked``.

    Each version and form has a folder of its own in it: parts of another are left alone and worked anew, with a word.
    """
    import hashlib

    from clarion import __version__
    from clarion.compute.resume import Resumable

    own = folder / f"{__version__}-form-{form.ANSWER}"
    with suppress(OSError, ValueError):  # a folder that cannot be read is refused, in plain words, as work begins
        if not own.exists() and any(path for at in ("*.npz", "*/*.npz") for path in folder.glob(at)):
            _log.warning("The folder holds parts of another version of Clarion; they are left, and worked anew.")
    return Resumable(runner, own, hashlib.sha256(repr(tuple(asked)).encode()).hexdigest(), kinds)
