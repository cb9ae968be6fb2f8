"""Scenarios as use cases: those that ship, those that people write."""

from uuid import uuid4

import pytest

from clarion.errors import InputError, NotAllowed, ScenarioError, UnknownName
from clarion.spillover.models import OwnScenario
from clarion.spillover.service import scenarios

TEXT = scenarios.shipped_text("ukraine-harvest-halved")


@pytest.fixture
def analyst(account):
    return account("analyst").actor


def test_the_shelf_has_seven_and_ones_own(analyst, account):
    own = scenarios.save(analyst, TEXT)
    shelf = scenarios.shelf(analyst)
    assert len(shelf.shipped) == 7
    assert shelf.own == (own,)
    assert scenarios.shelf(account("operator").actor).own == ()


def test_saving_keeps_the_text_as_written(analyst):
    text = "# why\r\n" + TEXT
    assert scenarios.own(analyst, scenarios.save(analyst, text).pk).text == text


def test_a_name_is_ones_own_only_once(analyst, account):
    first = scenarios.save(analyst, TEXT)
    with pytest.raises(InputError, match="another scenario named"):
        scenarios.save(analyst, TEXT)
    scenarios.save(account("operator").actor, TEXT)  # somebody else may have the same
    second = scenarios.save(analyst, TEXT.replace('name = "ukraine', 'name = "other'))
    with pytest.raises(InputError, match="another scenario named"):
        scenarios.save(analyst, TEXT, second.pk)
    assert scenarios.save(analyst, TEXT, first.pk).pk == first.pk


@pytest.mark.parametrize("bad", ["", "[", TEXT.replace("UKR", "UKX"), TEXT.replace("fraction", "fracton")])
def test_a_bad_text_leaves_the_earlier_one(analyst, bad):
    held = scenarios.save(analyst, TEXT)
    with pytest.raises(ScenarioError):
        scenarios.save(analyst, bad, held.pk)
    with pytest.raises(ScenarioError):
        scenarios.save(analyst, bad)
    assert [s.text for s in OwnScenario.objects.all()] == [TEXT]


@pytest.mark.parametrize(("had", "has"), [('"soya"', '"barley"'), ("2019-2021", "2030-2031")])
def test_what_no_trade_is_loaded_for_can_be_kept_but_not_run(analyst, had, has):
    text = TEXT.replace(had, has)
    scenarios.save(analyst, text)
    with pytest.raises(InputError, match="barley" if "bar" in has else "2030-2031") as refused:
        scenarios.runnable(text)
    assert refused.value.next_step


def test_the_error_names_line_and_key(analyst):
    text = TEXT.replace("fraction", "fracton")
    with pytest.raises(ScenarioError) as refused:
        scenarios.save(analyst, text)
    line = refused.value.details["line"]
    assert text.splitlines()[line - 1].startswith("fracton")
    assert refused.value.details["key"] == "shocks[0].fracton"


def test_others_scenarios_look_absent(analyst, account):
    held = scenarios.save(analyst, TEXT)
    other = account("operator").actor
    said = []
    for pk in (held.pk, uuid4()):
        with pytest.raises(UnknownName) as refused:
            scenarios.own(other, pk)
        said.append(str(refused.value))
        for act in (lambda pk: scenarios.remove(other, pk), lambda pk: scenarios.save(other, TEXT, pk)):
            with pytest.raises(UnknownName):
                act(pk)
    assert said[0] == said[1]
    assert OwnScenario.objects.get().owner == analyst.id


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_who_may_write(account, role):
    actor = account(role).actor
    assert len(scenarios.shelf(actor).shipped) == 7
    with pytest.raises(NotAllowed):
        scenarios.save(actor, TEXT)
    with pytest.raises(NotAllowed):
        scenarios.remove(actor, uuid4())


def test_there_is_room_for_some(analyst, monkeypatch):
    monkeypatch.setattr(scenarios, "MOST_OWN", 1)
    held = scenarios.save(analyst, TEXT)
    with pytest.raises(InputError, match="Remove one first"):
        scenarios.save(analyst, TEXT.replace('name = "ukraine', 'name = "other'))
    scenarios.save(analyst, TEXT, held.pk)


@pytest.mark.parametrize(("key", "long"), [("title", 201), ("text", 100_001)])
def test_what_is_too_long(analyst, key, long):
    text = TEXT.replace("Ukraine's harvest is halved", "x" * long) if key == "title" else "#" * long
    with pytest.raises(InputError, match="too long"):
        scenarios.save(analyst, text)


def test_find_by_name_or_file(tmp_path):
    assert scenarios.check(scenarios.find("black-sea-closure")).name == "black-sea-closure"
    file = tmp_path / "mine.toml"
    file.write_text(TEXT)
    assert scenarios.find(str(file)) == TEXT
    for wrong in ("black-sea-clsure", str(tmp_path / "absent.toml"), str(tmp_path) + "/.toml"):
        with pytest.raises(UnknownName) as refused:
            scenarios.find(wrong)
        assert refused.value.next_step
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnknownName, match="not UTF-8"):
        scenarios.find(str(file))
