"""What holds for every command: help, ``--json``, and one clear message for bad input."""

import argparse
from importlib import import_module

import pytest
import typer

from clarion.cli import _build, commands

FIXTURES = {"lighthouse"}
# They read their own arguments, since they are also installed alone, where the root command does not exist.
OWN_PROGRAMS = {"keyholder": "clarion.seal.tool.keyholder", "open": "clarion.seal.tool.opener"}


def tree():
    """Every command of the house and its rooms, as the words that call it."""

    def leaves(command, words):
        inner = getattr(command, "commands", {})
        if not inner or getattr(command, "invoke_without_command", False):
            yield words, command
        for name, sub in inner.items():
            yield from leaves(sub, (*words, name))

    for name, found in commands().items():
        if name not in FIXTURES | set(OWN_PROGRAMS):
            yield from leaves(_build(found), (name,))


def verbs(parser, words):
    """The verbs of a program that reads its own arguments."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield words
    for action in inner:
        for name, sub in action.choices.items():
            yield from verbs(sub, (*words, name))


COMMANDS = dict(tree())
VERBS = [v for name, module in OWN_PROGRAMS.items() for v in verbs(import_module(module).parser(), (name,))]


def test_there_are_commands():
    assert {("spillover", "cascade"), ("brief",), ("sources",), ("sources", "fetch"), ("user", "add")} <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_answers_machines_and_explains_itself(words, clarion):
    assert any("--json" in p.opts for p in COMMANDS[words].params), "no --json"
    shown = clarion(*words, "--help").out
    assert "Usage: clarion " + " ".join(words) in shown
    undocumented = [p.name for p in COMMANDS[words].params
                    if isinstance(p, typer.core.TyperOption) and not p.hidden and not p.help]  # fmt: skip
    assert not undocumented


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_every_verb_of_the_seals_programs_does_too(words, clarion):
    shown = clarion(*words, "--help").out
    assert "Usage: clarion " + " ".join(words) in shown
    assert "--json" in shown


@pytest.mark.parametrize("words", [*COMMANDS, *VERBS], ids=" ".join)
def test_an_option_that_does_not_exist(words, refused):
    assert "--help" in refused(*words, "--frobnicate")["next_step"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["spillover", "exposure", "--item", "gold"],
        ["spillover", "exposure", "--trade", "guessed"],
        ["spillover", "exposure", "--minimum", "-1"],
        ["spillover", "exposure", "--minimum", "nan"],
        ["spillover", "exposure", "--minimum", "many"],
        ["spillover", "exposure", "--period", "2021-2019"],
        ["spillover", "exposure", "--period", "1999"],
        ["spillover", "exposure", "--source", "nowhere"],
        ["spillover", "exposure", "--out", "x.exe"],
        ["spillover", "ranking", "--item", "gold"],
        ["spillover", "suppliers", "XYZ"],
        ["spillover", "suppliers", "Egypt"],
        ["spillover", "suppliers", ""],
        ["spillover", "suppliers"],
        ["spillover", "country", "XYZ"],
        ["spillover", "country", "\x00"],
        ["spillover", "check", "/nowhere.toml"],
        ["spillover", "check", "/etc/hostname"],
        ["spillover", "run", "--scenario", "black-sea"],
        ["spillover", "run", "--draws", "-1"],
        ["spillover", "run", "--draws", "1000000"],
        ["spillover", "run", "--rule", "magic"],
        ["spillover", "run", "--seed", "-1"],
        ["spillover", "run", "--on", "mars"],
        ["spillover", "run", "--on", "mars://host"],
        ["spillover", "run", "--on", "serial", "--workers", "2"],
        ["spillover", "recipes", "--inputs", "/nowhere", "--shock", "UKR"],
        ["spillover", "nothing"],
        ["nothing"],
        ["sources", "show", "nothing"],
        ["sources", "fetch", "nothing"],
        ["sources", "load", "nothing"],
        ["load", "nothing", "/nowhere.csv"],
        ["load", "trade_flows", "/nowhere.csv"],
        ["load", "trade_flows", "/etc/hostname"],
        ["restore", "/nowhere.tar.gz"],
    ],
    ids=" ".join,
)
def test_bad_input(arguments, refused):
    assert refused(*arguments)["code"] in ("bad-input", "unknown-name", "bad-table", "bad-scenario")


@pytest.mark.parametrize("arguments", [["user", "link", "nobody"], ["user", "role", "nobody", "viewer"],
                                       ["user", "close", "nobody"], ["user", "add", "two words"],
                                       ["user", "add", "fine", "--role", "king"]], ids=" ".join)  # fmt: skip
def test_bad_accounts(arguments, refused, db):
    refused(*arguments)


def test_accounts_by_command(clarion, db):
    told = clarion("user", "add", "nina", "--role", "analyst", "--json").data
    assert told["link"].startswith("http://127.0.0.1:")
    assert clarion("user", "list", "--json").data == [{"name": "nina", "role": "analyst", "active": True}]
    assert clarion("user", "role", "nina", "viewer", "--json").data["role"] == "viewer"
    assert clarion("user", "list").out.split()[-3:] == ["nina", "viewer", "yes"]
    assert clarion("user", "close", "nina", "--json").data == {"name": "nina", "active": False}
    refused = clarion("user", "link", "nina", code=6)
    assert "closed" in refused.err
    assert clarion("user", "list").out.split()[-3:] == ["nina", "viewer", "no"]


def test_half_written_tables_are_not_left(refused, tmp_path, monkeypatch):
    out = tmp_path / "wheat.csv"
    out.write_text("earlier")
    refused("spillover", "exposure", "--item", "gold", "--out", out)
    assert out.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [out]
