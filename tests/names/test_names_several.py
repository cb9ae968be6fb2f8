"""Several names in one field."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.names import split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Иван Петров", ("Иван Петров",)),
        ("Igor IVANOV / Ihor IVANOV; Игорь ИВАНОВ", ("Igor IVANOV", "Ihor IVANOV", "Игорь ИВАНОВ")),
        ("Sergei AKSENOV (Сергей Валерьевич АКСЁНОВ)", ("Sergei AKSENOV", "Сергей Валерьевич АКСЁНОВ")),
        ("Vladimir TATUR Russian: Владимир ТАТУР", ("Vladimir TATUR", "Владимир ТАТУР")),
        (
            "Yuriy Mikhailovich GOTSANYUK Yuriy Mikhailovich GOTSANIUK (Юрий Михайлович ГОЦАНЮК)",
            ("Yuriy Mikhailovich GOTSANYUK", "Yuriy Mikhailovich GOTSANIUK", "Юрий Михайлович ГОЦАНЮК"),
        ),
        ("Галина ХУЛАПОВА (КАШИРСКАЯ)", ("Галина ХУЛАПОВА (КАШИРСКАЯ)",)),
        ("Larisa AIRAPETYAN a.k.a. Larysa AYRAPETYAN", ("Larisa AIRAPETYAN", "Larysa AYRAPETYAN")),
        ("Иван Иванович Иванович", ("Иван Иванович Иванович",)),
        ("A/S Bank", ("A/S Bank",)),
        ("", ()),
        (" / ; ", ()),
    ],
)
def test_names_in_a_field(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize("piece", ["(", "a (b c) ", "/ ", "И I ", "aka ", "Иван Иванович ", ";", "((a b"])
def test_hostile_texts_take_no_longer_than_short_ones(piece):
    start = time.perf_counter()
    split_names(piece * 10_000)
    assert time.perf_counter() - start < 1.5


@given(st.text(max_size=80))
def test_any_text_is_split(text):
    assert all(name.strip() for name in split_names(text))
