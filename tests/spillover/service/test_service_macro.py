"""Money from Russia: an answer is worked once while the tables stand, and only the last few are kept."""

from __future__ import annotations

import pytest

from clarion.access import Actor
from clarion.errors import NotAllowed
from clarion.spillover.engine import macro as engine
from clarion.spillover.service import macro

ME = Actor.console()


@pytest.fixture
def worked(monkeypatch):
    """How often the engine was asked."""
    calls = []
    whole = engine.macro

    def counting(*arguments):
        calls.append(arguments)
        return whole(*arguments)

    monkeypatch.setattr(engine, "macro", counting)
    macro._answer.cache_clear()
    yield calls
    macro._answer.cache_clear()


def question(growth=""):
    return macro.question(("ARM",), growth, "", rupture=True, base_year=2021, draws=200)


def test_the_same_question_is_worked_once(worked):
    first, again = macro.answer(ME, question()), macro.answer(ME, question())
    assert len(worked) == 1
    assert first is again
    assert first.draws.ratio.size == 0, "what nobody is told is not kept"
    assert first.to_dict() == engine.macro(*worked[0]).to_dict()


def test_another_question_seed_or_table_is_another_answer(worked, monkeypatch):
    macro.answer(ME, question())
    macro.answer(ME, question("-0.02"))
    macro.answer(ME, question(), seed=7)
    assert len(worked) == 3
    fewer = [t for t in macro.warehouse().all("indicators") if t.source != "fx-reserves"]
    monkeypatch.setattr(macro, "warehouse", lambda: type("W", (), {"all": lambda _, name: fewer})())
    macro.answer(ME, question())
    assert len(worked) == 4


def test_only_the_last_few_are_kept(worked):
    for step in range(20):
        macro.answer(ME, question(f"-0.0{step + 1:02d}"))
    assert macro._answer.cache_info().currsize == 16


def test_what_is_kept_is_not_told_to_whoever_may_not_see_it(worked):
    macro.answer(ME, question())
    with pytest.raises(NotAllowed):
        macro.answer(Actor("x", "x", "nobody"), question())
