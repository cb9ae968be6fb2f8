"""Every verb and option of the keyholder's programs has its place, and what pages tell to type is understood."""

from __future__ import annotations

import re
import shlex

import pytest

from clarion.seal.tool import keyholder, opener
from handbook import examples, page
from house import tools  # beside the handbook, in docs/_ext

VERBS = tools.verbs()
SECTIONS = re.findall(r"^```\{clarion-tool\} (.+)$", page("reference/keyholder"), re.MULTILINE)
EXAMPLES = [(name, line) for program in tools.PROGRAMS for name, line in examples(program)]


def test_every_verb_has_a_section_under_its_own_heading():
    assert sorted(SECTIONS) == sorted(VERBS)
    for name in SECTIONS:
        assert re.search(rf"^## {name}\n\n```{{clarion-tool}} {name}$", page("reference/keyholder"), re.MULTILINE)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_and_option_says_what_it_does(name):
    assert not [action.dest for action in tools.options(VERBS[name]) if not action.help]
    assert any(line.startswith(name) for _, line in EXAMPLES) or name == "clarion-open ask"


@pytest.mark.parametrize(("where", "line"), EXAMPLES)
def test_examples_are_understood(where, line):
    program, *words = shlex.split(line)
    if words == ["--help"]:
        return
    words = words[: words.index("--")] if "--" in words else words
    if program == "clarion-open" and words[0] not in opener.VERBS:
        words = ["ask", *words]
    parse = keyholder.parser if program == "clarion-keyholder" else opener.parser
    assert parse().read(words).verb
