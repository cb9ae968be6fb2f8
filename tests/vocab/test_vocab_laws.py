"""The laws of the shared words: what cannot be made, what cannot be mixed, what never leaks."""

import copy
import json
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.errors import UnknownName
from clarion.vocab import (
    COMMODITIES,
    Estimate,
    Interval,
    Money,
    Period,
    Person,
    Provenance,
    Quantity,
    Sealed,
    commodity,
)

finite = st.floats(-1e12, 1e12)
years = st.integers(1900, 2200)


class TestEstimate:
    @given(finite, finite)
    def test_an_interval_runs_upwards(self, a, b):
        low, high = sorted((a, b))
        found = Interval(low, high)
        assert low in found
        assert high in found
        if low < high:
            with pytest.raises(ValueError, match="not an interval"):
                Interval(high, low)

    @pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
    def test_no_interval_or_figure_without_end(self, bad):
        for low, high in ((bad, 1.0), (0.0, bad)):
            with pytest.raises(ValueError, match="not an interval"):
                Interval(low, high)
        with pytest.raises(ValueError, match="not a figure"):
            Estimate(bad, "t")

    @pytest.mark.parametrize("level", [0, 1, -0.1, 1.5, float("nan")])
    def test_a_level_is_a_probability(self, level):
        with pytest.raises(ValueError, match="level"):
            Interval(0, 1, level)

    def test_not_known_says_why(self):
        with pytest.raises(ValueError, match="must say why"):
            Estimate(None, "t")
        gap = Estimate.not_known("t", "Nobody counted.")
        assert not gap.known
        assert gap.to_dict() == {"value": None, "unit": "t", "reason": "Nobody counted."}

    @given(finite, st.integers(1, 10**6))
    def test_as_json(self, value, row):
        cited = Provenance("s", "2021", "t", rows=(row,))
        told = Estimate(value, "t", Interval(value - 1, value + 1, 0.8), "m", (cited,)).to_dict()
        assert json.loads(json.dumps(told)) == told
        assert told["interval"] == [value - 1, value + 1]
        assert told["level"] == 0.8
        assert told["provenance"] == [{"source": "s", "release": "2021", "table": "t", "rows": [row]}]


class TestPeriod:
    @given(years, years)
    def test_written_and_read_back(self, a, b):
        first, last = sorted((a, b))
        found = Period(first, last)
        assert Period.parse(str(found)) == found
        assert found.years == last - first + 1
        if first < last:
            with pytest.raises(ValueError, match="not a period"):
                Period(last, first)

    @given(years, years)
    def test_earlier_comes_first(self, a, b):
        assert (Period(a, a) < Period(b, b)) == (a < b)

    @pytest.mark.parametrize("text", ["", "21", "2021-", "-2021", "2021 - 2022", "2021/22", "2021-2019", "1850", "9999",
                                      "２０２１x", "2019-2020-2021"])  # fmt: skip
    def test_what_is_not_one(self, text):
        with pytest.raises(ValueError, match="period"):
            Period.parse(text)


class TestAmounts:
    @given(st.decimals(-(10**9), 10**9, places=2), st.decimals(-(10**9), 10**9, places=2))
    def test_money_adds_to_the_cent(self, a, b):
        assert (Money(a, "EUR") + Money(b, "EUR")).amount == a + b
        with pytest.raises(ValueError, match="cannot add USD to EUR"):
            Money(a, "EUR") + Money(b, "USD")

    def test_money_is_no_float_and_has_a_currency(self):
        with pytest.raises(TypeError, match="loses cents"):
            Money(1.1, "EUR")
        for code in ("", "eur", "EURO", "€"):
            with pytest.raises(ValueError, match="4217"):
                Money(Decimal(1), code)

    @given(finite, finite)
    def test_quantities_of_one_unit(self, a, b):
        assert (Quantity(a, "t") + Quantity(b, "t")).amount == a + b
        with pytest.raises(ValueError, match="cannot add kg to t"):
            Quantity(a, "t") + Quantity(b, "kg")
        assert str(Quantity(1.5, "t")) == "1.5 t"


class TestSealed:
    held = Sealed(b"ciphertext-of-a-name")

    @pytest.mark.parametrize("say", [repr, str, format, "{}".format, "{!r:>5}".format, "%s".__mod__, ascii])
    def test_never_prints(self, say):
        assert "ciphertext" not in say(self.held)
        assert "<sealed>" in say(self.held)

    def test_nor_inside_a_person(self):
        person = Person("resettlement", "a1b2", self.held)
        assert repr(person) == "Person(room='resettlement', handle='a1b2', identity=<sealed>)"

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_never_pickles_or_copies(self, protocol):
        for value in (self.held, [self.held], Person("r", "h", self.held)):
            with pytest.raises(TypeError, match="sealed"):
                pickle.dumps(value, protocol)
        with pytest.raises(TypeError, match="sealed"):
            copy.deepcopy(self.held)

    def test_never_json(self):
        with pytest.raises(TypeError):
            json.dumps(self.held)
        with pytest.raises(TypeError):
            vars(self.held)

    @given(st.binary(min_size=1), st.binary(min_size=1))
    def test_equal_when_the_letters_are(self, a, b):
        assert (Sealed(a) == Sealed(b)) == (a == b)
        assert Sealed(a) != a
        if a == b:
            assert hash(Sealed(a)) == hash(Sealed(b))


class TestCommodity:
    def test_looked_up_by_id(self):
        assert commodity(" Wheat ").id == "wheat"
        with pytest.raises(UnknownName) as refused:
            commodity("gold")
        assert refused.value.details["known"] == list(COMMODITIES)

    def test_wheat_comes_first(self):
        assert next(iter(COMMODITIES)) == "wheat"

    @pytest.mark.parametrize("field", ["fao_balance", "psd", "facts_name"])
    def test_codes_are_not_shared(self, field):
        given = [getattr(c, field) for c in COMMODITIES.values() if getattr(c, field)]
        assert len(given) == len(set(given))

    def test_food_alone_has_energy(self):
        assert {c.kind for c in COMMODITIES.values()} == {"food", "fertiliser", "fuel"}
        assert all(c.edible == (c.kind == "food") for c in COMMODITIES.values())
        assert not commodity("natural-gas").edible

    def test_flour_is_more_wheat_than_it_weighs(self):
        factor = dict(commodity("wheat").fao_items)[16]
        assert 1 / 0.8 <= factor <= 1 / 0.72
