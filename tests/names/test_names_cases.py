"""Names as payment orders write them: in other cases, with what stands around them."""

from __future__ import annotations

import pytest

from clarion.names import parse_person


def told(text: str) -> list[tuple[str, str]]:
    return [(part.role, part.folded) for part in parse_person(text).parts]


@pytest.mark.parametrize(
    ("text", "nominative", "sex"),
    [
        ("Путину Владимиру Владимировичу", "путин владимир владимирович", "m"),
        ("Путина Владимира Владимировича", "путин владимир владимирович", "m"),
        ("Путиным Владимиром Владимировичем", "путин владимир владимирович", "m"),
        ("Путине Владимире Владимировиче", "путин владимир владимирович", "m"),
        ("Ивану Иванову", "иван иванов", "m"),
        ("Саше Иванову", "саша иванов", ""),
        ("Толстому Льву Николаевичу", "толстой лев николаевич", "m"),
        ("Навальному Алексею Анатольевичу", "навальный алексей анатольевич", "m"),
        ("Швецу Петру Петровичу", "швец петр петрович", "m"),
        ("Кравцу Олегу", "кравец олег", "m"),
        ("Сове Илье Ильичу", "сова илья ильич", "m"),
        ("Козюру Олега", "козюра олег", "m"),
        ("Черных Павлу Ильичу", "черных павел ильич", "m"),
        ("Ли Сергею", "ли сергей", "m"),
        ("Матвиенко Валентины Ивановны", "матвиенко валентина ивановна", "f"),
        ("Петровой Анне Сергеевне", "петрова анна сергеевна", "f"),
        ("Петрову Анну Сергеевну", "петрова анна сергеевна", "f"),
        ("Тихановской Светлане Георгиевне", "тихановская светлана георгиевна", "f"),
        ("Любови Соболь", "любовь соболь", "f"),
        ("Шевченку Тарасу Григоровичу", "шевченко тарас григорович", "m"),
        ("Шевченко Олексію Івановичу", "шевченко олексій іванович", "m"),
        ("Лукашэнку Аляксандру Рыгоравічу", "лукашэнка аляксандр рыгоравіч", "m"),
        ("Ціханоўскай Святлане Георгіеўне", "ціханоўская святлана георгіеўна", "f"),
    ],
)
def test_a_name_in_another_case_is_read_in_the_nominative(text, nominative, sex):
    parsed = parse_person(text)
    assert " ".join(part.folded for part in parsed.parts) == nominative
    assert " ".join(part.text for part in parsed.parts) == text
    assert parsed.sex in ("", sex)
    assert not parsed.ambiguous


@pytest.mark.parametrize(("text", "surname"), [("Путину В.В.", "путин"), ("Ивановой А.А.", "иванова")])
def test_a_surname_beside_initials_is_turned_where_its_ending_is_no_nominative(text, surname):
    assert told(text)[0] == ("surname", surname)


@pytest.mark.parametrize(
    "text",
    [
        "Александра Иванова", "Валентина Петрова", "Иванов Ивана", "Петру Лучинский", "Петру Попеску", "Лановой В.С.",
        "Рима Акбердиновна Баталова", "Ленара Хакимовна Иванова", "Марина Иванову", "Ева Бабича", "Сергей Тен",
        "Иванова А.А.", "Ivanu Ivanovu",
    ],
)  # fmt: skip
def test_what_may_be_a_nominative_stays(text):
    assert " ".join(part.folded for part in parse_person(text).parts if part.role != "initial") in text.lower()


def test_a_surname_tells_the_case_of_a_given_name_that_no_table_has():
    assert told("Панасюкову Пантию")[0][1] == "панасюков"


def test_a_town_that_no_table_has_makes_no_surname_of_a_given_name():
    assert ("given", "сергей") in told("Шойгу Сергей, Новосибирск")


def test_a_surname_taken_for_a_dative_keeps_the_key_of_what_was_written():
    keys = {part.role: part.keys for part in parse_person("Шойгу Сергею Кужугетовичу").parts}
    assert set(keys["surname"]) & set(parse_person("Sergei SHOIGU").surname[0].keys)


def test_columns_may_be_in_another_case_or_taken_for_each_other():
    parsed = parse_person("", given="Владимиру", surname="Путину")
    assert [(part.role, part.folded) for part in parsed.parts] == [("given", "владимир"), ("surname", "путин")]
    parsed = parse_person("", given="Владимирович", patronymic="Владимир", surname="Путин")
    assert [part.role for part in parsed.parts] == ["patronymic", "given", "surname"]
    parsed = parse_person("", surname="Путин Владимир Владимирович")
    assert [part.role for part in parsed.parts] == ["surname", "given", "patronymic"]
    assert parse_person("Sergey Yurievich TEN", given="Sergey Yurievich", surname="TEN").surname[0].text == "TEN"


@pytest.mark.parametrize(
    "text",
    [
        "Шойгу Сергей, г. Москва", "Шойгу Сергей г. Москва", "Шойгу Сергей, Россия", "Шойгу Сергей Москва",
        "для Шойгу Сергей", "на имя: Шойгу Сергей", "в пользу Шойгу Сергей", "Шойгу Сергей, 21.05.1955 г.р.",
        "Шойгу Сергей 1955 г. р.", "Шойгу Сергей паспорт 4509 123456", "Шойгу Сергей, ИНН 500100732259",
        "оплата: ИП Шойгу Сергей", "г-ну Шойгу Сергей",
    ],
)  # fmt: skip
def test_what_stands_around_a_name_is_no_part_of_it(text):
    assert sorted(told(text)) == [("given", "сергей"), ("surname", "шойгу")]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Москва Иван", "surname given"), ("Сойко ИП", "surname initial initial"),
        ("Петров Г. М.", "surname initial initial"), ("Berlin, Irving", "surname given"),
        ("BEN HENI, Lased", "surname surname given"), ("TEN SERGEY", "surname given"), ("SERGEY TEN", "given surname"),
        ("LUDWIG VAN BEETHOVEN", "given particle surname"),
    ],
)  # fmt: skip
def test_a_word_is_left_out_only_where_a_name_remains(text, roles):
    assert " ".join(role for role, _ in told(text)) == roles


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Лавр0в Сергей", "лавров сергей"), ("Sh0igu Sergei", "shoigu sergei"), ("Пут1н Владимир", "путин владимир"),
        ("Pu7in Vlad1m1r", "putin vladimir"), ("Путин_Владимир", "путин владимир"),
        ("Путин😀Владимир", "путин владимир"), ("Путин\\Владимир", "путин владимир"),
        ("П у т и н В л а д и м и р", "путинвладимир"),
    ],
)  # fmt: skip
def test_figures_and_signs_between_letters(text, read):
    assert " ".join(part.folded for part in parse_person(text).parts) == read
