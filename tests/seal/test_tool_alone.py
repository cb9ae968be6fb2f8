"""The tools load the standard library and ``cryptography`` only, and are built as a small wheel of their own."""

import subprocess
import sys

import pytest

LOADED = """
import sys
from clarion.seal.tool import drafting, keyholder, opener, screener
try:
    {run}
except SystemExit:
    pass
own = {{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names)
print("LOADED", *sorted(own), *sorted(name for name in sys.modules if name.startswith("clarion.")))
"""
ALLOWED = {
    "clarion",
    "cryptography",
    "_cffi_backend",
    "_openssl",
    "__main__",
    "_distutils_hack",
    "coverage",
    "a1_coverage",
}
OURS = ("clarion.errors", "clarion.files", "clarion.seal")


@pytest.mark.parametrize("run", ["keyholder.main(['show', '--help'])", "opener.main(['--help'])", "screener.screen"])
def test_only_the_standard_library_and_cryptography_are_loaded(run):
    ran = subprocess.run(
        [sys.executable, "-c", LOADED.format(run=run)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    names = ran.split()[1:]
    assert {name for name in names if "." not in name} <= ALLOWED
    assert not [name for name in names if "." in name and not name.startswith(OURS)]
    assert not [name for name in names if name.startswith(("clarion.seal.store", "clarion.seal.wraps"))]


@pytest.mark.parametrize(
    "words", [["keyholder", "--help"], ["keyholder", "rotate", "draft", "--help"], ["open", "--help"]]
)
def test_the_root_command_leads_to_them(words):
    ran = subprocess.run([sys.executable, "-m", "clarion", *words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(f"Usage: clarion {words[0]}")


def test_errors_of_the_root_command_are_as_everywhere(tmp_path):
    command = [sys.executable, "-m", "clarion", "keyholder", "show", "--keys", str(tmp_path / "none")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith("Error: There is no key of a keyholder here.")
    assert "Next: Make one with: clarion-keyholder init" in ran.stderr
    assert subprocess.run([*command[:4], "nonsense"], capture_output=True, check=False).returncode == 2


def test_no_option_of_the_tools_is_taken_for_a_handle_or_an_id():
    """Words that begin with a hyphen are names, but for ``-h`` and small letters after two hyphens."""
    from clarion.seal.tool import keyholder, opener
    from clarion.seal.tool.arguments import _a_name

    for parser in (keyholder.parser(), opener.parser()):
        assert not [text for text in options(parser) if _a_name(text)]


@pytest.mark.parametrize(
    "start", ["-Ab3kd", "--b3Kd_", "-abcdef", "-123456", "-_-Ab3", "-" + "a" * 42, "--" + "a" * 20]
)
def test_a_name_may_begin_with_a_hyphen(start):
    from clarion.seal.tool import keyholder, opener

    assert keyholder.parser().read(["approve", start, "--yes"]).request == start
    assert opener.parser().read(["ask", "--reason", start, start, start]).handles == [start, start]
    assert opener.parser().read(["ask", "--reason", start, "x"]).reason == start


@pytest.mark.parametrize(
    "words",
    [["approve"], ["show", "--frobnicate"], ["nonsense"], [], ["rotate"], ["show", "a", "b"], ["approve", "-x", "-y"]],
)
def test_what_cannot_be_read_is_one_clear_error(words):
    from clarion.errors import InputError
    from clarion.seal.tool import keyholder

    with pytest.raises(InputError) as refused:
        keyholder.parser().read(words)
    assert "--help" in refused.value.next_step
    assert "\0" not in str(refused.value)
    assert "\\x00" not in str(refused.value)


def options(parser):
    """Every option of a parser and of its verbs."""
    for action in parser._actions:
        yield from action.option_strings
        for inner in (action.choices or {}).values() if isinstance(action.choices, dict) else ():
            yield from options(inner)
