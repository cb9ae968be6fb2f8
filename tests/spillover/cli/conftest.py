"""The command line without a new process: ``ran = clarion("spillover", "run")``, with code, out and err."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import pytest


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def clarion(capsys, monkeypatch):
    from clarion.__main__ import main

    def run(*arguments, code=0):
        monkeypatch.setattr(sys, "argv", ["clarion", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        assert left.value.code == code, (arguments, left.value.code, err)
        return Ran(left.value.code, out, err)

    return run


@pytest.fixture
def refused(clarion):
    """Run a command that must fail: one clear message, as text and as JSON; gives the error's data."""

    def run(*arguments, code=2):
        plain = clarion(*arguments, code=code)
        assert plain.err.startswith("Error: "), plain.err
        assert "Next: " in plain.err, plain.err
        assert "Traceback" not in plain.err
        assert plain.err.count("Error:") == 1
        told = clarion(*arguments, "--json", code=code)
        error = json.loads(told.err)["error"]
        assert error["what"] in plain.err
        assert error["next_step"]
        assert told.out == plain.out == ""
        return error

    return run
