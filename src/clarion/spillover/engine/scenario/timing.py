"""Reading the table ``[time]`` of a scenario."""

from __future__ import annotations

from clarion.spillover.engine.scenario.model import Timing
from clarion.spillover.engine.scenario.section import Section, short
from clarion.vocab import Phrase

KEYS = ("start", "months", "horizon")
SHORTEST, LONGEST = 12, 36


def read_timing(top: Section) -> Timing:
    """When the shocks begin and how long they last; every key may be left out.

    Raises
    ------
    ScenarioError: a month that is none, or a length that is not run.
    """
    usual = Timing()
    if "time" not in top.data:
        return usual
    at = Section(top.data["time"], ("time",), top.text, KEYS)
    return Timing(_start(at, usual.start), at.range("months", 0, LONGEST, usual.months), _horizon(at, usual.horizon))


def _start(at: Section, usual: int) -> int:
    if "start" not in at.data:
        return usual
    written = at.string("start", "03")
    if not (written.isascii() and written.isdigit() and len(written) <= 2 and 1 <= int(written) <= 12):
        what = Phrase("{text!r} is not a month.", text=short(written))
        raise at.error(what, "start", next_step=Phrase("Write: {line}", line='start = "03"'))
    return int(written)


def _horizon(at: Section, usual: int) -> int:
    value = at.data.get("horizon", usual)
    if isinstance(value, bool) or not isinstance(value, int) or not SHORTEST <= value <= LONGEST:
        what = Phrase("horizon is {value}, not a whole number of months from {low} to {high}.",
                      value=short(str(value)), low=SHORTEST, high=LONGEST)  # fmt: skip
        raise at.error(what, "horizon", next_step=Phrase("Write: {line}", line="horizon = 12"))
    return value
