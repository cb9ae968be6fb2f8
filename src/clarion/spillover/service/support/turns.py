"""What plans that are shown at once may cost: one of a person's is worked at a time, and half of two minutes.

Counted in memory, by process: a desk is one process, and what was counted may be forgotten when it ends.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from clarion.errors import BusyError
from clarion.vocab import Phrase

WINDOW = 120.0
MOST_SECONDS = 60.0  # of work for one person within the window


class Turns:
    """Turns of people, by the ids of their accounts; ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.change = Condition()
        self.working: set[str] = set()
        self.newest: dict[str, int] = {}
        self.spent: dict[str, deque[tuple[float, float]]] = {}
        self.count = 0

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Work for ``who`` in the block, after what they asked before; who waits gives way to their newer question.

        Raises
        ------
        BusyError: their work of the last two minutes took too long, or a newer question took the place.
        """
        with self.change:
            self._forget()
            self._take(who)
        began = self.clock()
        try:
            yield
        finally:
            with self.change:
                now = self.clock()
                self.spent.setdefault(who, deque()).append((now, now - began))
                self.working.discard(who)
                self.change.notify_all()

    def _take(self, who: str) -> None:
        self.count += 1
        mine = self.newest[who] = self.count
        self.change.notify_all()
        while who in self.working:
            self.change.wait()
            if self.newest.get(who) != mine:
                raise BusyError(Phrase("A newer question of yours took the place of this one."), where="plans",
                                next_step=Phrase("Look at the newer one, or ask this one again."))  # fmt: skip
        seconds = sum(seconds for _, seconds in self.spent.get(who, ()))
        if seconds >= MOST_SECONDS:
            raise BusyError(
                Phrase("Your plans took {seconds:,.0f} seconds of work within two minutes.", seconds=seconds),
                where="plans",
                next_step=Phrase("Wait two minutes. What you were shown before opens at once; what you keep is worked"
                                 " in the background."),
            )  # fmt: skip
        self.working.add(who)

    def _forget(self) -> None:
        """Drop what is older than the window, and people of whom nothing is left."""
        since = self.clock() - WINDOW
        for who, spent in list(self.spent.items()):
            while spent and spent[0][0] < since:
                spent.popleft()
            if not spent and who not in self.working:
                del self.spent[who]
                self.newest.pop(who, None)
