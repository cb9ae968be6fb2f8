"""Reading scenarios: what is refused, on which line, and with which advice."""

import time

import pytest

from clarion.errors import ScenarioError, UnknownName
from clarion.spillover.engine.scenario import (
    CorridorClosed,
    ExportLimit,
    ProductionCut,
    Range,
    SanctionCost,
    from_dict,
    parse,
    shipped_scenario,
    shipped_scenarios,
)
from clarion.spillover.engine.scenario.model import TRADE_ELASTICITY
from clarion.vocab import Period

GOOD = """\
name = "two-things"
title = "Two things"
items = ["wheat", "maize"]
period = "2019-2021"

[[shocks]]
kind = "production_cut"
country = "UKR"
fraction = [0.3, 0.5, 0.6]

[[shocks]]
kind = "export_ban"
exporter = "RUS"
exceptions = ["KAZ"]
items = ["wheat"]

[[shocks]]
kind = "corridor_closed"
corridor = "strait"
source = "somebody"

[[shocks]]
kind = "sanction_cost"
exporter = "RUS"
cost_percent = 10

[corridors.strait]
title = "A strait"

[[corridors.strait.users]]
exporter = "UKR"
share = 0.9
"""


def test_reads_every_kind():
    scenario = parse(GOOD, "two.toml")
    assert scenario.period == Period(2019, 2021)
    assert scenario.shocks == (
        ProductionCut("UKR", Range(0.3, 0.5, 0.6)),
        ExportLimit("RUS", Range.exactly(0.0), ("wheat",), ("KAZ",)),
        CorridorClosed("strait", Range.exactly(1.0), source="somebody"),
        SanctionCost("RUS", Range.exactly(10.0), TRADE_ELASTICITY),
    )
    assert [s.kind for s in scenario.shocks] == ["production_cut", "export_ban", "corridor_closed", "sanction_cost"]
    assert scenario.corridor("strait").users[0].share == Range.exactly(0.9)
    assert scenario.shipped == ()


