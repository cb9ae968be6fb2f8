"""Whoever reads the handbook as plain files misses nothing that the built one draws."""

from __future__ import annotations

import re

import plain_docs
import pytest

from house import WRITERS, command_line, tools


@pytest.mark.parametrize("file", plain_docs.pages(), ids=lambda f: str(f.relative_to(plain_docs.DOCS)))
def test_what_the_directives_draw_stands_in_the_file_too(file):
    text = file.read_text(encoding="utf-8")
    assert plain_docs.written(text) == text, "run: make plain-docs"
    assert len(plain_docs.BLOCK.findall(text)) == text.count("```{clarion-"), "each is found"


def test_each_directive_says_its_table_or_the_command_that_prints_it():
    assert {*plain_docs.WHOLE, *plain_docs.ELSEWHERE} == WRITERS.keys()
    for name in plain_docs.WHOLE[:1] + plain_docs.WHOLE[2:]:
        assert re.search(r"^\| .+ \|$", plain_docs.body(name, ""), re.MULTILINE)
    assert "screening.check" in plain_docs.body("clarion-room", "screening")
    known = {f"clarion {name}" for name in command_line.tree()} | set(tools.verbs())
    named = re.findall(r"`(clarion[^`]*?)(?: --help| ID)?`", " ".join(plain_docs.ELSEWHERE.values()))
    assert {name for name in named if "{}" not in name} <= known


def test_what_is_written_by_hand_is_told_from_what_is_not():
    page = "a\n\n```{clarion-tables}\n| x |\n\nText.\n```\n\n```console\n$ clarion up\n```\n"
    assert plain_docs.by_hand(page) == "a\n\n```{clarion-tables}\n```\n\n```console\n$ clarion up\n```\n"
