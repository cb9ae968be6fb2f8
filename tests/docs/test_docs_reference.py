"""Nothing that a user can type or read goes undocumented, and nothing documented is gone."""

from __future__ import annotations

import re
import shlex
import tomllib
from contextlib import nullcontext

import pytest

from clarion.access import ROLES
from clarion.config import SETTINGS, Config
from clarion.desk import rooms as desk_rooms
from clarion.errors import ClarionError, InputError
from clarion.sources import catalogue
from clarion.tables import TABLES
from handbook import DOCS, ROOT, TEXTS, examples, page, table_keys
from house import command_line, errors  # beside the handbook, in docs/_ext

OWN = frozenset(file.parent.name for file in (ROOT / "src" / "clarion").glob("*/room.toml"))
"""The rooms of the package, without the fixture room of the tests."""
COMMANDS = {name: c for name, c in command_line.tree().items() if name != "lighthouse"}
SECTIONS = re.findall(r"^```\{clarion-command\} (.+)$", page("reference/commands"), re.MULTILINE)
NOT_SETTINGS = {"CLARION_RELEASE_KEY"}  # read by tools/release.py, which is not part of the package


def test_every_command_has_a_section_under_its_own_heading():
    assert sorted(SECTIONS) == sorted(COMMANDS)
    for name in SECTIONS:
        assert re.search(
            rf"^##+ clarion {name}\n\n```{{clarion-command}} {name}$", page("reference/commands"), re.MULTILINE
        )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name):
    assert COMMANDS[name].help
    # A path or a name as an argument may speak for itself; an option may not.
    mute = [p.name for p in command_line.parameters(COMMANDS[name]) if not p.help and p.param_type_name == "option"]
    assert not mute


@pytest.mark.parametrize("name", [name for name, c in COMMANDS.items() if not getattr(c, "commands", {})])
def test_every_command_has_an_example(name):
    assert any(line == f"clarion {name}" or line.startswith(f"clarion {name} ") for _, line in examples("clarion"))


