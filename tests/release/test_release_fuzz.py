"""Whatever a folder holds, the answer is one clear error or a verdict; the checker never certifies by accident."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import ClarionError
from clarion.release.checker import main
from clarion.release.errors import ReleaseError
from clarion.release.published import read_table
from clarion.release.spec import read_spec

SPEC = {"id": "r", "k": 5, "dimensions": {"region": ["A", "B"]}, "tables": {"t.csv": ["region"]}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(key=st.sampled_from([*SPEC, "rule", "counts", "population", "earlier", "known", "period", "groups", "levels",
                            "held", "hierarchy", "merged", "calendar", "start", "private", "place", "outside",
                            "amounts", "title", "description", "review"]), value=JSON)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_any_value_of_any_key_of_a_specification(key, value):
    try:
        spec = read_spec(json.dumps({**SPEC, key: value}), "x")
    except ReleaseError:
        return
    assert read_spec(json.dumps(spec.to_dict()), "x") == spec


PLACE = st.fixed_dictionaries({}, optional={
    "dimension": st.just("region") | JSON, "inside": st.just(["A"]) | JSON, "as": JSON,
    "occupied": st.just({"B": "A"}) | JSON, "below": JSON,
})  # fmt: skip
SUMS = st.fixed_dictionaries({}, optional={
    "column": st.just("eur") | JSON, "currency": st.just("EUR") | JSON, "tables": st.just({"s.csv": []}) | JSON,
    "dominance": JSON | st.fixed_dictionaries({"n": JSON, "share": JSON}), "p_percent": JSON,
    "round": JSON | st.lists(st.integers(0, 9), max_size=4), "statistic": JSON, "currency_column": JSON,
})  # fmt: skip
PERSON = st.fixed_dictionaries({"person": st.just({"region": "A"}) | JSON}, optional={"what": JSON, "at": JSON})


@given(further=st.one_of(
    st.fixed_dictionaries({"place": PLACE | st.lists(PLACE, max_size=2)}), st.fixed_dictionaries({"amounts": SUMS}),
    st.fixed_dictionaries({"known": st.lists(PERSON, max_size=2)}),
    st.fixed_dictionaries({"hierarchy": st.fixed_dictionaries({"region": JSON}), "merged": JSON}),
))  # fmt: skip
@settings(max_examples=600, deadline=None)
def test_anything_within_places_sums_people_and_hierarchies(further):
    try:
        spec = read_spec(json.dumps({**SPEC, **further}), "x")
    except ReleaseError:
        return
    assert read_spec(json.dumps(spec.to_dict()), "x") == spec


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_as_a_specification(text):
    with pytest.raises(ReleaseError):
        read_spec(text, "x")


@given(st.text(alphabet='AB,\n"<5 0region count\x00\r', max_size=80))
@settings(max_examples=400, deadline=None)
def test_any_text_as_a_table(text):
    spec = read_spec(json.dumps(SPEC), "x")
    try:
        cells = read_table(spec, "t.csv", "region,count\n" + text, "t.csv")
    except ClarionError:
        return
    assert sorted(c.row for c in cells) == [("A",), ("B",)]
    assert all(c.low >= 0 and (c.high is None or c.high >= c.low) for c in cells)


@given(value=JSON, key=st.sampled_from(["format", "sha256", "earlier", "databases", "exact_population", ""]))
@settings(max_examples=200, deadline=None)
def test_any_value_in_a_certificate(value, key, tmp_path_factory):
    folder = tmp_path_factory.mktemp("r")
    (folder / "release.json").write_text(json.dumps({**SPEC, "rule": "round5", "counts": "cumulative"}))
    (folder / "t.csv").write_text("region,count\nA,0\nB,0\n")
    said = {"format": "clarion-release-certificate/1", "sha256": "", "earlier": {}, "exact_population": True,
            "databases": [""] * 100}  # fmt: skip
    (folder / "certificate.json").write_text(json.dumps({**said, key: value} if key else value))
    assert main([str(folder)]) == 3