BROKEN = {
    "misspelt key": ("fraction = [0.3, 0.5, 0.6]", "fracton = 0.3", 9, "shocks[0].fracton", "Did you mean fraction?"),
    "misspelt kind key": ('kind = "production_cut"', 'kinds = "x"', 7, "shocks[0].kinds", "Did you mean kind?"),
    "missing kind": ('kind = "production_cut"\n', "", 6, "shocks[0].kind", "production_cut"),
    "misspelt kind": ('"production_cut"', '"production-cut"', 7, "shocks[0].kind", "Did you mean production_cut?"),
    "key of another kind": ("fraction = [0.3, 0.5, 0.6]", "kept = 0.3", 9, "shocks[0].kept", "Valid here: kind"),
    "misspelt top key": ("title =", "titel =", 2, "titel", "Did you mean title?"),
    "missing title": ('title = "Two things"\n', "", None, "title", "title ="),
    "blank title": ('"Two things"', '" "', 2, "title", "title ="),
    "bad name": ('"two-things"', '"Two things"', 1, "name", "small letters"),
    "unknown country": ('"UKR"\nfraction', '"UKX"\nfraction', 8, "shocks[0].country", "UKR (Ukraine)"),
    "historic country": ('"UKR"\nfraction', '"SUN"\nfraction', 8, "shocks[0].country", "successors"),
    "unknown exception": ('["KAZ"]', '["KAZ", "QQQ"]', 14, "shocks[1].exceptions[1]", "alpha-3"),
    "unknown commodity": ('["wheat", "maize"]', '["wheat", "maiz"]', 3, "items[1]", "Did you mean maize?"),
    "commodity elsewhere": ('items = ["wheat"]', 'items = ["rice"]', 15, "shocks[1].items[0]", "Add rice"),
    "over one": ("[0.3, 0.5, 0.6]", "50", 9, "shocks[0].fraction", "write 0.5"),
    "below zero": ("[0.3, 0.5, 0.6]", "-0.1", 9, "shocks[0].fraction", "from 0 to 1"),
    "one of three over one": ("[0.3, 0.5, 0.6]", "[\n0.3,\n0.5,\n1.6]", 12, "shocks[0].fraction[2]", "from 0 to 1"),
    "not a number": ("[0.3, 0.5, 0.6]", "nan", 9, "shocks[0].fraction", "0.5"),
    "a text for a number": ("[0.3, 0.5, 0.6]", '"half"', 9, "shocks[0].fraction", "0.5"),
    "true for a number": ("[0.3, 0.5, 0.6]", "true", 9, "shocks[0].fraction", "0.5"),
    "falling range": ("[0.3, 0.5, 0.6]", "[0.6, 0.5, 0.3]", 9, "shocks[0].fraction", "[0.3, 0.5, 0.6]"),
    "two numbers": ("[0.3, 0.5, 0.6]", "[0.3, 0.5]", 9, "shocks[0].fraction", "lowest, most likely"),
    "no number": ("[0.3, 0.5, 0.6]", "[]", 9, "shocks[0].fraction", "lowest, most likely"),
    "unknown corridor": ('"strait"', '"straits"', 19, "shocks[2].corridor", "Did you mean strait?"),
    "corridor without users": (GOOD[GOOD.index("[[corridors") :], "", 27, "corridors.strait.users", "users"),
    "corridor user's key": ("share =", "shares =", 32, "corridors.strait.users[0].shares", "Did you mean share?"),
    "bad period": ('"2019-2021"', '"last year"', 4, "period", "2019-2021"),
    "no items": ('["wheat", "maize"]', "[]", 3, "items", 'items = ["wheat"]'),
    "item twice": ('["wheat", "maize"]', '["wheat", "wheat"]', 3, "items[1]", "Remove one"),
    "items not a list": ('["wheat", "maize"]', '"wheat"', 3, "items", "["),
    "items of numbers": ('["wheat", "maize"]', "[1]", 3, "items[0]", "quotation"),
    "untouched item": ('["wheat", "maize"]', '["wheat", "maize", "rice"]', None, "items[2]", "Add rice"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_refusals_show_the_line(case):
    old, new, line, key, advice = BROKEN[case]
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1)
    if case == "untouched item":
        text = text.replace("fraction = [", 'items = ["wheat"]\nfraction = [')
        text = text.replace('corridor = "strait"', 'corridor = "strait"\nitems = ["wheat"]')
        text = text.replace("cost_percent", 'items = ["maize"]\ncost_percent')
        line = 3
    with pytest.raises(ScenarioError) as caught:
        parse(text, "two.toml")
    error = caught.value
    assert error.details["key"] == key
    assert error.details["line"] == line
    assert error.where == (f"two.toml, line {line}, {key}" if line else f"two.toml, {key}")
    assert advice in error.next_step
    assert error.exit_code == 2


@pytest.mark.parametrize("shocks", ["", "shocks = []", "shocks = 3"])
def test_a_scenario_needs_a_shock(shocks):
    head = GOOD[: GOOD.index("[[shocks]]")]
    with pytest.raises(ScenarioError, match="shock"):
        parse(head + shocks, "two.toml")


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = \n", 1), ("a = 1\nb == 2\n", 2), ("[[shocks]\n", 1), ('a = "x\n', 1), ("a = 1\na = 2\n", 2),
     ('a = "\x00"', 1)],
)  # fmt: skip
def test_toml_errors_show_the_line(text, line):
    with pytest.raises(ScenarioError) as caught:
        parse(text, "bad.toml")
    assert caught.value.details["line"] == line
    assert f"bad.toml, line {line}" in caught.value.where


def test_unfinished_text_is_an_error_on_its_last_line():
    with pytest.raises(ScenarioError) as caught:
        parse('a = 1\nb = """x\n', "bad.toml")
    assert caught.value.details["line"] == 3


def test_hostile_size_and_depth():
    with pytest.raises(ScenarioError, match="characters long"):
        parse("#" * 300_000, "big.toml")
    with pytest.raises(ScenarioError):
        parse("a = " + "[" * 100_000, "deep.toml")


def test_windows_line_ends_and_byte_order_mark():
    assert parse("\ufeff" + GOOD.replace("\n", "\r\n"), "two.toml") == parse(GOOD, "two.toml")


@pytest.mark.parametrize("corridors", [[], {"sea": "Sea"}, {"sea": {"title": "Sea", "users": 3}}])
def test_a_form_with_odd_corridors(corridors):
    data = {"name": "x", "title": "X", "items": ["wheat"], "period": "2021", "corridors": corridors}
    with pytest.raises(ScenarioError) as caught:
        from_dict(data | {"shocks": [{"kind": "export_ban", "exporter": "RUS"}]})
    assert caught.value.details["key"].startswith("corridors")


