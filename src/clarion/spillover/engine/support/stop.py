"""Stopping a plan on request, between its parts."""

from __future__ import annotations

from collections.abc import Callable

from clarion.spillover.engine.simulation.waves import Cancelled
from clarion.vocab import Phrase

Asked = Callable[[], bool]
"""Whether to stop; asked between any two programmes that are solved, and often while lots are, so it must be cheap."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


def go_on(cancelled: Asked) -> None:
    """Return where nobody asked to stop.

    Raises
    ------
    Cancelled: somebody did.
    """
    if cancelled():
        raise stopped()


def stopped() -> Cancelled:
    """The error of a plan that was stopped."""
    return Cancelled(Phrase("The plan was stopped."), where="plan", next_step=Phrase("Ask for it again."))
