"""Numbers with check digits: sound ones count both ways, unsound ones not at all."""

import pytest

from clarion.screening.engine.identifiers import Identifier, bare, compare_identifiers, inn, ogrn, passport, snils


@pytest.mark.parametrize(
    ("check", "number"),
    [
        (inn, "7707083893"), (inn, "500100732259"), (ogrn, "1027700132195"), (ogrn, "304500116000157"),
        (snils, "11223344595"), (passport, "4510123456"),
    ],
)  # fmt: skip
def test_check_digits(check, number):
    """Sberbank's INN and OGRN, and the examples that the tax service and the fund print."""
    assert check(number)
    if check is not passport:
        assert not any(check(number[:-1] + digit) for digit in "0123456789" if digit != number[-1])
    assert not check(number[:-1])


def test_a_number_in_common_speaks_for_it_whatever_the_list_calls_it():
    (found,) = compare_identifiers([Identifier("inn", "7707083893")], [Identifier("registration", "7707083893")])
    assert (found.item, found.finding) == ("identifier", "same")
    assert found.weight > 20_000


def test_another_tax_number_speaks_against_and_another_passport_does_not():
    (found,) = compare_identifiers([Identifier("inn", "500100732259")], [Identifier("inn", "770708389311")]) or [None]
    assert found is None, "the listed number is unsound"
    (found,) = compare_identifiers([Identifier("inn", "7707083893")], [Identifier("inn", "7736050003")])
    assert found.weight < 0
    assert compare_identifiers([Identifier("passport", "4510123456")], [Identifier("passport", "4511654321")]) == []


def test_a_slip_in_a_number_is_named_and_counts_nothing():
    (found,) = compare_identifiers([Identifier("inn", "7707083894")], [Identifier("inn", "7707083893")])
    assert (found.finding, found.weight) == ("check digits wrong", 0)


def test_bare():
    assert bare(" 112-233-445 95 ") == "11223344595"


@pytest.mark.parametrize("kind", ["inn", "snils", "passport", "ogrn"])
def test_a_filler_is_no_number(kind):
    lengths = {"inn": 12, "snils": 11, "passport": 10, "ogrn": 13}
    assert not Identifier(kind, "0" * lengths[kind]).sound
