"""Look for the fewest numbers to leave empty: take out until everybody is safe, then put back what does no harm."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from clarion.release.folder import Release
from clarion.release.judge import Judgement, begin, judge, steps_for
from clarion.release.model import Ints, build_model
from clarion.release.put_back import to_put_back
from clarion.release.repair import Row, needed, tightest, to_hold, without
from clarion.release.sample import Walk

_ROUNDS = 40  # of taking out
_TRIES = 6  # of putting back


@dataclass
class Built:
    """A release that passed, with what was done to it; ``release`` None: there is none."""

    release: Release | None
    judgement: Judgement
    steps: list[str] = field(default_factory=list)


class Search:
    """One search; deterministic for a ``seed``. Raises as ``begin``."""

    def __init__(self, whole: Release, earlier: list[Release], seed: int) -> None:
        self.whole, self.earlier, self.turn = whole, earlier, 0
        self.held: frozenset[Row] = frozenset()
        self.model, self.walks = begin(whole, earlier, seed)
        self.complete = self.model

    def run(self, may_hold: bool) -> Built:
        """The release with its final judgement, or the judgement that nothing could mend."""
        for turn in range(_ROUNDS):
            quick = self._quick()
            if not self._lacking(quick).any():
                self._put_back(quick)
                final = judge(self.model, self.walks)
                if not (final.share < needed(final.targets, self.model).least).any():
                    return self._built(final)
                quick = final
            if not may_hold or turn == _ROUNDS - 1 or not self._take_out(quick):
                break
        # Judged by what was asked of it: it may pass the bar without the margin that later releases need.
        return Built(None, replace(quick, bars=needed(quick.targets, self.model).aim))

    def _built(self, final: Judgement) -> Built:
        count = sum(len(cells) for cells in self.whole.tables.values())
        steps = [f"{len(self.held)} of {count} numbers left empty"] if self.held else []
        return Built(self.release, final, steps)

    @property
    def release(self) -> Release:
        return without(self.whole, self.held)

    def _quick(self) -> Judgement:
        return judge(self.model, self.walks, databases=75, effort=1.0)

    def _lacking(self, judged: Judgement) -> NDArray[np.bool_]:
        return judged.share < needed(judged.targets, self.model).aim

    def _take_out(self, judged: Judgement) -> bool:
        self.turn += 1
        aim = needed(judged.targets, self.model).aim
        more = to_hold(self.model, self.release, judged.targets, self.walks, judged.share, aim, 100,
                       steps_for(self.model, 0.25), self.turn) - self.held  # fmt: skip
        if not more:
            row = tightest(self.model, self.release, judged.targets, judged.share < aim, self.held)
            more = {row} if row else set()
        if not more:
            return False
        # Whatever agrees with more numbers agrees with fewer: the walks go on from where they stand.
        self._move(self.held | more, [walk.database for walk in self.walks])
        return True

    def _move(self, held: frozenset[Row], states: list[Ints]) -> None:
        self.held = held
        self.model = build_model(self.release, self.earlier)
        fresh = [Walk(self.model, walk.seed + len(self.walks)) for walk in self.walks]
        for walk, state in zip(fresh, states, strict=True):
            walk.start_at(state)
        self.walks = fresh

    def _put_back(self, judged: Judgement) -> None:
        """Try numbers that seem harmless; what turns out to harm is taken out again for good."""
        harmful: set[Row] = set()
        for _ in range(_TRIES):
            back, states = to_put_back(self.whole, self.complete, self.held - harmful, judged, len(self.walks))
            if not back:
                return
            before = self.held, [walk.database for walk in self.walks]
            self._move(self.held - back, states)
            judged_again = self._quick()
            if self._lacking(judged_again).any():
                harmful |= back if len(back) == 1 else set(sorted(back)[: (len(back) + 1) // 2])
                self._move(*before)
            else:
                judged = judged_again
