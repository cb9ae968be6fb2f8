"""Surnames that Belarusian and Ukrainian spell by ear. The people are invented."""

import pytest

from clarion.names import kin_key, masculine, sister_of


@pytest.mark.parametrize(
    ("word", "sister"),
    [
        ("навумаў", "be"), ("siarhei", "be"), ("міхайлаўна", "be"), ("katsiaryna", "be"), ("kavaliou", "be"),
        ("дзмітрый", "be"),
        ("пасічник", ""), ("олександр", "uk"), ("mykola", "uk"), ("їжак", "uk"), ("петрівна", "uk"),
        ("середа", ""), ("sergei", ""), ("дзержинский", ""), ("ivan", ""), ("vladimirovich", ""),
    ],
)  # fmt: skip
def test_a_word_shows_its_language(word, sister):
    assert sister_of(word) == sister


@pytest.mark.parametrize(
    ("one", "other", "sister"),
    [
        ("Сярода", "Середа", "be"), ("Навумаў", "Наумов", "be"), ("Навумау", "Наумов", "be"),
        ("Працько", "Протько", "be"),
        ("Чамаданава", "Чемоданова", "be"), ("Яроменка", "Ерёменко", "be"), ("Аляшкевіч", "Алешкевич", "be"),
        ("Пасічник", "Пасечник", "uk"), ("Білий", "Белый", "uk"),
    ],
)  # fmt: skip
def test_translated_surnames_are_kin(one, other, sister):
    keys = [{kin_key(key, sister) for key in masculine(word.casefold())} for word in (one, other)]
    assert keys[0] & keys[1]


def test_other_surnames_are_not():
    assert kin_key("savacki", "be") != kin_key("savicki", "be")
    assert kin_key("karalav", "uk") != kin_key("karelav", "uk")
