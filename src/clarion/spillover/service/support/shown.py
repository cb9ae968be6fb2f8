"""Plans that are shown at once: worked once for the same run and question, and never for long."""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from clarion.errors import BusyError, ClarionError
from clarion.spillover.service.support.turns import Turns
from clarion.spillover.service.support.work import outlook_of_run, question, worked
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.spillover.models import Run

MOST_KEPT = 32  # plans of some hundred kilobytes each
MOST_SECONDS = 40.0  # that a page may wait for one

turns = Turns()
_kept: OrderedDict[str, dict[str, Any]] = OrderedDict()
_lock = Lock()


def shown(who: str, run: Run, asked: dict[str, Any]) -> dict[str, Any]:
    """The quick plan of a finished run as plain data, not to be changed; ``who`` pays for its work.

    Raises
    ------
    ScenarioError, InputError: what cannot be asked, or limits that no plan can keep.
    BusyError: the work of ``who`` took too long within two minutes, or this plan alone does.
    """
    key = content(run, asked)
    if (found := _find(key)) is not None:
        return found
    with turns.turn(who):
        # What was waited for may have been this very plan.
        if (found := _find(key)) is None:
            found = _work(run, asked)
            with _lock:
                _kept[key] = found
                while len(_kept) > MOST_KEPT:
                    _kept.popitem(last=False)
    return found


def content(run: Run, asked: dict[str, Any]) -> str:
    """What a plan is made of, in one text: runs that say the same have the same plans."""
    from clarion import __version__
    from clarion.spillover.models import Answer

    baseline = Answer.objects.filter(run=run).values_list("data__baseline", flat=True).first()
    told = [__version__, run.text, run.trade, run.rule, run.draws, run.horizon, run.seed, baseline, asked]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _find(key: str) -> dict[str, Any] | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _work(run: Run, asked: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + MOST_SECONDS
    try:
        return worked(outlook_of_run(run), question(asked), run.seed, quick=True,
                      cancelled=lambda: time.monotonic() > until)  # fmt: skip
    except ClarionError as error:
        if error.code != "cancelled":
            raise
        raise BusyError(Phrase("This plan takes longer than a page can wait."), where="plan",
                        next_step=Phrase("Keep it: it is worked in the background. Or ask for fewer limits."),
                        may_keep=True) from None  # fmt: skip
