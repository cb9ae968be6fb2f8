"""What cannot be a payee as it was typed is refused, with what is wrong and what to do; nobody else is."""

from datetime import UTC, date, datetime

import pytest

from clarion.access import Actor
from clarion.errors import InputError
from clarion.screening.engine.births import Birth
from clarion.screening.service.asked import OLDEST, asked, from_kept
from clarion.screening.service.check import check

GARBLED = [
    "Ð˜Ð²Ð°Ð½Ð¾Ð²", "РС‚РѕСЂРѕР№", "Иванов Иван".encode().decode("latin-1"),
    "Иван Смирнов".encode().decode("cp1251", "replace"), "Шойгу С.К.".encode().decode("cp1251", "replace"),
    "Сірий Єгор".encode().decode("cp1252", "replace"), "Èâàíîâ Èâàí", "Ëåâ Òîëñòîé", "Сидоров \ufffd\ufffdлег",
]  # fmt: skip


@pytest.mark.parametrize("field", ["name", "surname", "bank", "intermediaries"])
@pytest.mark.parametrize("text", GARBLED)
def test_letters_in_another_encoding_are_said_to_be_that(text, field):
    with pytest.raises(InputError, match="garbled") as refused:
        asked({"name": "Сидоров Олег"} | {field: text})
    assert refused.value.where == field
    assert "UTF-8" in refused.value.next_step
    assert text not in str(refused.value)


@pytest.mark.parametrize("name", [
    "СІРІУС", "ФОНД «СІРІЙ ВОВК»", "Þórður Ærøðsson", "Рёв Рёв", "Nguyễn Văn Thiệu", "Åsa Öberg", "РЄПІН СЄРГІЙ",
    "РїД", "C. Ð. Ñañez", "Сёмин — Рылеев", "«Рост»", "Jürgen Weiß", "С.С. Р.", "РЎ",
])  # fmt: skip
def test_names_that_people_and_firms_bear_are_not_garbled(name):
    assert asked({"name": name}).name


def born(years, days=0):
    today = datetime.now(UTC).date()
    return date.fromordinal(today.replace(year=today.year - years, day=min(today.day, 28)).toordinal() + days)


@pytest.mark.parametrize(("birth", "said"), [
    ("1850", "120 years ago"), ("02.01.1900", "120 years ago"), (born(OLDEST, -30).isoformat(), "120 years ago"),
    (str(born(OLDEST).year - 1), "120 years ago"), (born(0, 30).isoformat(), "after today"),
    (str(born(-1).year), "that can be"),
])  # fmt: skip
def test_who_cannot_be_alive_is_not_a_payee(birth, said):
    if said == "after today" and not birth.startswith(str(datetime.now(UTC).year)):
        said = "that can be"  # of a year to come
    with pytest.raises(InputError, match=said) as refused:
        asked({"name": "Сидоров Олег", "birth": birth})
    assert refused.value.where == "birth"
    assert birth not in str(refused.value)


@pytest.mark.parametrize(("field", "text"), [
    ("birth", "01.01.1900"), ("birth", "1900-01-01 00:00:00"), ("birth", "30.12.1899"), ("birth", "01.01.0001"),
    ("birth", "00.00.0000"), ("birth", "-"), ("sex", "н/д"), ("nationality", "не указано"), ("nationality", "N/A"),
])  # fmt: skip
def test_what_a_program_filled_in_or_nobody_knew_counts_as_nothing_told(field, text):
    assert asked({"name": "Сидоров Олег", field: text}) == asked({"name": "Сидоров Олег"})


def test_a_country_whose_code_is_a_word_for_no_stays_one():
    assert [asked({"name": "Сидоров Олег", "nationality": code}).nationality for code in ("NA", "NO")] == ["NAM", "NOR"]


@pytest.mark.parametrize("birth", [
    born(OLDEST, 30).isoformat(), str(born(OLDEST).year), born(0).isoformat(), str(born(0).year), f"{born(0):%m.%Y}",
])  # fmt: skip
def test_who_can_be_alive_is_one(birth):
    assert asked({"name": "Сидоров Олег", "birth": birth}).birth == birth


def test_a_date_is_ahead_as_far_as_it_is_known():
    today = date(2026, 11, 27)
    for said, ahead in (
        ((2026,), False), ((2026, 11), False), ((2026, 12), True), ((2026, 11, 27), False), ((2026, 11, 28), True),
    ):  # fmt: skip
        assert Birth(*said).ahead(today) is ahead


def test_what_was_kept_with_such_a_date_still_opens_and_is_screened(listed):
    listed(people={"T.1": (("Старик ДРЕВНЕГОРОВ",), "1850-03-02", "asset freeze")})
    kept = from_kept(asked({"name": "Древнегоров Старик"}).to_dict() | {"birth": "1850-03-02"})
    assert kept.mark()
    assert check(Actor.console(), kept).outcome == "review"


def test_the_dates_of_a_list_are_left_as_they_are(listed):
    listed(people={"T.1": (("Старик ДРЕВНЕГОРОВ",), "1850-03-02", "asset freeze")})
    found = check(Actor.console(), asked({"name": "Древнегоров Старик"})).to_dict()
    assert (found["outcome"], found["settles"]) == ("ask", "birth")


@pytest.mark.parametrize("birth", ["17.05.1961 г.", "17.05.1961г.р.", "17.05.1961 года рождения", "17.05.1961 г. р."])
def test_a_date_is_read_with_the_words_for_year_that_stand_behind_it(birth):
    assert asked({"name": "Сидоров Олег", "birth": birth}).payee().birth == Birth(1961, 5, 17)


@pytest.mark.parametrize("name", ["?????", "12345", "--"])
def test_a_name_without_a_letter_is_not_called_missing(name):
    with pytest.raises(InputError, match="no letter"):
        asked({"name": name})
