"""A release is what its commit says, whole, and signed unless somebody says otherwise."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tools.release import NAMESPACE, Refused, main, release, sign, write_sums  # noqa: E402 - tools is no installed package


@pytest.fixture
def clone(tmp_path):
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout: a release is made from a commit")
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", tmp_path / "clone"], check=True)
    return tmp_path / "clone"


@pytest.fixture
def ssh_key(tmp_path):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", tmp_path / "key"]
    subprocess.run(command, check=True)
    return tmp_path / "key"


def verified(folder: Path, key: Path) -> bool:
    """What the handbook tells a reader to type."""
    signers = folder.parent / "allowed_signers"
    signers.write_text("releases@clarion " + key.with_suffix(".pub").read_text(encoding="ascii"), encoding="ascii")
    command = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", "releases@clarion", "-n", NAMESPACE]
    with (folder / "SHA256SUMS").open("rb") as sums:
        ran = subprocess.run([*command, "-s", folder / "SHA256SUMS.sig"], stdin=sums, capture_output=True, check=False)
    return ran.returncode == 0


def test_a_tree_with_changes_is_refused(clone, tmp_path, capsys, monkeypatch):
    (clone / "README.md").write_text("changed", encoding="utf-8")
    monkeypatch.chdir(clone)
    assert main(["--unsigned", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "changes that are not committed: README.md" in said
    assert "Next: " in said
    assert not (tmp_path / "out").exists()


def test_without_a_key_nothing_is_built_unasked(clone, tmp_path):
    with pytest.raises(Refused, match="no key to sign with"):
        release(clone, tmp_path / "out", "", unsigned=False)
    assert not (tmp_path / "out").exists()


def test_a_step_that_fails_leaves_nothing(clone, tmp_path):
    (clone / "NOTICE").unlink()
    as_somebody = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org"]
    subprocess.run([*as_somebody, "commit", "--quiet", "--all", "--message", "lose a file"], cwd=clone, check=True)
    with pytest.raises(Refused, match="lacks NOTICE"):
        release(clone, tmp_path / "out", "", unsigned=True)
    assert not list((tmp_path / "out").iterdir())


def test_a_signature_is_of_these_sums_and_this_key(tmp_path, ssh_key):
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "a.whl").write_bytes(b"a")
    write_sums(folder)
    sign(folder / "SHA256SUMS", str(ssh_key))
    assert verified(folder, ssh_key)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    (folder / "SHA256SUMS").write_text("0" * 64 + "  a.whl\n", encoding="ascii")
    assert not verified(folder, ssh_key)


def test_an_unknown_key_is_told(tmp_path):
    (tmp_path / "SHA256SUMS").write_text("", encoding="ascii")
    with pytest.raises(Refused, match="gpg"):
        sign(tmp_path / "SHA256SUMS", "nobody-has-this-key@example.org")


@pytest.mark.slow
def test_a_release_is_whole_and_signed(clone, tmp_path, ssh_key):
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: run make test, which installs requirements/dev.txt")
    folder = release(clone, tmp_path / "out", str(ssh_key), unsigned=False)
    names = {file.name.replace(folder.name, "NAME") for file in folder.iterdir()}
    small = folder.name.replace("clarion-", "clarion_keyholder-") + "-py3-none-any.whl"
    assert names == {"NAME-py3-none-any.whl", small, "NAME.tar.gz", "NAME.cdx.json", "SHA256SUMS", "SHA256SUMS.sig"}
    assert verified(folder, ssh_key)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)

    bill = json.loads((folder / f"{folder.name}.cdx.json").read_text(encoding="utf-8"))
    assert bill["metadata"]["component"]["name"] == "clarion"
    assert {"django", "polars", "typer"} <= {part["name"] for part in bill["components"]}

    with zipfile.ZipFile(folder / f"{folder.name}-py3-none-any.whl") as wheel:
        held = set(wheel.namelist())
        wheel.extractall(tmp_path / "installed")
    tracked = subprocess.run(
        ["git", "ls-files", "src/clarion"], cwd=clone, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name.removeprefix("src/") for name in tracked} <= held
    assert not [name for name in held if name.startswith("tests")]
    with pytest.raises(Refused, match="is there already"):
        release(clone, tmp_path / "out", str(ssh_key), unsigned=False)
