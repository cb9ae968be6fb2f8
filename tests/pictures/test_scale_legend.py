import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.errors import InputError
from clarion.pictures.legend import legend
from clarion.pictures.scale import SHARES, Scale, nice, quantiles, sequential, two_sided
from clarion.pictures.tokens import STEPS, dark, light, stylesheet

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e12, 1e12), st.just(math.nan)))


def test_a_share_of_exactly_a_half_is_in_the_class_that_begins_there() -> None:
    assert [SHARES.class_of(v) for v in (0, 0.0999, 0.1, 0.5, 0.7, 1)] == ["c1", "c1", "c2", "c4", "c5", "c5"]
    assert SHARES.class_of(None) is None
    assert SHARES.class_of(math.nan) is None


@pytest.mark.parametrize("breaks", [(0.3, 0.1), (0.1, 0.1), (0.1, math.inf), (1, 2, 3, 4, 5)])
def test_bad_breaks_are_refused(breaks: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="do not make a scale"):
        sequential(*breaks)


def test_classes_must_match_breaks() -> None:
    with pytest.raises(InputError):
        Scale((1.0,), ("c1",))


@given(VALUES)
def test_every_known_value_finds_a_class(values: list[float | None]) -> None:
    for scale in (quantiles(values), two_sided(values), two_sided(values, worse="high")):
        for value in values:
            known = value is not None and not math.isnan(value)
            assert (scale.class_of(value) is not None) == known


def test_quantiles_spread_places_over_five_rounded_classes() -> None:
    scale = quantiles([float(v) for v in range(1, 101)])
    assert scale.breaks == (20, 40, 60, 80)
    assert quantiles([]).breaks == ()
    assert quantiles([None, 5.0, 5.0]).classes == ("c3",)


def test_gains_and_losses_mirror_each_other_and_the_worse_side_is_earth() -> None:
    low = two_sided([-40.0, -3.0, 0.0, 7.0, 52.0])
    assert low.breaks == tuple(-b for b in reversed(low.breaks))
    assert (low.class_of(-1e9), low.class_of(0), low.class_of(1e9)) == ("c5", "c1", "g3")
    high = two_sided([-40.0, 52.0], worse="high")
    assert (high.class_of(-1e9), high.class_of(1e9)) == ("g3", "c5")
    assert two_sided([None]).class_of(0.0) == "c1"
    assert two_sided([5e-324]).class_of(5e-324) == "c1"


@given(st.floats(1e-9, 1e12))
def test_nice_is_close_and_keeps_the_sign(value: float) -> None:
    assert nice(value) == pytest.approx(value, rel=0.25)
    assert nice(-value) == -nice(value)


def test_a_legend_words_every_class_and_every_hatching() -> None:
    made = legend(SHARES, title="Share", number=lambda v: f"{v * 100:.0f} %", no_data="No data", disputed="See note")
    assert [e.label for e in made.entries] == [
        "< 10 %", "10 % – 30 %", "30 % – 50 %", "50 % – 70 %", "≥ 70 %", "No data", "See note",
    ]  # fmt: skip
    assert [e.css for e in made.entries][-2:] == ["nodata", "disputed"]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_tokens_exist_in_both_themes_and_steps_rise() -> None:
    assert light().keys() == dark().keys()
    assert set(STEPS.values()) <= light().keys()
    assert len(set(light().values())) == len(light()), "a page swaps a colour for its token: each must be unique"
    for theme, sign in ((light(), -1), (dark(), 1)):
        steps = [_luminance(theme[f"s{i}"]) for i in range(1, 6)]
        assert steps == sorted(steps, reverse=sign < 0)
        low, high = sorted((_luminance(theme["s1"]), _luminance(theme["s5"])))
        assert (high + 0.05) / (low + 0.05) > 4
        ink, paper = sorted((_luminance(theme["soft"]), _luminance(theme["paper"])))
        assert (paper + 0.05) / (ink + 0.05) > 4.5
    assert all(f".{css} " in stylesheet() for css in STEPS)
