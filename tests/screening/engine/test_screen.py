"""Who is found, who is cleared, and that the evidence adds up. Everybody here is invented."""

import pytest

from clarion.screening.engine.births import Birth
from clarion.screening.engine.decide import ASK, CLEAR, REVIEW
from clarion.screening.engine.evidence import probability
from clarion.screening.engine.identifiers import Identifier
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import ORGANISATION, PERSON, ListedName, Party, Payee


def party(entry, *names, kind="person", births=(), **more):
    listed = tuple(one if isinstance(one, ListedName) else ListedName(one) for one in names)
    return Party("test", entry, kind, listed, births=tuple(births), **more)


PARTIES = [
    party("ivanov", "Ivan Petrovich IVANOV", births=[Birth(1961, 5, 17)], sex="male"),
    party("soiko", "Valery Viktorovich SOIKO", births=[Birth(1958, 2, 3)], sex="male"),
    party("lisovsky", "Sergey Fyodorovich LISSOVSKI", births=[Birth(1960, 4, 25)], sex="male"),
    party("weak", "Mikhail Andreevich BELOUSOV", ListedName("Krot", weak=True), births=[Birth(1970)]),
    party("hryhorii", "Hryhorii Oleksandrovych SHCHERBYNA", births=[Birth(1975, 1, 1)]),
    party("bank", "Joint Stock Company Vostokinvestbank", kind=ORGANISATION,
          identifiers=(Identifier("inn", "7707083893"),)),
    party("plant", "29th Aircraft Repair Plant", kind=ORGANISATION),
]  # fmt: skip


@pytest.fixture(scope="module")
def screen():
    return Screen(PARTIES)


def hit(answer, entry):
    return next((one for one in answer.hits if one.party.entry == entry), None)


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Иванов Иван", "ivanov"), ("Иван Петрович Иванов", "ivanov"), ("ИВАНОВ И.П.", "ivanov"),
        ("Ivan Ivanov", "ivanov"),
        ("Iwan Petrowitsch Iwanow", "ivanov"), ("Сойко В.В.", "soiko"), ("Сойко ВВ", "soiko"), ("В. В. Сойко", "soiko"),
        ("Soyko Valeriy", "soiko"), ("СOЙКО Валерий Викторович", "soiko"), ("ЛИСОВСКИЙ Сергей Федорович", "lisovsky"),
        ("Григорий Щербина", "hryhorii"), ("Щербина Григорий Александрович", "hryhorii"),
    ],
)  # fmt: skip
def test_the_listed_person_is_found_however_the_name_is_spelled(screen, name, entry):
    answer = screen.check(Payee(name))
    assert hit(answer, entry), name
    assert answer.outcome in (ASK, REVIEW)


def test_a_namesake_is_asked_for_one_datum_which_clears_or_confirms(screen):
    asked = screen.check(Payee("Иван Иванов"))
    assert (asked.outcome, asked.settles) == (ASK, "patronymic")
    assert screen.check(Payee("Иван Иванов", birth=Birth(1991))).outcome == CLEAR
    assert screen.check(Payee("Иван Сергеевич Иванов")).outcome == CLEAR
    assert screen.check(Payee("Иван Иванов", birth=Birth(1961))).outcome == REVIEW
    assert screen.check(Payee("Иван Петрович Иванов")).outcome == REVIEW
    assert screen.check(Payee("Мария Иванова")).outcome == CLEAR


def test_missing_data_count_nothing(screen):
    bare, more = screen.check(Payee("Soyko Valeriy")), screen.check(Payee("Soyko Valeriy", nationalities=("RUS",)))
    assert bare == more


@pytest.mark.parametrize(
    "name", ["Сойко В.В.", "Иван Иванов", "Иван Петрович Иванов", "Мария Сойко", "Vostokinvestbank"]
)
@pytest.mark.parametrize("birth", [None, Birth(1961), Birth(1990, 1, 2)])
def test_the_ledger_sums_to_the_score(screen, name, birth):
    for kind in ("person", ORGANISATION):
        for one in screen.check(Payee(name, kind=kind, birth=birth)).hits:
            assert one.score == sum(item.weight for item in one.items)
            assert one.probability == probability(one.score, screen.policy.prior, one.party.kind)


