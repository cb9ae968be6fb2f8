"""Chunks of draws, worked in waves: with progress between them, stopped on request, gone on with later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from clarion.errors import ClarionError
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from numpy.random import Generator

    from clarion.compute import Runner
    from clarion.spillover.engine.scenario import Scenario

_PARTS = 10


class Cancelled(ClarionError):
    """Stopped on request. ``chunks`` holds what was done, to go on from."""

    code = "cancelled"
    exit_code = 130
    http_status = 409
    chunks: tuple[Any, ...] = ()


class Chunked:
    """A question whose ``draws`` are worked ``chunk`` at a time."""

    __slots__ = ()
    draws: int
    chunk: int
    scenario: Scenario

    @property
    def chunks(self) -> int:
        """Number of chunks; the last may be smaller."""
        return -(-self.draws // self.chunk)

    def size(self, index: int) -> int:
        """Draws of one chunk."""
        return min(self.chunk, self.draws - index * self.chunk)


class Part(Protocol):
    """A chunk that was worked; ``index`` is its place."""

    @property
    def index(self) -> int: ...


P = TypeVar("P", bound=Part)


def in_waves(
    question: Chunked,
    work: Callable[[int, Generator], P],
    runner: Runner,
    seed: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
    done: Sequence[P],
) -> list[P]:
    """Every chunk in order, those ``done`` among them; ``work`` makes one from its index.

    With ``progress`` (told the draws done and the draws in all) or ``cancelled`` (asked before each wave) the runner
    gets a tenth of the chunks at a time, else all at once.

    Raises
    ------
    Cancelled: stopped on request.
    """
    chunks = {chunk.index: chunk for chunk in done}
    todo = [i for i in range(question.chunks) if i not in chunks]
    watched = progress is not None or cancelled is not None
    wave = max(1, question.chunks // _PARTS if watched else question.chunks)

    def worked() -> int:
        return sum(question.size(i) for i in chunks)

    if progress is not None:
        progress(worked(), question.draws)
    for start in range(0, len(todo), wave):
        if cancelled is not None and cancelled():
            error = Cancelled(
                Phrase("Stopped after {done} of {draws} draws.", done=worked(), draws=question.draws),
                where=Phrase("scenario {name}", name=question.scenario.name),
                next_step=Phrase("Start it again to go on."),
            )
            error.chunks = tuple(chunks[i] for i in sorted(chunks))
            raise error
        for chunk in runner.map(work, todo[start : start + wave], seed=seed):
            chunks[chunk.index] = chunk
        if progress is not None:
            progress(worked(), question.draws)
    return [chunks[i] for i in range(question.chunks)]