def test_a_form_gets_the_key_without_a_line():
    data = {"name": "x", "title": "X", "items": ["wheat"], "period": "2021"}
    with pytest.raises(ScenarioError) as caught:
        from_dict(data | {"shocks": [{"kind": "export_ban", "exporter": "RUS", "exeptions": []}]})
    assert caught.value.where == "form, shocks[0].exeptions"
    assert caught.value.details["line"] is None
    assert from_dict(data | {"shocks": [{"kind": "export_ban", "exporter": "RUS"}]}).items == ("wheat",)


def test_the_shipped():
    assert set(shipped_scenarios()) == {
        "black-sea-closure", "black-sea-closure-and-india-rice-ban", "kazakhstan-wheat-export-ban",
        "russia-sanction-cost", "russia-shock-2022", "russia-wheat-export-ban", "ukraine-harvest-halved",
    }  # fmt: skip
    for name, scenario in shipped_scenarios().items():
        assert name == scenario.name
        assert scenario.summary
        assert all(shock.source for shock in scenario.shocks), name
        assert all(user.source for corridor in scenario.shipped for user in corridor.users)


def test_unknown_shipped_scenario():
    with pytest.raises(UnknownName, match="black-see-closure") as caught:
        shipped_scenario("black-see-closure")
    assert "Did you mean black-sea-closure?" in caught.value.next_step


HEAD = 'name = "x"\ntitle = "X"\nitems = ["wheat"]\nperiod = "2019-2021"\n'
CUT = '[[shocks]]\nkind = "production_cut"\ncountry = "KAZ"\nfraction = '
BAN = '[[shocks]]\nkind = "export_ban"\nexporter = "KAZ"\n'


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 120_000) + " = 1",
        ".".join(["'a'"] * 60_000) + " = 1",
        "[" + ".".join(["a"] * 120_000) + "]",
        "x = {" + ".".join(['"."'] * 60_000) + " = 1}",
        '"' + '\\"' * 100_000,
        HEAD + BAN * 5_000,
        HEAD + BAN + "exceptions = [" + ",".join(f'"{i}"' for i in range(30_000)) + "]",
    ],
    ids=["dotted", "quoted", "header", "inline", "unclosed", "shocks", "list"],
)
def test_a_text_made_to_hold_up_the_desk_is_refused_at_once(text):
    begun = time.process_time()
    with pytest.raises(ScenarioError):
        parse(text)
    assert time.process_time() - begun < 1.5


@pytest.mark.parametrize("number", ["9" * 6_000, "9" * 400, "0x" + "f" * 9_000, "-" + "9" * 60])
@pytest.mark.parametrize("place", ["{}", "[0.1, {}, 0.2]", "0.5\nitems = [{}]", "0.5\nsource = {}"])
def test_a_number_too_long_to_be_read_or_shown(number, place):
    with pytest.raises(ScenarioError, match="too many digits"):
        parse(HEAD + CUT + place.format(number))


def test_dots_in_a_long_text_are_no_keys():
    assert "a. " in parse(HEAD.replace('"X"', '"X"\nsummary = "' + "a. " * 1_000 + 'b"') + BAN).summary


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Two things"', '"Two\\u0000things"', "title holds letters that cannot be seen"),
        ('"Two things"', '"Two \ud800 things"', "title holds letters that cannot be seen"),
        ('"somebody"', '"some\\u001bbody"', "source holds letters that cannot be seen"),
        ('["KAZ"]', '["KAZ\\u0007"]', "exceptions holds letters that cannot be seen"),
        ('"Two things"', f'"{"x" * 301}"', "title is too long"),
        ('"somebody"', f'"{"x" * 4001}"', "source is too long"),
        ("corridors.strait", 'corridors."a\\u0000"', "holds letters that cannot be seen"),
        ('"export_ban"', "[1]", "no kind of shock"),
    ],
)
def test_texts_that_nobody_can_read_are_refused(old, new, said):
    with pytest.raises(ScenarioError, match=said) as caught:
        parse(GOOD.replace(old, new), "two.toml")
    str(caught.value).encode()
    assert len(str(caught.value)) < 500


def test_lines_and_tabs_may_stand_in_a_text():
    assert parse(GOOD.replace('"somebody"', '"some\\n\\tbody"')).shocks[2].source == "some\n\tbody"


def test_what_is_long_is_quoted_short():
    with pytest.raises(ScenarioError) as caught:
        parse(GOOD.replace('"strait"', f'"{"x" * 3000}"'), "two.toml")
    assert len(str(caught.value)) < 400