def test_a_weak_alias_never_hits_alone(screen):
    assert screen.check(Payee("Иван Крот")).outcome == CLEAR
    assert hit(screen.check(Payee("Белоусов Михаил")), "weak")


def test_organisations_by_rare_words_numbers_and_registers(screen):
    found = screen.check(Payee("АО Востокинвестбанк", kind=ORGANISATION))
    assert hit(found, "bank")
    assert found.unchecked == ("owners",)
    assert hit(screen.check(Payee("Aircraft Repair Plant 29", kind=ORGANISATION)), "plant")
    assert not hit(screen.check(Payee("30th Aircraft Repair Plant", kind=ORGANISATION)), "plant")
    by_number = screen.check(Payee("Something Else", kind=ORGANISATION, identifiers=(Identifier("inn", "7707083893"),)))
    assert by_number.outcome == REVIEW


def test_many_are_answered_as_one_by_one(screen):
    payees = [Payee(name) for name in ("Сойко В.В.", "Иван Иванов", "Никто Никак", "", "-", "Ivanov")] * 3
    assert screen.check_all(payees) == [screen.check(payee) for payee in payees]


@pytest.mark.parametrize(
    "name", ["", " ", "и" * 10_000, "А. " * 3_000, "\x00", "И" + "\u0301" * 500, "()" * 500, "1234"]
)
def test_hostile_names_are_answered(screen, name):
    for kind in ("person", ORGANISATION):
        assert screen.check(Payee(name, kind=kind)).outcome == CLEAR


def test_nobody_is_listed():
    assert Screen([]).check(Payee("Иван Иванов")).outcome == CLEAR


BELARUSIAN = [
    ("Уладзімір Іванавіч НАВУМАЎ", "Vladimir Ivanovich NAUMOV"),
    ("Katsiaryna Mikalaeuna SIARODA", "Екатерина Николаевна СЕРЕДА"),
    ("Мікалай Мікалаевіч ЯРОМЕНКА", "Nikolai Nikolaevich YEREMENKO"),
    ("Volha Aliaksandrauna CHAMADANAVA", "Ольга Александровна ЧЕМОДАНОВА"),
    ("Микола Олексійович ПАСІЧНИК", "Nikolai Alekseevich PASECHNIK"),
]


@pytest.mark.parametrize(("one", "other"), BELARUSIAN)
def test_surnames_translated_between_sister_languages_are_found(one, other):
    for listed, asked in ((one, other), (other, one)):
        given, _, surname = asked.split()
        for name in (asked, f"{surname} {given}"):
            assert Screen([party("it", listed)]).check(Payee(name)).outcome in (ASK, REVIEW), name


def test_two_russian_surnames_are_not_kin():
    assert Screen([party("it", "Пётр Иванович ВЕРЕТЕНОВ")]).check(Payee("Пётр Варатанов")).outcome == CLEAR


@pytest.mark.parametrize("name", ["ИванПетрович Лисовский", "иванпетровичлисовский", "Ив ан Пет рович ЛИС ОВСКИЙ",
                                  "LISOVSKY IvanPetrovich"])  # fmt: skip
def test_a_name_run_together_or_broken_apart_is_found(name):
    answer = Screen([party("it", "Ivan Petrovich LISOVSKIY")]).check(Payee(name))
    assert answer.outcome == REVIEW
    assert sum(item.weight for item in answer.hits[0].items) == answer.hits[0].score


def test_a_run_together_name_of_somebody_else_is_clear():
    assert Screen([party("it", "Ivan Petrovich LISOVSKIY")]).check(Payee("иванпетровичлесников")).outcome == CLEAR


def test_an_initial_behind_a_given_name_is_the_fathers():
    screen = Screen([party("it", "Dmitry A. PUMPURSKY")])
    assert screen.check(Payee("Алексей Пумпурский")).outcome == CLEAR
    assert screen.check(Payee("Дмитрий Пумпурский")).outcome in (ASK, REVIEW)
    assert screen.check(Payee("Пумпурский Д.А.")).outcome in (ASK, REVIEW)
    assert screen.check(Payee("Дмитрий Петрович Пумпурский")).outcome == CLEAR


