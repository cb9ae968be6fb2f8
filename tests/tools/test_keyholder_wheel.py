"""The small wheel is the same twice, holds no more than the programs need, and works where Clarion is not installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "seal")]

from keyholders import PERSON  # noqa: E402 - beside the tests of sealing
from relay import TOKEN, Desk  # noqa: E402
from tools.keyholder_wheel import build, needed  # noqa: E402 - tools is no installed package

from clarion.seal.keyfile import new_passphrase  # noqa: E402
from clarion.seal.value import new_handle, seal  # noqa: E402

WHEN = "1700000000"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling")
    return build(ROOT, tmp_path_factory.mktemp("wheel"), WHEN)


@pytest.mark.slow
def test_two_builds_agree_and_hold_only_what_is_needed(wheel, tmp_path):
    assert build(ROOT, tmp_path, WHEN).read_bytes() == wheel.read_bytes()
    with zipfile.ZipFile(wheel) as held:
        names = {name for name in held.namelist() if not name.split("/")[0].endswith(".dist-info")}
        metadata = next(held.read(n).decode() for n in held.namelist() if n.endswith("METADATA"))
    assert names == {str(file.relative_to(ROOT / "src")) for file in needed(ROOT / "src")}
    assert not [name for name in names if "store" in name or "wraps" in name or "desk/" in name]
    assert [line for line in metadata.splitlines() if line.startswith("Requires-Dist")] == [
        "Requires-Dist: cryptography>=47"
    ]
    assert len(names) < 60


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory):
    """A fresh environment with nothing but the wheel and its one dependency."""
    folder = tmp_path_factory.mktemp("alone")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    installer = [shutil.which("uv"), "pip", "install", "-q", "--python", python] if shutil.which("uv") else [
        python, "-m", "pip", "install", "-q"
    ]  # fmt: skip
    ran = subprocess.run([*installer, wheel], capture_output=True, text=True, check=False, cwd=folder)
    if ran.returncode:
        pytest.skip(f"cryptography cannot be installed here: {ran.stderr.strip()[-300:]}")
    return folder / "venv" / "bin"


class Alone:
    """Somebody who has only the console scripts."""

    def __init__(self, programs, folder, label, program="clarion-keyholder"):
        self.program, self.folder = programs / program, folder / label
        self.folder.mkdir(mode=0o700)
        (self.folder / "paper").write_text(new_passphrase() + "\n", encoding="ascii")
        (self.folder / "token").write_text(TOKEN + "\n", encoding="ascii")

    def run(self, *words, expect=0, program=None):
        command = [
            *(program or [self.program]),
            *words,
            "--keys",
            self.folder,
            "--passphrase-file",
            self.folder / "paper",
            "--yes",
        ]
        ran = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False, cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert ran.returncode == expect, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr


@pytest.mark.slow
def test_a_whole_ceremony_where_clarion_is_not_installed(programs, tmp_path):
    python = programs / "python"
    assert subprocess.run([python, "-c", "import typer"], capture_output=True, check=False).returncode
    desk = Desk()
    people = [Alone(programs, tmp_path, f"k{i}") for i in range(3)]
    laptop = Alone(programs, tmp_path, "laptop", "clarion-open")
    cheap = "import sys; from clarion.seal.tool.{} import main, Cost; main(sys.argv[1:], cost=Cost(8192, 1, 1))"
    for person in (*people, laptop):
        words = ("init", "--label", person.folder.name, "--desk", desk.url, "--token-file", person.folder / "token")
        module = "opener" if person is laptop else "keyholder"  # one key file at its full cost is enough
        person.run(*words, program=None if person is people[0] else [python, "-c", cheap.format(module)])
    cards = [person.folder / "keyholder-card.json" for person in people]
    draft = tmp_path / "roster.json"
    people[0].run("rotate", "draft", "--first", "--keyholders", *cards, "--out", draft,
                  "--device", laptop.folder / "device-card.json", "nobody", "open,rescreen")  # fmt: skip
    for person in people:
        said = person.run("rotate", "sign", draft, *(["--send"] if person is people[-1] else []))
    assert "sent to the desk" in said
    laptop.run("pin")
    record = new_handle()
    desk.keep(seal(PERSON, desk.roster, record=record, room="giving", fields="payee"))
    laptop.run(record, "--reason", "Payment 7 came back")
    (request,) = desk.requests
    assert "Payment 7 came back" in people[1].run("show")
    people[1].run("approve", request)
    assert "Error: 1 of 2" in laptop.run("get", request, expect=3)
    people[2].run("approve", request)
    assert PERSON["name"] in laptop.run("get", request)
    assert json.loads(draft.read_text(encoding="utf-8"))["epoch"] == 1
    laptop.run(record, "--purpose", "rescreen", "--reason", "A new list")
    second = list(desk.requests)[-1]
    for person in people[:2]:
        person.run("approve", second)
    laptop.program = programs / "clarion-keyholder"
    command = ("rescreen", second, "--keys", laptop.folder, "--passphrase-file", laptop.folder / "paper")
    ran = subprocess.run(
        [str(w) for w in (laptop.program, *command, "--", python, "-c", "print('clear')")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert desk.outcomes[second] == [{"record": record, "outcome": "clear"}]
    desk.close()