@pytest.mark.parametrize(("where", "line"), examples("clarion"))
def test_examples_use_commands_and_options_that_exist(where, line):
    words = shlex.split(line)[1:]
    name = next(" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in COMMANDS)
    known = {text for p in COMMANDS[name].params for text in (*p.opts, *p.secondary_opts)} | {"--help", "--debug"}
    assert {word for word in words if word.startswith("--")} <= known, where


def test_every_setting_says_what_it_does_and_is_told_of_by_hand():
    assert all(s.help and s.default is not None for s in SETTINGS)
    assert "{clarion-settings}" in page("reference/settings")
    written = "\n".join(TEXTS.values())
    assert not [s.name for s in SETTINGS if s.name not in written]


def test_no_setting_is_told_of_that_does_not_exist():
    named = {(where, name) for where, text in TEXTS.items() for name in re.findall(r"\bCLARION_[A-Z_]+\b", text)}
    known = {s.name for s in SETTINGS} | NOT_SETTINGS
    assert not [(where, name) for where, name in named if name not in known]


@pytest.mark.parametrize("source", catalogue().values(), ids=lambda s: s.id)
def test_every_source_says_what_it_is(source):
    assert source.title
    assert source.publisher
    assert source.licence
    assert source.cadence
    assert source.file_format
    assert source.url.startswith("https://")
    assert set(source.tables) <= set(TABLES)
    assert 0 < source.rows[0] <= source.rows[1]


@pytest.mark.parametrize(
    "source", [s for s in catalogue().values() if "listed_parties" in s.tables], ids=lambda s: s.id
)
def test_of_every_list_the_files_and_where_they_are_stand_in_its_guide(source):
    row = re.search(rf"^\| `{source.id}` \|.*https://.*$", page("operate/lists"), re.MULTILINE)[0]
    assert f"]({source.url})" in row
    assert f"`{source.download}`" in row if source.download else "| none: " in row
    assert set(re.findall(r"[\w-]+\.(?:csv|xml|xlsx)\b", source.file_format, re.I)) <= set(
        re.findall(r"`([^`]+)`", row)
    )


def test_the_limits_of_the_age_of_lists_are_those_that_are_told():
    for days, taken in ((0, False), (1, True), (90, True), (91, False), (7.5, False)):
        with nullcontext() if taken else pytest.raises(InputError, match="from 1 to 90"):
            Config.from_env({"CLARION_LISTS_DAYS": str(days)})
    assert "a whole number from 1 to 90, and 7 if it is not set" in page("operate/lists")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_table_and_column_says_what_it_is(table):
    assert table.help.endswith(".")
    assert all(c.help.endswith(".") for c in table.columns)
    assert {c.kind for c in table.columns} <= table_keys(page("reference/tables"))


def test_every_error_code_is_explained():
    found = {kind.code for kind in errors.kinds()}
    # The page's generated table names them all; this is the table of what to do.
    assert table_keys(page("reference/errors").partition("## What to do")[2]) == found


def test_the_list_of_errors_is_the_one_that_python_knows():
    import clarion.compute
    import clarion.spillover.engine.simulation

    assert clarion.compute
    assert clarion.spillover.engine.simulation
    listed = {kind.name: kind for kind in errors.kinds()}
    waiting, seen = [ClarionError], set()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("clarion."):
            seen.add(kind.__name__)
            told = listed[kind.__name__]
            assert (told.code, told.exit_code, told.http_status) == (kind.code, kind.exit_code, kind.http_status)
            assert told.help
    assert {"TableError", "WorkerLost", "Cancelled"} <= seen


@pytest.mark.parametrize("room", sorted(OWN))
def test_every_room_has_its_page(room):
    assert f"{{clarion-room}} {room}\n" in page(f"rooms/{room}")
    assert f"rooms/{room}\n" in page("index")


def test_no_page_tells_of_a_room_that_does_not_exist():
    assert {file.stem for file in (DOCS / "rooms").glob("*.md")} == OWN


def test_every_key_of_room_toml_is_explained():
    told = TEXTS["CONTRIBUTING.md"].partition("<!-- room.toml -->")[2].partition("<!-- /room.toml -->")[0]
    assert table_keys(told) >= desk_rooms._KEYS


def test_every_role_is_explained():
    assert set(ROLES) <= set(re.findall(r"^\| (\w+) \|", page("operate/people"), re.MULTILINE))


def test_every_key_of_a_scenario_is_explained():
    from importlib import import_module

    parse = import_module("clarion.spillover.engine.scenario.parse")
    text = page("reference/scenario-file")
    assert {*parse.TOP, *parse.KINDS} <= table_keys(text)
    literals = set(re.findall(r"`([a-z_]+)`", text))
    assert {key for keys in parse.KINDS.values() for key in keys if key != "kind"} <= literals


def test_the_scenario_of_the_handbook_can_be_run():
    from clarion.spillover.engine.scenario import parse

    blocks = re.findall(r"```toml\n(.*?)```", page("reference/scenario-file"), re.DOTALL)
    assert parse("\n".join(blocks), "handbook").corridors[0].id == "caspian"


def test_every_figure_of_an_exposure_is_defined():
    from clarion.spillover.engine.exposure import RUSSIA_AND_UKRAINE, Exposure, share_name

    figures = {name for name, kind in Exposure.__annotations__.items() if kind == "Estimate"}
    figures = (figures - {"share_from_origins"}) | {share_name(RUSSIA_AND_UKRAINE)}
    assert figures == table_keys(page("methods/exposure"))


def test_every_person_of_the_design_is_told_what_there_is():
    persons = re.findall(r"^\| ([a-z][a-z -]+) \|", page("tutorials/index"), re.MULTILINE)
    assert [p for p in persons if p != "person"] == [
        "programme lead at a donor", "analyst", "protection officer", "documenter", "payments officer", "editor",
        "host-city official", "applicant", "keyholder",
    ]  # fmt: skip


def test_every_fragment_of_the_changelog_has_a_known_kind():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    kinds = "|".join(kind["directory"] for kind in settings["type"])
    names = [file.name for file in (ROOT / "changelog.d").iterdir() if not file.name.startswith(".")]
    assert not [name for name in names if not re.fullmatch(rf"(\d+|\+[a-z0-9-]+)\.({kinds})\.md", name)]