def test_a_common_surname_is_no_slip_of_a_rare_one():
    screen = Screen([party("it", "Oleg Leonidovich VOINOV")])
    assert screen.check(Payee("Олег Иванов")).outcome == CLEAR
    assert screen.check(Payee("Олег Леонидович Воинав")).outcome in (ASK, REVIEW)


def test_two_capitals_beside_a_given_name_are_a_surname():
    screen = Screen([party("it", "Sofia LI")])
    assert screen.check(Payee("Софья ЛИ")).outcome in (ASK, REVIEW)


def test_slips_are_found_as_comparing_every_pair_finds_them():
    """Against brute force; keys over the longest are compared with one slip."""
    import random

    from rapidfuzz.distance import OSA

    from clarion.screening.engine.slips import LONGEST_FAR, SHORTEST_FAR, SHORTEST_NEAR, Slips

    drawn = random.Random(3)
    keys = ["".join(drawn.choices("abcd", k=drawn.choice((3, 4, 5, 7, 8, 9, 12)))) for _ in range(400)]
    keys = list(
        dict.fromkeys([*keys, *(key[:2] + key[3:] for key in keys), "x" * LONGEST_FAR, "x" * LONGEST_FAR + "yz"])
    )
    slips = Slips(keys)
    for key in keys:
        expected = set()
        for other in keys:
            apart = OSA.distance(key, other)
            long = min(len(key), len(other)) >= SHORTEST_FAR and max(len(key), len(other)) <= LONGEST_FAR
            if min(len(key), len(other)) >= SHORTEST_NEAR and (apart == 1 or (apart == 2 and long)):
                expected.add((other, apart))
        assert {(other, {5: 1, 6: 2}[level]) for other, level in slips.near(key)} == expected, key


FIRMS = [
    party("nova", "Nova Energo", kind=ORGANISATION),
    party("tv", "АНО ‘ТВ-ракурс’", "TV Region International", kind=ORGANISATION),
    party("hare", "Russian community ‘Zayats’", kind=ORGANISATION),
    party("short", "Thya", "Sino Star", kind=ORGANISATION),
    party("law", "‘Фонд поддержки и защиты прав потомков, живущих в горах’", kind=ORGANISATION),
    party("copters", "AO Дирижабли России", kind=ORGANISATION),
    party("zarya", "Акционерное Общество «Заря Приборы» (АО «Зарпри»)", kind=ORGANISATION),
    party("alliance", "Alliance", kind=ORGANISATION),
]


UNLISTED = [
    "Новая газета севера", "TV Drizzle", "Центр защиты прав журналистов", "Sina Bank", "Choose to Help",
    "Russian Community Centre Batumi", "NPC Alliance Sirius",
]  # fmt: skip


@pytest.mark.parametrize("name", UNLISTED)
def test_civil_society_is_not_held_up_for_common_and_short_words(name):
    assert Screen(FIRMS).check(Payee(name, kind=ORGANISATION)).outcome == CLEAR


@pytest.mark.parametrize(
    ("name", "entry"),
    [("Russian Airships", ""), ("Дирижабли России", "copters"), ("Dirizhabli Rossii", "copters"),
     ("Zarya Pribory", "zarya"), ("Alliance LLC", "alliance"), ("Nova Energo", "nova")],
)  # fmt: skip
def test_listed_organisations_are_found_by_name_and_by_what_stands_in_brackets(name, entry):
    found = hit(Screen(FIRMS).check(Payee(name, kind=ORGANISATION)), entry)
    assert (found is not None) == bool(entry), name


def test_a_listed_single_word_needs_a_day_or_a_number():
    """A given name and a year are those of thousands; who is asked about by that word alone is told."""
    screen = Screen(
        [party("one", "Shamsuddin", births=[Birth(1970, 3, 4)]), party("year", "Zakirulla", births=[Birth(1970)])]
    )
    assert screen.check(Payee("Шамсуддин Магомедов", birth=Birth(1970))).outcome == CLEAR
    assert screen.check(Payee("Закирулла Ахмедович Алиев", birth=Birth(1970, 5, 6))).outcome == CLEAR
    assert screen.check(Payee("Шамсуддин Магомедов", birth=Birth(1970, 3, 4))).outcome == REVIEW
    assert screen.check(Payee("Шамсуддин", birth=Birth(1970))).outcome in (ASK, REVIEW)
    assert screen.check(Payee("Закирулла")).outcome in (ASK, REVIEW)


