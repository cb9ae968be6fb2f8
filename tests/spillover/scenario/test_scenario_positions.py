"""The line of every key of a TOML text."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.spillover.engine.scenario.positions import key_lines

HARD = '''\
# a comment with [brackets] and "quotes"
name = "x # not a comment"   # comment
summary = """
[not.a.table]
fake = 1 \\""" still inside
"""
literal = \'\'\'
[[shocks]]
\'\'\'
items = [
  "wheat",  # ] in a comment
  "maize",
]
when = 1979-05-27 07:32:00
a.b . "c d" = 1

[[shocks]]
kind = "production_cut"
fraction = [0.1,
  0.2, 0.3]

[[shocks]]
inner = { one = 1, two = [ { deep = 2 } ] }

[corridors."black-sea"]
title = "t"
[[corridors.black-sea.users]]
share = 1
[[corridors.black-sea.users]]
share = 2'''


def test_hard_text():
    tomllib.loads(HARD)
    lines = key_lines(HARD)
    assert lines[("name",)] == 2
    assert lines[("summary",)] == 3
    assert ("fake",) not in lines
    assert ("not", "a", "table") not in lines
    assert lines[("literal",)] == 7
    assert lines[("items",)] == 10
    assert lines[("items", 1)] == 12
    assert lines[("when",)] == 14
    assert lines[("a", "b", "c d")] == 15
    assert lines[("shocks",)] == 17
    assert lines[("shocks", 0)] == 17
    assert lines[("shocks", 0, "fraction")] == 19
    assert lines[("shocks", 0, "fraction", 2)] == 20
    assert lines[("shocks", 1)] == 22
    assert lines[("shocks", 1, "inner", "two", 0, "deep")] == 23
    assert lines[("corridors", "black-sea")] == 25
    assert lines[("corridors", "black-sea", "users", 0, "share")] == 28
    assert lines[("corridors", "black-sea", "users", 1, "share")] == 30


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "# only\n", "a=1", "a = '''x''''", 'a = """x"""""', "a = ''", 'a = "\\\\"', "[a]", "[a]\n[a.b]\n",
     "a = []", "a = {}", "a = [[1], [2, [3]]]", "'' = 1", "a = 1\r\nb = 2\r\n", "[ a . b ]\nc = true",
     "a = [1, # x\n]\nb = 2"],
)  # fmt: skip
def test_every_key_is_found(text):
    found = set(key_lines(text))
    assert found >= set(_paths(tomllib.loads(text), ()))


_KEYS = st.text("abc-_09 \"'.#[]=é", max_size=6)
_LEAVES = st.integers() | st.booleans() | st.floats(allow_nan=False) | st.text("ab\"'\\#[]{}=,\n é", max_size=8)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.dictionaries(_KEYS, _VALUES, max_size=4), st.dictionaries(_KEYS, st.lists(st.dictionaries(_KEYS, _LEAVES))))
def test_written_documents(top, tables):
    """Each top-level pair stands on a line that we chose, whatever its value holds."""
    lines = ["# start"]
    expected = {}
    for key, value in top.items():
        expected[(key,)] = len(lines) + 1
        lines.append(f"{_quote(key)} = {_write(value)} # [end]")
    for name, rows in tables.items():
        for i, row in enumerate(rows if name not in top else []):
            lines.append(f"[[{_quote(name)}]]")
            expected[(name, i)] = len(lines)
            for key, value in row.items():
                lines.append(f"{_quote(key)} = {_write(value)}")
                expected[(name, i, key)] = len(lines)
    text = "\n".join(lines)
    data = tomllib.loads(text)
    found = key_lines(text)
    assert set(found) >= set(_paths(data, ()))
    assert {path: found[path] for path in expected} == expected


def _quote(text):
    import json

    return json.dumps(text, ensure_ascii=True)


def _write(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quote(k)} = {_write(v)}" for k, v in value.items()) + "}"
    return repr(value)


def _paths(data, path):
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))
