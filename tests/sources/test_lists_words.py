"""How printed words are read: dates and what they may mean, cells of several names, scripts, OFAC's remarks."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.sources.base import MOST_REASONS, Raw
from clarion.sources.formats.sanctions import dates, eu_cells, ofac_words
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.seco_names import Part, combined
from clarion.sources.formats.sanctions.text import main_script, scripts_of

YEAR = 2026


@pytest.mark.parametrize(("printed", "start", "end", "precision", "circa"), [
    ("14 Jun 1975", "1975-06-14", "1975-06-14", "day", False),
    ("14.6.1975", "1975-06-14", "1975-06-14", "day", False),
    ("10.8. 1960", "1960-08-10", "1960-08-10", "day", False),
    ("14/06/1975", "1975-06-14", "1975-06-14", "day", False),
    ("1975-06-14", "1975-06-14", "1975-06-14", "day", False),
    ("2015-04-07-04:00", "2015-04-07", "2015-04-07", "day", False),
    ("2 Dec. 1985", "1985-12-02", "1985-12-02", "day", False),
    ("June 14th 1975", "1975-06-14", "1975-06-14", "day", False),
    ("Feb 1976", "1976-02-01", "1976-02-29", "month", False),
    ("02/1976", "1976-02-01", "1976-02-29", "month", False),
    ("1975", "1975-01-01", "1975-12-31", "year", False),
    ("circa 1975", "1975-01-01", "1975-12-31", "year", True),
    ("Approximately 1975", "1975-01-01", "1975-12-31", "year", True),
    ("1952 (approx.)", "1952-01-01", "1952-12-31", "year", True),
    ("dd/mm/1968", "1968-01-01", "1968-12-31", "year", False),
    ("00/00/1968", "1968-01-01", "1968-12-31", "year", False),
    ("01/01/1968", "1968-01-01", "1968-12-31", "year", False),
    ("1 Jan. 1968", "1968-01-01", "1968-12-31", "year", False),
    ("Between 1975 and 1979", "1975-01-01", "1979-12-31", "range", False),
    ("1975 to 1979", "1975-01-01", "1979-12-31", "range", False),
    ("1975-1979", "1975-01-01", "1979-12-31", "range", False),
    ("Between 1956 and 1957 (Approximately)", "1956-01-01", "1957-12-31", "range", True),
    ("the 1960s", "1960-01-01", "1969-12-31", "range", False),
    ("5 Mar 1970 to 7 Apr 1971", "1970-03-05", "1971-04-07", "range", False),
    ("29.2.1960", "1960-02-29", "1960-02-29", "day", False),
    ("Between Aug. and Sep. 1977", "1977-08-01", "1977-09-30", "range", False),
    ("March/April 1965", "1965-03-01", "1965-04-30", "range", False),
    ("March or April 1965", "1965-03-01", "1965-04-30", "range", False),
    ("1960s-1970s (approx. 60 years old)", "1960-01-01", "1979-12-31", "range", True),
    ("middle of the 1940s (probably 1947)", "1940-01-01", "1949-12-31", "range", True),
    ("1964 (possibly: 21 April)", "1964-01-01", "1964-12-31", "year", True),
    ("on or around 3.4.1973", "1973-04-03", "1973-04-03", "day", True),
    ("1973 (Othman Ahmed Othman Al Omairah)", "1973-01-01", "1973-12-31", "year", False),
    ("1343 (Iranian Hijri calendar)", "1964-03-20", "1965-03-21", "range", False),
])  # fmt: skip
def test_what_a_printed_date_may_mean(printed, start, end, precision, circa):
    read = dates.read_date(printed, YEAR)
    assert (read.start, read.end, read.precision, read.circa) == (start, end, precision, circa)


@pytest.mark.parametrize(("printed", "reason"), [
    ("14.6.2068", dates.IMPOSSIBLE), ("29.2.1961", dates.IMPOSSIBLE), ("31 Apr 1970", dates.IMPOSSIBLE),
    ("13/13/1970", dates.IMPOSSIBLE), ("1402", dates.IMPOSSIBLE), ("14.6.68", dates.UNREAD), ("unknown", dates.UNREAD),
    ("Between 1979 and 1975", dates.UNREAD), ("Between Sep. and Aug. 1977", dates.UNREAD),
    ("between here and there 1977", dates.UNREAD), ("1964 (possibly 1974)", dates.UNREAD),
    ("1964 (from a false passport)", dates.UNREAD), ("24/06/1402 (Hijri Calendar)", dates.UNREAD),
    ("1402 (Hijri Calendar)", dates.UNREAD), ("1406 (Solar Hijri calendar)", dates.IMPOSSIBLE),
    ("before 1964", dates.UNREAD), ("30-35 years old", dates.UNREAD), ("10 October (year unknown)", dates.UNREAD),
    ("the 1970s-1960s", dates.IMPOSSIBLE), ("1" * 500, dates.UNREAD), ("", dates.UNREAD), ("-", dates.UNREAD),
])  # fmt: skip
def test_what_is_no_date_has_no_day_and_a_reason(printed, reason):
    read = dates.read_date(printed, YEAR)
    assert (read.start, read.end, read.reason) == ("", "", reason)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1850, 1, 1), date(2026, 12, 31)), st.sampled_from(
    ["%d %b %Y", "%d %B %Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%B %d, %Y"]))  # fmt: skip
def test_every_day_is_read_in_every_form(day, form):
    read = dates.read_date(day.strftime(form), YEAR)
    if (day.month, day.day) == (1, 1):
        assert (read.precision, read.start, read.reason) == ("year", day.isoformat(), dates.PLACEHOLDER)
    else:
        assert (read.precision, read.start, read.end) == ("day", day.isoformat(), day.isoformat())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=90))
def test_no_text_breaks_the_reading_of_dates(text):
    read = dates.read_date(text, YEAR)
    assert bool(read.start) == bool(read.end)
    if read.start:
        assert "1850-01-01" <= read.start <= read.end <= f"{YEAR}-12-31"
        assert date.fromisoformat(read.end) - date.fromisoformat(read.start) < timedelta(days=366 * 200)
    assert dates.split_dates(text)


def test_several_dates_of_one_cell():
    assert dates.split_dates("6.3.1955 or 15.3.1955") == ["6.3.1955", "15.3.1955"]
    assert dates.split_dates("(a) 11.8.1960, (b) 12.9.1961") == ["11.8.1960", "12.9.1961"]
    assert dates.split_dates("a) 1964 b) 28.8.1962") == ["1964", "28.8.1962"]
    assert dates.split_dates("1971") == ["1971"]
    assert dates.split_dates("7.8.1965 / 20.2.1972") == ["7.8.1965", "20.2.1972"]
    assert dates.split_dates("on or around 3.4.1973") == ["on or around 3.4.1973"]
    assert dates.split_dates("March or April 1965 or 1966") == ["March or April 1965", "1966"]
    assert dates.split_dates("1343 (Iranian Hijri calendar), 1964 or 1965 (Gregorian calendar)") == [
        "1343 (Iranian Hijri calendar)", "1964", "1965 (Gregorian calendar)",
    ]  # fmt: skip


def test_a_day_of_listing_on_new_years_day_is_a_day():
    assert dates.day_of("1.1.2020", YEAR) == "2020-01-01"
    assert dates.day_of("03/28/2025", YEAR, american=True) == "2025-03-28"
    assert dates.day_of("2020", YEAR) == ""


@pytest.mark.parametrize(("printed", "found"), [
    ("Sergei TESTOV (Сергей ТЕСТОВ)", [("Sergei TESTOV", ""), ("Сергей ТЕСТОВ", "script")]),
    ("Сергiй ТЕСТОВ (Serhiy TESTOV)", [("Сергiй ТЕСТОВ", ""), ("Serhiy TESTOV", "script")]),
    ("PJSC Test Bank (Moscow)", [("PJSC Test Bank (Moscow)", "")]),
    ("Ivan TESTOV Иван ТЕСТОВ", [("Ivan TESTOV", ""), ("Иван ТЕСТОВ", "script")]),
    ("OOO Тест", [("OOO Тест", "")]),
    ("Testgaz/Тестгаз", [("Testgaz", ""), ("Тестгаз", "script")]),
    ("Тест Один / Тест Другий", [("Тест Один", ""), ("Тест Другий", "script")]),
    ("ТЕСТ, ТAMБOB", [("ТЕСТ, ТAMБOB", "")]),
    ("a.k.a. Testik", [("Testik", "a.k.a.")]),
    ("Testik (formerly listed as)", [("Testik", "formerly listed as")]),
    ("Sever (original script: Север)", [("Sever", ""), ("Север", "original script")]),
    ("Anna TEST - born PROBA", [("Anna TEST", ""), ("PROBA", "born")]),
    ("Ivan TEST a.k.a. ‘Vanya’", [("Ivan TEST", ""), ("Vanya", "a.k.a.")]),
    ("Hassan (born on 14.1.1968 in Morocco)", [("Hassan (born on 14.1.1968 in Morocco)", "")]),
])  # fmt: skip
def test_names_are_parted_only_where_the_print_parts_them(printed, found):
    assert eu_cells.names(printed) == found


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abАБв ()/,;·'’.-aka. born"), max_size=60))
def test_parting_loses_no_letter_but_those_of_labels(value):
    found = eu_cells.names(value)
    kept = "".join(text for text, _ in found) + "".join(label for _, label in found if label != "script")
    assert sorted(filter(str.isalpha, kept)) == sorted(filter(str.isalpha, value))


def test_values_of_a_cell_may_hold_a_quoted_separator():
    assert eu_cells.values('"One; whole"; Two ;; Three') == ["One; whole", "Two", "Three"]
    assert eu_cells.values("") == []


@pytest.mark.parametrize(
    ("cell", "date", "behind"),
    [
        ("7.10.1952", "7.10.1952", []),
        ("7.10.1952 POB: Tver (now Russia), ex-USSR", "7.10.1952", [("Tver (now Russia), ex-USSR", "POB")]),
        (
            "20.8.1963 POB: Tver, USSR Nationality: Russian Gender: male",
            "20.8.1963",
            [("Tver, USSR", "POB"), ("Russian", "Nationality"), ("male", "Gender")],
        ),
        ("POB: Tver", "", [("Tver", "POB")]),
        ("1974 (possibly: 21 April)", "1974 (possibly: 21 April)", []),
    ],
)
def test_a_date_of_birth_is_parted_from_what_is_printed_behind_it(cell, date, behind):
    assert eu_cells.birth(cell) == (date, behind)


def test_scripts_tell_a_foreign_letter_in_a_name():
    assert scripts_of("Пушилин") == "Cyrl"
    assert scripts_of("ПУШИЛIН") == "Cyrl+Latn"
    assert main_script("ПУШИЛIН") == "Cyrl"
    assert scripts_of("1,000") == main_script("...") == ""


def gathered():
    raw = Raw(None)
    found = Gathered(raw)
    found.party("1", "person", 1)
    return found, raw


@pytest.mark.parametrize(("text", "kind", "value", "document", "country", "note"), [
    ("Passport A1 (Iran) issued 1 Jan 2001 expires 2 Feb 2011", "document", "A1", "Passport", "Iran",
     "issued 1 Jan 2001 expires 2 Feb 2011"),
    ("alt. National ID No. 12-3 (Congo, Democratic Republic of the)", "document", "12-3", "National ID No.",
     "Congo, Democratic Republic of the", None),
    ("Tax ID No. AABA 670850 Y", "tax_number", "AABA 670850 Y", "Tax ID No.", None, None),
    ("Digital Currency Address - XBT 1abc", "account", "1abc", "Digital Currency Address - XBT", None, None),
    ("Listing Date (CMIC): 3 Jun 2021", "measure", "3 Jun 2021", "Listing Date (CMIC)", None, None),
    ("Executive Order 13662 Directive Determination - Subject to Directive 2", "measure", "Subject to Directive 2",
     "Executive Order 13662 Directive Determination", None, None),
    ("(Linked To: TEST, LLC)", "linked_to", "TEST, LLC", None, None, None),
    ("alt. nationality Korea, North", "nationality", "Korea, North", None, "Korea, North", None),
    ("Minister of Tests", "remark", "Minister of Tests", None, None, None),
])  # fmt: skip
def test_remarks_of_the_treasury(text, kind, value, document, country, note):
    found, _ = gathered()
    ofac_words.remark(found, "1", text, 1)
    row = found.frames()["listed_facts"].row(0, named=True)
    assert (row["kind"], row["value"], row["document"], row["country"], row["note"]) == (
        kind, value, document, country, note
    )  # fmt: skip


def test_a_quoted_name_may_hold_a_semicolon():
    assert ofac_words.split_remarks("DOB 1970; a.k.a. 'A; B'; note.") == ["DOB 1970", "a.k.a. 'A; B'", "note"]


def test_spellings_beyond_measure_do_not_multiply():
    many = [Part("given-name", [(f"Имя{'а' * n}", "") for n in range(100)]) for _ in range(3)]
    assert 100 < len(list(combined(many))) <= 300
    assert len(list(combined([Part("given-name", [("A", ""), ("B", "")])] * 5_000))) == 1


def test_a_hundred_thousand_twins_and_strange_elements_are_counted_in_good_time():
    found, raw = gathered()
    began = time.process_time()
    for n in range(100_000):
        found.party("1", "person", n + 2)
        found.unread("1", f"element{n}", "x", n + 2)
    assert time.process_time() - began < 20
    assert found.frames()["listed_parties"]["entry"].n_unique() == 100_001
    assert len(raw.counts) <= MOST_REASONS + 1
    assert raw.counts["further reasons"] > 90_000
