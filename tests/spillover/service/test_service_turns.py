"""What a person's plans may cost a desk: one at a time, the newest first, half of two minutes."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from clarion.errors import BusyError
from clarion.spillover.service.support.turns import MOST_SECONDS, WINDOW, Turns


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def use(turns, clock, who, seconds):
    with turns.turn(who):
        clock.now += seconds


def fail(turns, clock, who, seconds):
    with turns.turn(who):
        clock.now += seconds
        raise ValueError("no")


def test_half_of_two_minutes():
    clock = Clock()
    turns = Turns(clock)
    use(turns, clock, "a", MOST_SECONDS - 1)
    use(turns, clock, "a", 2)
    with pytest.raises(BusyError, match="61 seconds of work within two minutes"):
        use(turns, clock, "a", 1)
    use(turns, clock, "b", 1)
    clock.now += WINDOW - 2
    use(turns, clock, "a", 1)


def test_work_that_fails_counts_too():
    clock = Clock()
    turns = Turns(clock)
    with pytest.raises(ValueError, match="no"):
        fail(turns, clock, "a", MOST_SECONDS)
    with pytest.raises(BusyError):
        use(turns, clock, "a", 1)


def test_nothing_is_left_of_those_who_asked_long_ago():
    clock = Clock()
    turns = Turns(clock)
    for who in "abc":
        use(turns, clock, who, 1)
    clock.now += WINDOW + 2
    use(turns, clock, "d", 1)
    assert set(turns.spent) == set(turns.newest) == {"d"}


def test_one_at_a_time_and_who_waits_gives_way_to_the_newer():
    turns, go_on, begun = Turns(), Event(), Event()
    told: list[str] = []

    def ask(name, wait=False):
        try:
            with turns.turn("a"):
                begun.set()
                if wait:
                    go_on.wait(20)
                told.append(name)
        except BusyError as error:
            told.append(f"{name}: {error.what}")

    first = Thread(target=ask, args=("first", True))
    first.start()
    assert begun.wait(20)
    second, third = Thread(target=ask, args=("second",)), Thread(target=ask, args=("third",))
    second.start()
    while turns.newest["a"] != 2:
        pass
    third.start()
    second.join(20)
    assert told == ["second: A newer question of yours took the place of this one."]
    with turns.turn("b"):
        assert told[1:] == []
    go_on.set()
    for thread in (first, third):
        thread.join(20)
    assert told[1:] == ["first", "third"]
    assert not turns.working
