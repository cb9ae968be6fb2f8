"""Every regular expression of the package on the strings that make one run for ever (ReDoS).

Expressions are found in the code, so that a new one is tried too. Each is run in a process that is ended if it does not
come back; how long it takes is compared between sizes, never held to a clock.
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import clarion

ROOT = Path(clarion.__file__).parent
CALLS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer", "subn"}
HARD_STOP = 300  # seconds for all of them; they take about twenty of a quiet machine
SIZES = (500, 2_000)
# Four times the text may take sixteen times as long and more where a machine is busy; one that backtracks without end
# does not come back at all.
GROWTH = 100

# Whose expressions stand in a table of the module, which test_none_runs_for_ever reads.
LISTED = {"release/texts.py", "names/sisters.py", "names/skeleton.py", "screening/engine/exemptions/match.py"}

TRY = """
import json, re, sys, time
ways = {"match": "match", "fullmatch": "fullmatch"}
for name, pattern, flags in json.load(sys.stdin):
    found = re.compile(pattern, flags)
    pieces = sorted({c for c in re.sub(r"\\\\\\\\.", "", pattern) if c.isalnum() or c in " -.,;<>=\\"'(){}[]/:_"})[:24]
    pieces += ["0", "a", " ", "A", "\\u0663", "a-", "1,", "0 ", "00M", '\\\\\\\\"', "--a: #", "x=y ", "[0]", "href=",
    "é"]
    worst = (0.0, 0.0, "")
    for piece in dict.fromkeys(pieces):
        took = []
        for size in %r:
            text = (piece * size)[:size]
            began = time.process_time()
            for whole in (text, text + "!", "<" + text + "\\x00", text + "\\n"):
                found.search(whole)
                found.fullmatch(whole)
            took.append(time.process_time() - began)
        worst = max(worst, (took[1], took[0], piece))
    print(json.dumps([name, *worst]), flush=True)
"""


def expressions():
    """(where, pattern, flags) of each call of ``re`` whose pattern stands in the code, and each that the forms hold."""
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            call = node.func if isinstance(node, ast.Call) else None
            if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "re" \
                    and call.attr in CALLS and node.args:  # fmt: skip
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
                flags |= re.DOTALL if "DOTALL" in ast.unparse(node) else 0
                pattern = node.args[0]
                found = pattern.value if isinstance(pattern, ast.Constant) else None
                yield where, found.decode("latin-1") if isinstance(found, bytes) else found, flags


def test_every_expression_can_be_seen():
    """None is put together from other text: it could not be tried here, and text from outside could be part of it."""
    hidden = [where for where, pattern, _ in expressions() if pattern is None]
    assert {where.partition(":")[0] for where in hidden} <= LISTED
    assert len(list(expressions())) > 40


def tried(given):
    """(output, errors, status) of the process that tries them; what it had printed by the hard stop is kept."""
    with subprocess.Popen(
        [sys.executable, "-c", TRY % (SIZES,)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    ) as running:  # fmt: skip
        try:
            return *running.communicate(json.dumps(given), timeout=HARD_STOP), running.returncode
        except subprocess.TimeoutExpired:
            running.kill()
            return *running.communicate(), running.returncode


def test_none_runs_for_ever():
    """Also those of Django's addresses and of the names of accounts."""
    from django.contrib.auth.validators import UnicodeUsernameValidator

    from clarion.release.texts import _HINTS

    seen = [found for found in expressions() if found[1] is not None]
    given = [
        *seen,
        *((what, form, 0) for what, form in _HINTS.items()),
        ("account names", UnicodeUsernameValidator.regex, 0),
    ]
    from clarion.names.sisters import _RULES, _signs
    from clarion.names.skeleton import _CLOSING
    from clarion.names.tables import rows
    from clarion.screening.engine.exemptions.match import _PRINTED
    from clarion.tables.files import _FORMULA

    given += [("closing of keys", pattern.pattern, 0) for pattern, _ in _CLOSING]
    given += [("measures", words, 0) for words in _PRINTED.values()]
    given += [("kin", pattern.pattern, 0) for rules in _RULES.values() for pattern, _ in rules]
    given += [("signs", pattern.pattern, 0) for pattern in _signs().values()]
    given += [("habits", row[column], 0) for row in rows("habits.csv") for column in ("needs", "unless") if row[column]]
    given.append(("formulas", re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: re.escape(chr(int(m[1], 16))), _FORMULA), 0))
    out, errors, code = tried(given)
    told = [json.loads(line) for line in out.splitlines()]
    assert len(told) == len(given), (f"Runs for ever: {given[len(told)]}", errors[-500:])
    assert code == 0, errors[-500:]
    slow = [(name, large, small, piece) for name, large, small, piece in told if large > max(small, 0.001) * GROWTH]
    assert slow == []
    print(sorted(told, key=lambda t: -t[1])[:5])


@pytest.mark.parametrize("text", ["1," + "000," * 20_000, "9" * 100_000, " " * 100_000 + "x", "a-" * 50_000 + "!"])
def test_long_words_in_an_address(visitor, text):
    """Where such text comes in: an address, a form. Refused at a length, or read at once."""
    comes = visitor("analyst", "me")
    form = {"mode": "form", "name": text, "exporters-0": text, "items": "wheat", "period": text[:50]}
    assert comes.send("POST", "spillover/scenarios/verdict/", form).status_code == 200
    for name in ("budget", "floor-countries", "e-amount-0"):
        answer = comes.client.get(f"/spillover/runs/{comes.own['run']}/plan/", {"was": "1", name: text[:60_000]})
        assert answer.status_code in (200, 400, 404, 409, 422)
