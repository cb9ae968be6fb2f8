"""Names of organisations taken apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.names import other_names, parse_organisation


def told(text: str) -> tuple[str, str]:
    name = parse_organisation(text)
    return name.legal_form, " ".join(part.folded for part in name.core)


@pytest.mark.parametrize(
    ("text", "legal_form", "core"),
    [
        ('ООО "Ромашка"', "llc", "ромашка"),
        ("Общество с ограниченной ответственностью «Ромашка»", "llc", "ромашка"),
        ('Obshchestvo s ogranichennoi otvetstvennostiu "Romashka"', "llc", "romashka"),
        ("Romashka LLC", "llc", "romashka"),
        ("OOO Romashka", "llc", "romashka"),
        ("Romashka Limited Liability Company", "llc", "romashka"),
        ("ТОВ «Ромашка»", "llc", "ромашка"),
        ("ТОО Ромашка", "llc", "ромашка"),
        ("АО «Концерн ВКО «Алмаз-Антей»", "jsc", "вко алмаз антей"),
        ("Joint Stock Company Concern VKO Almaz-Antey", "jsc", "vko almaz antey"),
        ("ПАО Газпром", "pjsc", "газпром"),
        ("ЗАО Газпром", "cjsc", "газпром"),
        ("ПрАТ Оболонь", "cjsc", "оболонь"),
        ("ФГУП Космическая связь", "state", "космическая связь"),
        ("FGUP Kosmicheskaya svyaz", "state", "kosmicheskaya svyaz"),
        ("АНО Цифровая экономика", "nonprofit", "цифровая экономика"),
        ("ИП Сойко", "sole", "сойко"),
        ("Siemens AG", "jsc", "siemens"),
        ("G.m.b.H. Schmidt", "llc", "schmidt"),
        ("Orlen Sp. z o.o.", "llc", "orlen"),
        ("Mendez Norge A/S", "jsc", "mendez norge"),
        ("Bowne S.A.R.L.", "llc", "bowne"),
        ("Alfa s.r.o.", "llc", "alfa"),
        ("Delta d.o.o.", "llc", "delta"),
        ("Omega Pty Ltd", "llc", "omega"),
        ("Kone Oyj", "jsc", "kone"),
        ("Благотворительный фонд «Нужна помощь»", "foundation", "нужна"),
        ("Первый канал", "", "канал"),
        ("АО", "", "ао"),
        ("Bank", "", "bank"),
        ("", "", ""),
    ],
)
def test_parts(text, legal_form, core):
    assert told(text) == (legal_form, core)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("29th Arsenal", {"29"}),
        ("ФГУП «29-й Арсенал»", {"29"}),
        ("Завод №3", {"3"}),
        ("Plant No. 3", {"3"}),
        ("Завод23", {"23"}),
        ("Bain Capital Fund XI L.P.", {"11"}),
        ("Первый канал", {"1"}),
        ("Channel One", {"1"}),
        ("Ромашка", set()),
    ],
)
def test_numbers(text, numbers):
    assert parse_organisation(text).numbers == numbers


def test_other_numbers_are_other_organisations():
    third, fifth, none = (parse_organisation(f"Завод {it}") for it in ("№3", "№ 5", "имени Лихачёва"))
    assert third.numbers_differ(fifth)
    assert not third.numbers_differ(parse_organisation("3rd Plant"))
    assert not third.numbers_differ(none)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Научно-исследовательский институт приборостроения", "Research Institute of Instrument Engineering"),
        ("Нефтяная компания Роснефть", "Rosneft Oil Company"),
        ("Акционерный банк Россия", "Bank Rossiya"),
        ("Український банк", "Ukrainian Bank"),
    ],
)
def test_generic_words_are_concepts_in_every_language(one, other):
    assert parse_organisation(one).concepts & parse_organisation(other).concepts


def test_original_and_romanised_core_share_keys():
    one, other = parse_organisation("АО «Уралвагонзавод»"), parse_organisation("JSC Uralvagonzavod")
    assert set(one.core[0].keys) & set(other.core[0].keys)
    assert one.legal_form == other.legal_form


def test_abbreviations_stand_in_brackets():
    name = parse_organisation("Центральный институт точного машиностроения (ЦНИИТОЧМАШ)")
    assert name.abbreviations == ("цнииточмаш",)
    assert parse_organisation("Bowne (France)").abbreviations == ()


@pytest.mark.parametrize(
    "piece", ["А", "A.", '"', "(", "«", "ООО ", "общество с ", "1a", "IV ", "№", "/", "a/a", "&", "no. "]
)
def test_hostile_texts_take_no_longer_than_short_ones(piece):
    start = time.perf_counter()
    parse_organisation(piece * 10_000)
    assert time.perf_counter() - start < 1.0


@given(st.text(max_size=80))
def test_any_text_is_taken_apart(text):
    name = parse_organisation(text)
    assert all(part.text for part in name.parts)
    assert all(number.isdecimal() for number in name.numbers)


def test_other_names_stand_in_brackets():
    assert other_names("Акционерное Общество «Заря Приборы» (АО «Зарпри»)") == ("АО «Зарпри»",)
    assert other_names("CJSC Zarya-Bank (Belarus)") == ()
    assert told("Акционерное Общество «Заря» (АО «Зарпри»)") == ("jsc", "заря")
    assert told("CJSC Zarya-Bank (Belarus)") == ("cjsc", "zarya")
