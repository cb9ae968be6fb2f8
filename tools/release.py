"""Build a release: wheels, source archive, bill of materials, checksums, signature. Run it with ``make release``.

Everything is made from the commit, not from the working tree, with file times set to the commit's, so that two builds
of one commit agree. The result appears in ``dist/clarion-VERSION`` whole, or not at all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

NAMESPACE = "clarion-release"  # of the SSH signature: a signature made for something else does not count


class Refused(Exception):
    """The release cannot be made: what is wrong, and the next step."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(f"{what}\nNext: {next_step}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Build and sign a release from a clean tree.")
    parser.add_argument("--key", default=os.environ.get("CLARION_RELEASE_KEY", ""),
                        help="file of an SSH private key, or name of a GnuPG key (CLARION_RELEASE_KEY)")  # fmt: skip
    parser.add_argument("--unsigned", action="store_true", help="go on without a signature")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder to put the release into")
    given = parser.parse_args(arguments)
    try:
        folder = release(Path.cwd(), given.out, given.key, unsigned=given.unsigned)
    except Refused as refusal:
        sys.stderr.write(f"Error: {refusal}\n")
        return 1
    for file in sorted(folder.iterdir()):
        print(file)
    if not given.key:
        print("This release is NOT signed.")
    return 0


def release(root: Path, out: Path, key: str, *, unsigned: bool) -> Path:
    """Make a release of the commit that ``root`` stands on and return its folder.

    Raises
    ------
    Refused: changes that are not committed, no key, a release of this version that is there, a step that failed.
    """
    refuse_changes(root)
    if not key and not unsigned:
        raise Refused(
            "There is no key to sign with, and an unsigned release cannot be checked by those who install it.",
            "give --key KEY or set CLARION_RELEASE_KEY; or say --unsigned",
        )
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=out) as scratch:
        tree, made = Path(scratch) / "tree", Path(scratch) / "made"
        made.mkdir()
        export(root, tree)
        target = out / f"clarion-{version(tree)}"
        if target.exists():
            raise Refused(f"{target} is there already.", "remove it, or raise the version")
        build(tree, made, time_of_commit(root))
        build_keyholders(tree, made, time_of_commit(root))
        bill_of_materials(tree, made / f"{target.name}.cdx.json", time_of_commit(root))
        write_sums(made)
        if key:
            sign(made / "SHA256SUMS", key)
        made.rename(target)
    return target


def refuse_changes(root: Path) -> None:
    """Refuse a tree that differs from its commit."""
    changed = run(["git", "status", "--porcelain"], root).splitlines()
    if changed:
        shown = ", ".join(line[3:] for line in changed[:5]) + (" and more" if len(changed) > 5 else "")
        raise Refused(f"The tree has changes that are not committed: {shown}.", "commit them or put them aside")


def export(root: Path, tree: Path) -> None:
    """The commit's files, and nothing else that lies about."""
    tree.mkdir()
    archive = tree.with_suffix(".tar")
    run(["git", "archive", "--format=tar", f"--output={archive.resolve()}", "HEAD"], root)
    shutil.unpack_archive(archive, tree, filter="data")
    declared = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license-files"]
    missing = [name for name in declared if not (tree / name).is_file()]
    if missing:
        raise Refused(f"The commit lacks {', '.join(missing)}.", "add what pyproject.toml promises")


def version(tree: Path) -> str:
    text = (tree / "src" / "clarion" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if not found:
        raise Refused("src/clarion/__init__.py names no version.", "set __version__ there")
    return found[1]


def time_of_commit(root: Path) -> str:
    return run(["git", "log", "-1", "--format=%ct"], root).strip()


def build(tree: Path, made: Path, when: str) -> None:
    """Wheel and source archive, with the pinned build tools of requirements/dev.txt."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--sdist",
        "--wheel",
        "--outdir",
        str(made.resolve()),
        ".",
    ]
    run(command, tree, SOURCE_DATE_EPOCH=when)


def build_keyholders(tree: Path, made: Path, when: str) -> None:
    """The small wheel of the keyholder's tools, by the commit's own ``tools/keyholder_wheel.py``."""
    run([sys.executable, "tools/keyholder_wheel.py", "--out", str(made.resolve())], tree, SOURCE_DATE_EPOCH=when)


def bill_of_materials(tree: Path, out: Path, when: str) -> None:
    """What an installation consists of, from the pinned requirements."""
    command = [
        sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml", "--output-reproducible",
        "--output-format", "JSON", "--output-file", str(out.resolve()), "requirements/run.txt",
    ]  # fmt: skip
    run(command, tree, SOURCE_DATE_EPOCH=when)


def write_sums(made: Path) -> None:
    """SHA256SUMS in the form that ``sha256sum --check`` reads."""
    lines = [f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in sorted(made.iterdir())]
    (made / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def sign(sums: Path, key: str) -> None:
    """``SHA256SUMS.sig`` by an SSH key in a file, or ``SHA256SUMS.asc`` by the GnuPG key of that name."""
    file = Path(key).expanduser()
    if file.is_file():
        run(["ssh-keygen", "-Y", "sign", "-f", str(file.resolve()), "-n", NAMESPACE, sums.name], sums.parent)
    else:
        run(["gpg", "--batch", "--yes", "--local-user", key, "--armor", "--detach-sign", sums.name], sums.parent)


def run(command: list[str], folder: Path, **more: str) -> str:
    """A program's output.

    Raises
    ------
    Refused: it is not installed, or failed; with the end of what it said.
    """
    try:
        ran = subprocess.run(command, cwd=folder, env=os.environ | more, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Refused(f"{command[0]} is not installed.", "install it and try again") from error
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines()[-8:]
        raise Refused(
            f"{' '.join(command[:4])} failed:\n" + "\n".join(said), "mend this and run it again; nothing was kept"
        )
    return ran.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
