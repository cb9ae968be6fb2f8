"""Folding, alphabets and look-alikes."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clarion.names import fold, given_names, script
from clarion.names.tables import rows


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ПУШИЛIН", "пушилін"),
        ("КАРТAПОЛOВ", "картаполов"),
        ("CАТ", "сат"),
        ("Сергiй Валерiйович АКСЬОНОВ", "сергій валерійович аксьонов"),
        ("ПОНОМАРËВ", "пономарев"),
        ("Iгор Вiкторович", "ігор вікторович"),
        ("Иванов A.B.", "иванов а.в."),
        ("Ivаnov Pеtr", "ivanov petr"),
        ("Ρetrov Ιvan", "petrov ivan"),
        ("0льга 3ахарова", "ольга захарова"),
        ("Pav1ov", "pavlov"),
        ("Ig0r Sech1n", "igor sechin"),
        ("Ёжиков", "ежиков"),
        ("Ива́н Петро́вич", "иван петрович"),
        ("O’Neil", "o'neil"),
        ("Paran´ga", "paran'ga"),
        ("Римский—Корсаков", "римский-корсаков"),
        ("Ｉｖａｎ", "ivan"),
        ("  Ivanov\u200b \u00a0 Petr\n", "ivanov petr"),
        ("İlham ƏLİYEV", "ilham əliyev"),
        ("Straße", "strasse"),
        ("Йод Їжак Žena École", "йод їжак žena école"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["COXA", "3М", "29th", "1st", "10th", "B2B", "1С-Рарус", "Mi-8", "Т-34"])
def test_what_may_be_meant_so_stays(text):
    assert fold(text) == text.casefold()


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("Иван", "cyrillic"),
        ("Ivan", "latin"),
        ("Իվան", "armenian"),
        ("ივანე", "georgian"),
        ("Μαρία", "greek"),
        ("12", "none"),
        ("محمد", "other"),
    ],
)
def test_script(token, expected):
    assert script(token) == expected


def test_look_alikes_go_round_and_come_back():
    """Any one letter of a Cyrillic name swapped for its Latin or Greek look-alike is put right."""
    names = [name.name for name in given_names() if script(name.name) == "cyrillic"]
    names += [row["surname"] for row in rows("surnames.csv")]
    table = {row["cyrillic"]: [row["latin"], row["greek"]] for row in rows("homoglyphs.csv") if row["cyrillic"]}
    tried = wrong = 0
    for name in names:
        for written in (name, name.upper()):
            for place, letter in enumerate(written):
                for alike in filter(None, table.get(letter, ())):
                    tried += 1
                    wrong += fold(f"{written[:place]}{alike}{written[place + 1 :]} Ж") != fold(f"{written} Ж")
    assert tried > 20_000
    assert wrong == 0


@example("0a0a")
@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("piece", ["а", "a ", "аa", "\u0301", "0а", "'", "-.", "ｶﾞ", "👨‍👩‍👧", "İ"])
def test_long_texts_take_no_longer_than_short_ones(piece):
    start = time.perf_counter()
    fold(piece * 50_000)
    assert time.perf_counter() - start < 0.5
