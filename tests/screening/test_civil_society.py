"""Organisations that no list names, with the words and towns that those on the lists have: none is to be held up."""

import pytest
from listed import act

from clarion.screening.engine.decide import CLEAR
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import ORGANISATION, ListedName, Party, Payee

UNLISTED = (
    """
Новая газета|Телеканал Дождь|ОВД-Инфо|Правозащитный центр «Мемориал»|Комитет «Гражданское содействие»
Комитет против пыток|АНО «Левада-Центр»|Благотворительный фонд «Подари жизнь»|Благотворительный фонд «Вера»
Московская Хельсинкская группа|Движение в защиту прав избирателей «Голос»|Союз комитетов солдатских матерей России
Сахаровский центр|ООО «Медиазона»|Экологическая вахта Сахалина|Гринпис России|Институт прав человека
Центр «Насилию.нет»|Общественный вердикт|Правовая инициатива|Антивоенный комитет России|Фонд «Свободная Россия»
Новосибирский государственный университет|Рязанский государственный медицинский университет
Казанский театр юного зрителя|ООО «Саратовский мясокомбинат»|Вологодский молочный комбинат|ООО «Тульский пряник»
АО «Рязанский хлебозавод»|Арзамасский хлебокомбинат|Калужский дом музыки|ООО «Авангард Плюс»|Кофейня «Вега»
Детский центр «Звёздочка»|Ресторан «Молот»|ООО «Нижегородский завод пластиковых окон»|ООО «Прогресс-Строй»
Объединённая гражданская партия|Центр информации и защиты|Агентство социальной информации|Служба помощи беженцам
Благотворительный фонд помощи детям «Полёт»|ЗАО «Московский завод сыров»|Союз художников Крыма
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.fixture(scope="module")
def screen(evaluation_data, tmp_path_factory):
    home = tmp_path_factory.mktemp("lists")
    acts = ("32014R0269", "32014R0833")
    return Screen([one for celex in acts for one in act(evaluation_data, home, celex) if one.kind == ORGANISATION])


def test_none_of_them_is_held_up(screen):
    answers = screen.check_all([Payee(name, ORGANISATION) for name in UNLISTED])
    assert [name for name, one in zip(UNLISTED, answers, strict=True) if one.outcome != CLEAR] == []


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("АО «Арзамасский машиностроительный завод»", "Arzamas Machine-Building Plant"),
        ("АО «ОКБ «Аэрокосмические Системы»", "Aerospace Systems Design Bureau"),
        ("АО «Новосибирский приборостроительный завод»", "Novosibirsk Instrument Making Plant"),
        ("ФГУП «Крыловский Государственный Научный Центр»", "Krylov State Scientific Centre"),
    ],
)
def test_a_plant_is_found_in_its_english_name(name, listed):
    alone = Screen([Party("test", "1", ORGANISATION, (ListedName(listed),))])
    assert alone.check(Payee(name, ORGANISATION)).outcome != CLEAR
