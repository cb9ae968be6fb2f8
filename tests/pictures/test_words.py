import pytest

from clarion.pictures.words import rounded


@pytest.mark.parametrize(
    ("value", "said"),
    [(9_592_071, 9_590_000), (1234.5, 1230), (999.4, 999.4), (0.0, 0.0), (0.789, 0.789), (-15_376_430, -15_400_000)],
)
def test_an_estimate_keeps_three_figures_from_a_thousand_up(value: float, said: float) -> None:
    assert rounded(value) == said