def test_a_short_half_of_a_double_name_is_no_hit():
    screen = Screen([party("one", "IM Song-Sun")])
    assert screen.check(Payee("Маматов Суйун Уланбекович", birth=Birth(1968, 8, 20))).outcome == CLEAR
    assert screen.check(Payee("IM Song-Sun")).outcome in (ASK, REVIEW)


def test_the_probability_of_a_score_grows_with_it_and_with_the_prior():
    for kind in (PERSON, ORGANISATION):
        told = [probability(score, -24.0, kind) for score in range(-40_000, 100_000, 1_000)]
        assert told == sorted(told)
        assert 0.0 <= told[0] < 1e-9
        assert told[-1] == 1.0
        assert probability(20_000, -22.0, kind) > probability(20_000, -24.0, kind)


def test_a_short_list_makes_no_name_common():
    brothers = Screen([party("one", "Arkady Innokentyevich ZLATOGOROV"), party("two", "Arkady Petrovich ZLATOGOROV")])
    assert brothers.check(Payee("Аркадий Златогоров")).outcome != CLEAR


def test_who_is_meant_stands_before_a_namesake_of_whom_nothing_can_be_asked():
    """A list that says nothing of a namesake leaves nothing to ask, so that one is reviewed; he is not the likelier."""
    namesake = party("other", "KIM Tong Un")
    answer = Screen([namesake, party("meant", "KIM Jong Un", births=[Birth(1984, 1, 8)])]).check(Payee("Kim Jong Un"))
    assert [(one.party.entry, one.outcome) for one in answer.hits] == [("meant", ASK), ("other", REVIEW)]
    assert answer.outcome == REVIEW


def test_another_given_name_is_a_conflict_where_the_other_side_took_the_word_for_a_surname():
    found = hit(Screen([party("other", "KIM Yong Bok")]).check(Payee("Kim Jong Un")), "other")
    assert found.items[-1].finding == "differs"
    assert found.items[-1].weight < -8000


def test_one_rare_word_that_is_the_whole_name_tells_more_than_the_same_word_of_a_longer_one():
    parties = [party("whole", "Vostokinvest", kind=ORGANISATION),
               party("longer", "Vostokinvest Drilling", kind=ORGANISATION)]  # fmt: skip
    answer = Screen(parties).check(Payee("Востокинвест", ORGANISATION))
    assert answer.hits[0].party.entry == "whole"
    assert answer.hits[0].items[-1].item == "whole name"
    near = Screen(parties[:1]).check(Payee("Восторинвест", ORGANISATION))
    assert all(item.item != "whole name" for one in (*near.hits, near.nearest) if one for item in one.items)


def test_a_middle_name_and_a_second_surname_that_are_left_out_by_turns_are_no_other_name():
    found = hit(Screen([party("other", "Aurelio ZARZOSA QUIROGA")]).check(Payee("Aurelio Carlos Zarzosa")), "other")
    assert found is not None
    assert found.items[-1].weight > -5000  # what is left out by either, and not the weight of another given name


def test_of_measures_against_one_body_the_freeze_stands_first():
    """A bank under limits on lending, of which the list gives no number, hid its freeze behind them."""
    name, number = "Vostokinvestbank", (Identifier("inn", "7707083893"),)
    parties = [party("lending", name, kind=ORGANISATION, measures=("Financial restrictions",)),
               party("freeze", name, kind=ORGANISATION, measures=("Asset freeze",), identifiers=number)]  # fmt: skip
    answer = Screen(parties).check(Payee("Востокинвестбанк", ORGANISATION))
    assert [one.party.entry for one in answer.hits] == ["freeze", "lending"]
    assert answer.outcome == REVIEW
