"""No name is clear of which a part was passed over: it is found, or the answer says that it was not screened."""

import pytest

from clarion.access import Actor
from clarion.errors import InputError
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check
from clarion.screening.service.readable import read_whole
from clarion.screening.service.words import sentence, subjects, told

FULL, FIRM = "Златогоров Аркадий Иннокентьевич", "Банк Северный Прилив Златопромкредит"


def screened(name="", **said):
    return check(Actor.console(), asked({"name": name} | said)).to_dict()


@pytest.mark.parametrize("name", [
    f"Сидоров Олег Олегович и {FULL}", f"Сидоров О.О., {FULL}", f"Сидоров Олег / {FULL}", f"Сидоров Олег; {FULL}",
    f"Oleg Sidorov and {FULL}", f"Oleg Sidorov a/k/a {FULL}", f"для {FULL}", f"{FULL}, Москва", f"{FULL} г. Москва",
    FULL.replace(" ", "&nbsp;"), FULL.replace("о", "о\u0301"), "\u200b".join(FULL), FULL.replace("о", "o"),
    f"ИП {FULL}", f"г-н {FULL}",
])  # fmt: skip
def test_a_listed_person_is_found_beside_what_else_a_field_holds(listed, name):
    listed()
    assert screened(name)["outcome"] in ("ask", "review")


@pytest.mark.parametrize("name", [
    "Сид0ров Олег", "Сидоров Олег 1961 г.р.", "Сидоров_Олег", "Сидоров😀Олег", "<b>Сидоров</b> Олег", "С и д о р о в О",
    "один два три четыре пять шесть семь Сидоров Олег", "習近平", "김정은", "IMO 9233340", "Ocean IMO 9233340",
])  # fmt: skip
def test_what_cannot_be_read_whole_is_not_clear(listed, name):
    listed()
    found = screened(name)
    assert found["outcome"] == "not-screened"
    assert "cannot be read whole" in sentence(found, "en")


@pytest.mark.parametrize("name", [
    "Сидоров Олег Олегович", "O'Connor Seán", "Jean-Pierre Müller-Lüdenscheidt", "Д`Артаньян Ш.",
    "Оганесян (Петрова) Анна", "Һөсәйенов Әхмәт", "Հովհաննիսյան Աշոտ", "გიორგი ბერიძე", "J. R. R. Tolkien",
    "Xi Jinping 習近平", "Иванов Олег*",
    "Хусейн ибн Мухаммад аль-Хашими", "Йосыпов Андрей".replace("й", "и\u0306"), "Þórður Ærøðsson",
])  # fmt: skip
def test_names_as_people_bear_them_are_read(name):
    assert read_whole(name, "person")


def test_a_firm_among_people_and_a_person_among_firms_are_found(listed):
    listed()
    assert screened(FIRM)["outcome"] in ("ask", "review")
    assert screened("Златопромкредит")["outcome"] == screened("Златопромкредит", kind="organisation")["outcome"]
    for name in (FULL, f"ИП {FULL}"):
        assert screened(name, kind="organisation", birth="1961-05-17")["outcome"] == "review"


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_a_firm_before_its_address_is_found(listed, kind):
    listed()
    for behind in (", Москва, ул. Вавилова, 19", ", PJSC", ", 117312 Moscow"):
        assert screened(FIRM + behind, kind=kind)["outcome"] in ("ask", "review")


@pytest.mark.parametrize("kind", ["vessel", "Судно", "ship"])
def test_a_ship_is_found_where_the_file_says_that_it_is_one(listed, kind):
    listed("test-ships", people={}, firms={"S.1": (("Vesna",), "asset freeze")}, kind="vessel")
    assert screened("Vesna", kind="organisation")["outcome"] == "clear"
    assert screened("Vesna", kind=kind)["outcome"] in ("ask", "review")


def test_given_name_and_patronymic_in_each_others_column(listed):
    listed()
    apart = {"surname": "Златогоров", "given": "Иннокентьевич", "patronymic": "Аркадий"}
    assert screened(**apart)["outcome"] == "review"


@pytest.mark.parametrize(
    "name", ["#REF!", "#Н/Д", "NULL", "nan", "неизвестно", "ааааа", "XXX xxx", "-", "\u202eвородиС гелО"]
)
def test_what_is_no_name_is_refused(name):
    with pytest.raises(InputError):
        asked({"name": name})


@pytest.mark.parametrize(
    "name", ["Иванов " * 40, "и к " * 70, "a/b/" * 74, "x\u0301y" * 99, "-" * 280 + "Иванов", ";" * 299 + "a"]
)
def test_hostile_names_take_no_longer_than_others(listed, name):
    import time

    listed()
    screened("Сидоров Олег")
    begun = time.perf_counter()
    screened(name[:300].strip())
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("name", ["IMO 9074729", "m/v Ocean Star IMO 9074729", "Волга-Дон 5012, ИМО 9074729"])
@pytest.mark.parametrize("kind", ["", "organisation"])
def test_a_ships_number_takes_nothing_from_what_can_be_read(listed, name, kind):
    """The number is compared, so a ship that nobody lists is clear."""
    listed("test-ships", people={}, firms={"S.1": (("Vesna",), "asset freeze")}, kind="vessel", imo="9233349")
    assert screened(name, kind=kind)["outcome"] == "clear"
    found = screened("IMO 9233349", kind=kind)
    assert found["outcome"] == "review"
    shown = [name for name, shown in zip(subjects(found, "en"), told(found), strict=True) if shown]
    assert shown == ["Payee, as a ship or an aircraft"], "once, and not as a person"


def test_of_what_looks_like_a_firm_it_is_said_that_its_owners_were_not_looked_at(listed):
    listed()
    for name in ('Фонд "Весна"', "Движение «Весна»", "Дом культуры"):
        found = screened(name)
        assert (found["outcome"], found["ownership"]) == ("clear", "unchecked")
        assert sentence(found, "en").endswith("looks like an organisation's; who owns it was not checked.")
    for name in ("Сидоров Олег", "Радость", "ИП «Сидоров О.О.»"):
        found = screened(name)
        assert (found["outcome"], found["ownership"]) == ("clear", "")
        assert "own" not in sentence(found, "en")
