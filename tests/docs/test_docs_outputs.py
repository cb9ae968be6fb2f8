"""What the handbook shows as printed is printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import pytest

from handbook import outputs, page

SHOWN = [(where, command, lines) for where, command, lines in outputs() if command.startswith("clarion ")]


def test_the_analyst_is_shown_what_commands_print():
    assert len(SHOWN) >= 5


@pytest.mark.parametrize(("where", "command", "lines"), SHOWN, ids=[command for _, command, _ in SHOWN])
def test_it_is_printed(where, command, lines, tmp_path):
    example = re.search(r"```toml\n(name = \"my-quota\".*?)```", page("reference/scenario-file"), re.DOTALL)
    (tmp_path / "my-quota.toml").write_text(example[1], encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "clarion", *shlex.split(command)[1:]], capture_output=True, text=True, check=False,
        cwd=tmp_path, env=os.environ | {"CLARION_HOME": str(tmp_path / "home"), "CLARION_LANGUAGE": "en"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    printed = [line.split() for line in ran.stdout.splitlines()]
    assert not [line for line in lines if line.split() not in printed], where
