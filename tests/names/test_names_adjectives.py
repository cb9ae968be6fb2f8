"""Adjectives are known in the nouns that they are of, across alphabets; two nouns are not made one."""

import pytest

from clarion.names import fold, roots


def alike(one, other):
    """As the engine compares them: an adjective with an adjective by its mark, with a noun by the mark's other side."""
    mine, theirs = roots(fold(one)), roots(fold(other))
    return bool({key for key in mine if key[0] != "-"} & {key.removeprefix("-") for key in theirs})


@pytest.mark.parametrize(
    ("adjective", "noun"),
    [
        ("Арзамасский", "Arzamas"), ("Новосибирского", "Novosibirsk"), ("Калужская", "Kaluga"),
        ("Крыловский", "Krylov"),
        ("Волжское", "Volga"), ("Рязанская", "Ryazan"), ("Туапсинский", "Tuapse"), ("Феодосийский", "Feodosia"),
        ("Агрегатное", "Aggregate"), ("Arsenyevskaya", "Арсеньев"), ("Одесский", "Odesa"), ("Тамбовский", "Тамбов"),
    ],
)  # fmt: skip
def test_an_adjective_is_known_in_its_noun(adjective, noun):
    assert alike(adjective, noun)
    assert alike(adjective, adjective)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Vega", "Veg"), ("Тамбов", "Tambova"), ("Марина", "Marin"), ("Омский", "Oma"), ("Курский", "Kurgan")],
)
def test_two_nouns_and_short_roots_are_not(one, other):
    assert not alike(one, other)
