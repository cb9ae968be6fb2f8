"""Links lead somewhere, and what the README tells to type exists."""

from __future__ import annotations

import re

import pytest

from handbook import ROOT, TEXTS

TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def links(text: str) -> list[str]:
    """Targets of links and pictures, outside code."""
    prose = re.sub(r"```(?!\{include\}).*?```", "", text, flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose))
    return found + re.findall(r"^```\{include\} (\S+)$", text, re.MULTILINE)


@pytest.mark.parametrize("name", TEXTS)
def test_links_to_files_are_alive(name):
    dead = []
    for link in links(TEXTS[name]):
        path = link.partition("#")[0]
        if path and not re.match(r"[a-z]+:", path) and not ((ROOT / name).parent / path).resolve().exists():
            dead.append(link)
    assert not dead


@pytest.mark.parametrize("name", TEXTS)
def test_anchors_are_headings(name):
    dead = []
    for link in links(TEXTS[name]):
        path, _, anchor = link.partition("#")
        if not anchor or re.match(r"[a-z]+:", link):
            continue
        target = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
        if anchor not in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}:
            dead.append(link)
    assert not dead


@pytest.mark.parametrize("name", TEXTS)
def test_files_of_the_repository_that_are_named_exist(name):
    named = re.findall(r"`((?:src|tests|tools|benchmarks|docs|requirements)/[\w./-]*\w/?)`", TEXTS[name])
    allowed = {"docs/rooms/myroom.md", "docs/_build/html"}
    assert not [path for path in named if path not in allowed and not (ROOT / path).exists()]


@pytest.mark.parametrize("name", TEXTS)
def test_what_make_is_asked_for_exists(name):
    blocks = "\n".join(re.findall(r"```console\n(.*?)```", TEXTS[name], re.DOTALL))
    lines = re.findall(r"^\$ make ([a-z ]+?)(?: [A-Z_]+=|\s*#|$)", blocks, re.MULTILINE)
    asked = " ".join(lines + re.findall(r"`make ([a-z ]+)`", TEXTS[name])).split()
    assert set(asked) <= TARGETS


def test_the_readme_states_the_two_commands():
    block = re.search(r"```console\n(.*?)```", TEXTS["README.md"], re.DOTALL)
    assert re.findall(r"^\$ (make \w+)", block[1], re.MULTILINE) == ["make up", "make test"]


def test_the_readme_says_what_it_is_in_five_sentences():
    opening = TEXTS["README.md"].partition("# Clarion\n")[2].partition("```")[0]
    # A question inside a sentence does not end it.
    assert len(re.findall(r"\.(?:\s|$)", opening)) == 5


def test_every_target_of_make_is_listed():
    listed = re.findall(r"^([a-z]+):.*## \S", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(listed) == TARGETS
