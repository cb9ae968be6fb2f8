"""The root command is light, and its errors are clear."""

import json
import os
import resource
import subprocess
import sys

import pytest

HEAVY = {"numpy", "polars", "django", "rich", "numba", "pyarrow", "altair"}


def run(*arguments, **more):
    return subprocess.run([sys.executable, "-m", "clarion", *arguments], capture_output=True, text=True, **more)


@pytest.mark.parametrize("script", ["import clarion", "import clarion.cli; clarion.cli.commands()"])
def test_nothing_heavy_is_loaded(script):
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; {script}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(ran.stdout.split())


def test_help_loads_nothing_heavy():
    code = (
        "import sys, clarion.__main__ as m; sys.argv = ['clarion', '--help']\n"
        "try: m.main()\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in ran.stdout
    assert not HEAVY & set(ran.stderr.split())


def test_help_costs_under_three_tenths_of_a_second_of_cpu():
    # CPU time of the child, the least of five: other work on the machine can only add to it.
    def cost():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run("--help", check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    least = min(cost() for _ in range(5))
    print(f"clarion --help: {least:.3f} s of CPU")
    assert least < 0.3


def test_an_unknown_command_suggests_the_nearest():
    ran = run("sorces")
    assert ran.returncode == 2
    assert "Did you mean 'sources'?" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_errors_as_json():
    ran = run("user", "link", "nobody", "--json")
    assert ran.returncode != 0
    assert json.loads(ran.stderr)["error"]["next_step"]


def test_a_wrong_option_names_the_help():
    ran = run("up", "--frob")
    assert ran.returncode == 2
    assert "clarion up --help" in ran.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("CLARION_PORT", "eighty"), ("CLARION_LANGUAGE", "xx"), ("DATABASE_URL", "mysql://x/y")]
)
def test_a_bad_setting_is_named(name, value, monkeypatch):
    monkeypatch.setenv(name, value)
    ran = run("user", "list")
    assert ran.returncode == 2
    assert name in ran.stderr
    assert "Traceback" not in ran.stderr


HOSTILE = "[red]a\x1b]0;gone\x07\x1b[2J\x9b31m\u202etxt.exe[/bold]"


def test_names_of_files_do_not_command_the_terminal(tmp_path):
    file = tmp_path / f"{HOSTILE.replace('/', '')}.csv"
    file.write_text("item,iso3,period,tonnes\nwheat,KAZ,2019-2021,1\n")
    env = os.environ | {"CLARION_HOME": str(tmp_path / "home")}
    seen = []
    for arguments in (
        ("load", "production", str(file), "--source", "mine", "--licence", HOSTILE),
        ("sources",), ("sources", "--json"),
        ("sources", "show", "mine"), ("load", "trade_flows", str(file)), ("load", "trade_flows", str(file), "--json"),
        ("spillover", "check", f"{HOSTILE}.toml"),
    ):  # fmt: skip
        ran = run(*arguments, env=env)
        said = ran.stdout + ran.stderr
        assert "Traceback" not in said
        assert ran.returncode in (0, 2)
        assert not set(said) & {"\x1b", "\x07", "\x9b", "\u202e"}, arguments
        seen.append("\\u001b" in said)
    assert sum(seen) >= 5
    assert json.loads(run("sources", "--json", env=env).stdout)


def test_a_name_that_is_not_utf8_gets_an_error_too(tmp_path):
    ran = run("load", "production", os.fsencode(tmp_path) + b"/\xff\xfe.csv")
    assert ran.returncode == 2
    assert "There is no such file" in ran.stderr


@pytest.mark.parametrize("group", [(), ("user",), ("spillover",)])
def test_a_group_alone_shows_its_help_and_no_error(group):
    ran = run(*group)
    assert ran.returncode == 2
    assert ran.stderr.startswith("Usage: clarion")
    assert "Error" not in ran.stderr
