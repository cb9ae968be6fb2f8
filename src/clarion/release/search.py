"""Look for the fewest numbers to leave empty: take out until everybody is safe, then put back what does no harm.

Safety does not grow step by step as numbers are left out: one number alone can show a group to be small that all
numbers together leave open. So the search begins with every number and not with none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from clarion.release.folder import Release
from clarion.release.judge import Judgement, begin, judge, steps_for
from clarion.release.model import Ints, build_model
from clarion.release.put_back import agreement, to_put_back
from clarion.release.repair import Floats, Row, needed, tightest, to_hold, without
from clarion.release.sample import Walk

_ROUNDS = 60  # of taking out and of putting back
_POOL = 300  # databases that each walk keeps while searching
_EFFORT = 1.2
_NOISE = 0.02  # by which a share may seem to fall short after a number was put back


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
        self.harmful: frozenset[Row] = frozenset()
        self.model, self.walks = begin(whole, earlier, seed)
        self.complete = self.model

    def run(self, may_hold: bool) -> Built:
        """The release with its final judgement, or the judgement that nothing could mend."""
        for _ in range(_ROUNDS):
            judged = self._pool()
            if not (judged.share < needed(judged.targets, self.model).aim).any():
                self._put_back(judged)
                judged = judge(self.model, self.walks)
                if not (judged.share < needed(judged.targets, self.model).least).any():
                    return self._built(judged)
                self.harmful |= self.held
            if not may_hold or not self._take_out(judged):
                break
        # Judged by what was asked of it: it may pass the bar without the margin that later releases need.
        return Built(None, replace(judged, bars=needed(judged.targets, self.model).aim))

    def _built(self, final: Judgement) -> Built:
        count = sum(len(cells) for cells in self.whole.tables.values())
        steps = [f"{len(self.held)} of {count} numbers left empty"] if self.held else []
        return Built(self.release, final, steps)

    @property
    def release(self) -> Release:
        return without(self.whole, self.held)

    def _pool(self) -> Judgement:
        return judge(self.model, self.walks, databases=_POOL, effort=_EFFORT)

    def _take_out(self, judged: Judgement) -> bool:
        self.turn += 1
        aim = needed(judged.targets, self.model).aim
        more = to_hold(self.model, self.release, judged.targets, self.walks, judged.share, aim, _POOL,
                       steps_for(self.model, _EFFORT), self.turn) - self.held  # fmt: skip
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
        """Print again what seems harmless; what turns out to harm is left empty for good."""
        floor: Floats = needed(judged.targets, self.model).aim + np.zeros(judged.share.shape)
        bars = judged.bars + np.zeros(judged.share.shape)
        for _ in range(_ROUNDS):
            agree = agreement(self.whole, self.complete, self.held - self.harmful, judged.databases)
            good = np.array([judged.targets.unharmed(d).ravel() for d in judged.databases], np.float32)
            back, kept = to_put_back(agree, good, floor.ravel(), bars.ravel())
            if not back:
                return
            states = [database for database, stays in zip(judged.databases, kept, strict=True) if stays]
            before = self.held, [walk.database for walk in self.walks]
            apart = np.linspace(0, len(states) - 1, len(self.walks)).astype(int)
            self._move(self.held - set(back), [states[i] for i in apart])
            again = self._pool()
            if (again.share < floor - _NOISE).any():
                self.harmful |= set(back[len(back) // 2 :])
                self._move(*before)
            else:
                judged = again
