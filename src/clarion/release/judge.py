"""Judge a release with all that came before: for each target certified, disclosed or undecided, and why."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from clarion.release.attack import Attack, Found
from clarion.release.errors import ReleaseError
from clarion.release.folder import Release
from clarion.release.model import Ints, Model, build_model
from clarion.release.sample import WALKS, Walk, draw, together
from clarion.release.targets import Targets, targets
from clarion.vocab import Phrase

DATABASES = 75
"""Databases that each walk keeps for a certificate."""


@dataclass
class Judgement:
    """``share`` (spans, groups): of the ``databases`` in which each target is absent or large; ``bars`` (spans, 1):
    what is asked of it; ``found``: what the attack says of those below the bar, by (span, group)."""

    model: Model
    targets: Targets
    databases: list[Ints]
    share: NDArray[np.float64]
    bars: NDArray[np.float64]
    found: dict[tuple[int, int], Found] = field(default_factory=dict)

    @property
    def failing(self) -> NDArray[np.bool_]:
        return self.share < self.bars


def begin(release: Release, earlier: list[Release], seed: int = 0) -> tuple[Model, list[Walk]]:
    """The model and the walks that have arrived in it.

    Raises
    ------
    ReleaseError: no database agrees with everything that was printed, or with the declared facts too.
    """
    for exact in (True, False):
        model = build_model(release, earlier, exact_population=exact)
        walks = [Walk(model, seed * WALKS + i) for i in range(WALKS)]
        if all(together(walks, Walk.arrive)):
            return model, walks
        said, database = Attack(model, 60.0).database()
        if database is not None:
            for walk in walks:
                walk.start_at(database)
            return model, walks
        if said != "impossible":
            raise ReleaseError(
                "No database that agrees with all printed numbers was found, nor that there is none.",
                where=release.spec.id, next_step="Publish fewer tables at once.",
            )  # fmt: skip
    if release.spec.known:
        begin(replace(release, spec=replace(release.spec, known=())), earlier, seed)  # raises where it is not them
        raise ReleaseError(
            "The declared facts contradict the printed numbers: no list of people agrees with both.",
            where=f"{release.spec.id}, known",
            next_step="Correct the facts, or the period by which each is true ('at').",
        )
    raise ReleaseError(
        "The printed numbers contradict each other or an earlier release: no list of people agrees with all of them.",
        where=release.spec.id,
        next_step="Cumulative counts cannot fall: correct those who left or changed category, or count by period.",
    )


def steps_for(model: Model, effort: float = 1.0) -> int:
    """How long to walk: in proportion to what can change."""
    return int(effort * 1500 * (len(model.slots) * model.cells + 200))


def judge(model: Model, walks: list[Walk], databases: int = DATABASES, effort: float = 3.0) -> Judgement:
    """Draw databases and take the shares."""
    found = targets(model)
    steps = steps_for(model, effort)
    drawn = [d for part in together(walks, lambda w: draw(w, databases, steps)) for d in part]
    return Judgement(model, found, drawn, found.share(drawn), found.bars)


def explain(judgement: Judgement, seconds: float) -> None:
    """Attack every target below the bar, the least likely first, until the time is spent."""
    attack = Attack(judgement.model, max(1.0, seconds / 6))
    end = time.monotonic() + seconds
    order = np.argwhere(judgement.failing)
    order = order[np.argsort(judgement.share[tuple(order.T)], kind="stable")]
    for span, group in order:
        share = float(judgement.share[span, group])
        if time.monotonic() > end:
            judgement.found[span, group] = Found("undecided", Phrase("there was no time left to attack it"))
            continue
        first, last = judgement.targets.spans[span]
        found = Found("", "") if share > 0 else attack.on(judgement.targets.masks[group], first, last)
        if not found.status:
            why = Phrase(
                "not proved, but likely: absent or large in {share:.0%} of the databases that agree, not in {bar:.0%}",
                share=share, bar=float(judgement.bars[span, 0]),
            )  # fmt: skip
            found = Found("undecided", why, found.low, found.high)
        judgement.found[span, group] = found
