"""What the code itself must not hold: ways of running what somebody sent, weak hashes, predictable secrets."""

import ast
import re
from functools import cache
from pathlib import Path

import clarion

ROOT = Path(clarion.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
BROKEN = {"md5", "sha1", "new_md5", "DES", "ARC4", "ECB"}
# Own drawings and own style sheets, whose texts are escaped where they are drawn (tests/pictures, test_scripts.py).
UNESCAPED_PAGES = {"document.html", "fields.html", "_map.html"}
JOBS = {"compute/spark.py", "compute/runner.py"}  # our own driver's and processes' messages


@cache
def calls():
    """Every call of the package as (file, node)."""
    trees = ((str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))) for file in FILES)
    return [(file, node) for file, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(node):
    return ast.unparse(node.func)


def test_nothing_runs_text():
    assert [(f, n.lineno) for f, n in calls() if name_of(n) in RUNS_TEXT] == []


def test_no_shell_is_started():
    """Programs are started as lists, never through a shell: nothing that somebody wrote becomes a command."""
    for file, node in calls():
        assert name_of(node) not in ("os.system", "os.popen", "subprocess.getoutput", "os.execv"), file
        if name_of(node).startswith("subprocess."):
            assert not any(k.arg == "shell" for k in node.keywords), file
            assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp), (file, node.lineno)


def test_nothing_from_outside_is_unpickled():
    loads = [
        f
        for f, n in calls()
        if re.search(r"pickle\.loads?$|yaml\.(unsafe_)?load$|marshal|shelve|dill|joblib", name_of(n))
    ]
    maps = [f for f, n in calls() for a in n.args if ast.unparse(a) == "pickle.loads"]
    assert set(loads + maps) <= JOBS
    for file, node in calls():
        if name_of(node) == "np.load":
            assert any(k.arg == "allow_pickle" and k.value.value is False for k in node.keywords), file


def test_no_statement_of_the_database_is_put_together():
    """SQL goes through the models; the few statements that are written out hold no value."""
    for file, node in calls():
        if "." in name_of(node) and name_of(node).rpartition(".")[2] in ("raw", "extra", "RawSQL"):
            raise AssertionError((file, node.lineno))
        if name_of(node).endswith(".execute") and node.args and "migrations" not in file:
            made = isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
            assert not made or file in ("desk/postgres.py", "seal/wraps.py"), (file, node.lineno)


def test_pages_escape_what_they_show():
    """``|safe`` and ``mark_safe`` stand with own drawings only, each said so in the code."""
    pages = [p for p in ROOT.rglob("*.html") if re.search(r"\|\s*safe\b|autoescape off", p.read_text("utf-8"))]
    assert {p.name for p in pages} <= UNESCAPED_PAGES
    for file in FILES:
        for line in file.read_text("utf-8").splitlines():
            if "mark_safe(" in line and "import" not in line:
                assert "S308" in line or "def _drawn" in line, (file, line)


def test_secrets_come_from_the_system():
    for file, node in calls():
        if name_of(node).startswith("random.") and not file.startswith(("spillover/engine", "release", "compute")):
            raise AssertionError((file, node.lineno))
    for file in ("access/store/secrets.py", "secret_file.py"):
        assert "secrets." in (ROOT / file).read_text("utf-8")


def test_no_broken_hash_or_cipher():
    for file, node in calls():
        assert name_of(node).rpartition(".")[2] not in BROKEN, (file, node.lineno)
        for word in node.keywords:
            assert word.arg != "verify" or not isinstance(word.value, ast.Constant) or word.value.value, file


def test_no_secret_stands_in_the_code():
    held = re.compile(
        r"-----BEGIN|(?:password|secret|token|api_key)\s*=\s*['\"][A-Za-z0-9+/_-]{16,}['\"]", re.IGNORECASE
    )
    for file in (*FILES, *ROOT.rglob("*.toml"), *ROOT.rglob("*.html"), *ROOT.rglob("*.js")):
        found = held.search(file.read_text("utf-8"))
        assert not found, (file, found)


def test_no_page_holds_a_script_or_a_handler():
    for page in ROOT.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), page
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), page
        assert "javascript:" not in text, page
        assert not re.search(r"(?:src|action)=\"(?:https?:)?//", text), page


def test_the_only_script_is_a_pinned_one_that_may_run_no_text():
    """htmx, kept with its hash, which the policy lets evaluate nothing, and three short scripts of the desk's own."""
    scripts = {p.name: p.read_text("utf-8") for p in ROOT.rglob("*.js")}
    assert set(scripts) == {"htmx.min.js", "exit.js", "files.js", "typed.js"}
    unsafe = (
        r"eval|Function\(|innerHTML|document\.write|insertAdjacent|localStorage|sessionStorage|__proto__|postMessage"
    )
    assert not re.search(unsafe, scripts["exit.js"] + scripts["files.js"] + scripts["typed.js"])
    pages = [page.read_text("utf-8") for page in ROOT.rglob("*.html")]
    assert not [page for page in pages if re.search(r"hx-on|hx-vals=.js:|hx-ext|<iframe|<object|<embed", page)]


def test_no_debugging_and_no_tests_in_the_package():
    from django.conf import settings

    assert settings.DEBUG is False
    assert not any("debug" in name or "admin" in name for name in settings.INSTALLED_APPS)
    for file, node in calls():
        assert name_of(node) not in ("breakpoint", "pdb.set_trace"), file
    assert not [f for f in FILES if f.name.startswith("test_") or f.name == "conftest.py"]
