"""The table of exemptions: every row reads, a bad one is told, what ended or misleads is never offered."""

import csv
import io
import re
from datetime import date
from itertools import product
from urllib.parse import urlsplit

import pytest

from clarion.errors import InputError
from clarion.screening.engine.exemptions import (
    COLUMNS,
    PURPOSES,
    Entry,
    State,
    Table,
    jurisdiction_of,
    match,
    read,
    written,
)  # fmt: skip
from clarion.screening.service.exemptions import shipped

TODAY = date(2026, 11, 27)
TABLE = Table.of(shipped(), (), TODAY)
# Listings as the readers of lists print them: list, programmes, measures.
LISTINGS = {
    "US": [
        ("ofac-sdn", ["RUSSIA-EO14024"], []), ("ofac-sdn", ["UKRAINE-EO13685"], []), ("ofac-sdn", ["GLOMAG"], []),
        ("ofac-consolidated", ["UKRAINE-EO13662", "RUSSIA-EO14024"], ["Executive Order 13662 Directive 1"]),
    ],
    "EU": [
        ("eu-fsf", ["UKR"], []), ("eu-journal-32014r0269", ["EU-UKR"], ["Asset freeze"]),
        ("eu-journal-32024r1485", ["EU-RUSX"], ["Asset freeze"]), ("eu-fsf", ["HR"], []), ("eu-fsf", ["RUSDA"], []),
        ("eu-journal-32014r0833", ["EU-RUS"], ["Export control"]), ("eu-fsf", ["TAQA"], []),
    ],
    "UK": [
        ("uk-sanctions-list", ["The Russia (Sanctions) (EU Exit) Regulations 2019"], ["Asset freeze", "Travel Ban"]),
        ("uk-conlist", ["Belarus"], []), ("uk-conlist", ["Democratic People's Republic of Korea"], []),
    ],
    "UN": [("un-consolidated", ["Al-Qaida"], []), ("un-consolidated", ["Taliban"], [])],
    "CH": [("ch-seco", ["Ukraine: Ordinance of 4 March 2022"], []), ("ch-seco", ["Taliban: Ordinance"], [])],
    "CA": [("ca-sema", ["Russia / Schedule 1 SOR/2014-58"], ["Asset freeze"])],
    "AU": [("au-dfat", ["Autonomous (Russia)"], ["Targeted financial sanction: asset freeze", "Travel ban"])],
    "NO": [("no-list", ["Russia"], ["asset freeze"]), ("no-list", ["Global human rights"], ["asset freeze"])],
    "LI": [("li-list", ["Ukraine"], ["asset freeze"])],
}  # fmt: skip


def ids(fits):
    return [fit.entry.id for fit in fits]


def found(source, programmes, measures=(), purpose=""):
    return match(TABLE, source, programmes, measures, purpose)


def test_all_rows_load_and_none_was_reviewed():
    assert len(TABLE.entries) == 84
    assert not any(one.reviewed_by for one in TABLE.entries)
    assert sum(one.to_verify for one in TABLE.entries) == 70
    assert all(one.fresh(TODAY) for one in TABLE.entries)
    assert not any(one.fresh(date(2026, 12, 23)) for one in TABLE.entries)


def test_what_is_written_reads_again():
    assert tuple(read(written(shipped()), "x")) == shipped()


# Whose addresses the rows that ship may lead to: authorities, publishers of law, and those who wrote about it.
HOSTS = {
    "ofac.treasury.gov", "eur-lex.europa.eu", "legislation.gov.uk", "laws.justice.gc.ca", "laws-lois.justice.gc.ca",
    "canadagazetteducanada.gc.ca", "dfat.gov.au", "www.dfat.gov.au", "www.eda.admin.ch", "www.news.admin.ch",
    "cms12.regjeringen.no", "regulations.justia.com", "sanctions.kse.ua", "www.thompsonhinesmartrade.com",
    "lockelord.com", "complianceconcourse.willkie.com", "www.gherson.com", "exsusglobal.com", "worldecr.com",
    "www.financialinstitutionsnews.com", "www.ethics-compliance.ch", "mrwatchlist.com", "lexcovery.com", "gnews.cz",
    "charityandsecurity.org", "www.bond.org.uk", "en.interfax.com.ua",
}  # fmt: skip
# What stands in the table of those who made it, not in the law.
NOTES = re.compile(
    r"to (?:be )?(?:read|check|verif)|\bcheck\b|confirm|stored|cop(?:y|ies)\b|not (?:read|seen|found|kept|named)"
    r"|undated|secondary|recalled|unknown|may exist|is likely|to be |TRAP|COLLISION|github|\.md\b|source code"
    r"|string search|number to|text seen|last letter|shown for|^expired|replaced by|treat as",
    re.IGNORECASE,
)
WORDS_OF = {
    "ngo_payment": r"NGO|charit", "medical": r"medic|health", "food": r"food", "evacuation": r"evacuat",
    "media": r"media|news|journalis", "civil_society": r"civil.society|human rights", "education": r"educat|tuition",
    "personal_remittance": r"remittance|famil", "legal_fees": r"legal|lawyer", "telecom": r"telecom|software",
}  # fmt: skip


def test_what_a_letter_cites_holds_no_note_of_ours():
    for one in TABLE.entries:
        cited = (one.instrument, one.article, one.regime, one.permits, one.who, one.conditions, one.source, one.url)
        found = [text for text in cited if NOTES.search(text)]
        assert found == [] or TABLE.state(one) is not State.OPEN, (one.id, found)


def test_no_number_is_cited_that_is_to_be_checked():
    unsure = [
        one for one in TABLE.entries if re.search(r"(?:article|section) number|article to read", one.cautions, re.I)
    ]
    assert {one.id for one in unsure} >= {
        "US-002",
        "EU-005",
        "EU-024",
        "EU-025",
        "EU-027",
        "CH-002",
        "CA-005",
        "LI-001",
    }
    for one in unsure:  # 5b is the rule that is departed from
        assert not re.search(r"\d", one.article.replace("Article 5b", "")), (one.id, one.article)


def test_links_of_ours_lead_to_whom_we_know():
    assert {urlsplit(one.url).hostname for one in TABLE.entries if one.url} == HOSTS


def test_no_row_is_for_what_its_conditions_take_out():
    found = {
        (one.id, purpose) for one in TABLE.entries for purpose in one.purposes
        for clause in one.conditions.split(";")
        if re.search(r"\b(?:not?|never|except|excluded)\b", clause, re.I) and re.search(WORDS_OF[purpose], clause, re.I)
    }  # fmt: skip
    # Listed state media are out, journalism is not.
    assert found == {("US-006", "media"), ("US-007", "media")}
    assert "EU-026" not in ids(found_for("medical"))


def found_for(purpose):
    return match(TABLE, "eu-fsf", ["UKR"], (), purpose).rules


def test_a_table_of_before_the_cautions_is_read():
    rows = list(csv.DictReader(io.StringIO(row())))
    out = io.StringIO()
    names = [name for name in COLUMNS if name != "cautions"]
    old = csv.DictWriter(out, names, extrasaction="ignore")
    old.writeheader()
    old.writerows(rows)
    (mine,) = read(out.getvalue(), "own.csv", own=True, today=TODAY)
    assert mine.cautions == ""
    assert mine.conditions == rows[0]["conditions"]


def test_every_row_is_reached_by_a_listing_of_its_own_authority_or_never_offered():
    reached = set()
    for where, listings in LISTINGS.items():
        for one in listings:
            here = found(*one)
            assert here.jurisdiction == where
            for group in (here.open, here.unread, here.ended, here.later, here.rules, here.guidance):
                assert {fit.entry.jurisdiction for fit in group} <= {where}
                reached |= set(ids(group))
    assert {one.id for one in TABLE.entries} - reached == {"US-008"}


def test_a_trap_is_never_offered():
    trap = TABLE.find("US-008")
    assert TABLE.state(trap) is State.TRAP
    lied = Entry(**{name: getattr(trap, name) for name in trap.__slots__} | {
        "purposes": PURPOSES, "valid_until": None, "programmes": ("*",), "measures": ("asset_freeze",)})  # fmt: skip
    table = Table.of(shipped(), [lied], TODAY)
    for (source, programmes, measures), purpose in product(LISTINGS["US"], ("", *PURPOSES)):
        here = match(table, source, programmes, measures, purpose)
        assert "US-008" not in ids((*here.open, *here.unread, *here.ended, *here.later, *here.rules, *here.guidance))


@pytest.mark.parametrize(("name", "by"), [
    ("UK-005", ""), ("UK-012", ""), ("US-009", ""), ("US-004", "US-005"), ("US-006", "US-007"), ("UK-007", "UK-008"),
])  # fmt: skip
def test_what_ended_or_was_replaced_is_shown_as_ended(name, by):
    assert TABLE.state(TABLE.find(name)) is State.ENDED
    assert TABLE.replaced.get(name, "") == by
    for listings in LISTINGS.values():
        assert not any(name in ids(found(*one).open) for one in listings)


def test_a_letter_that_nobody_read_replaces_nothing_and_is_not_offered():
    here = found("ofac-consolidated", ["RUSSIA-EO14024"])
    assert "US-010" in ids(here.unread)
    assert "US-010" not in ids(here.open)
    assert "US-009" not in TABLE.replaced


def test_an_exemption_of_one_authority_never_fits_a_listing_of_another():
    assert "UN-001" not in ids(found("eu-fsf", ["UKR"]).open)
    assert ids(found("un-consolidated", ["DPRK"]).open) == ["UN-001"]
    assert "EU-032" not in ids(found("eu-fsf", ["UKR"]).open)
    assert "EU-032" in ids(found("eu-fsf", ["TAQA"]).open)


def test_a_licence_fits_its_own_programme_alone():
    russia, magnitsky = found("ofac-sdn", ["RUSSIA-EO14024"]), found("ofac-sdn", ["GLOMAG"])
    assert "US-003b" in ids(russia.open)
    assert "US-013" not in ids(russia.open)
    assert "US-013" in ids(magnitsky.open)
    assert "US-003b" not in ids(magnitsky.open)
    crimea = found("ofac-sdn", ["UKRAINE-EO13685"])
    assert ids(crimea.open) == ["US-011"]


def test_an_act_is_known_by_its_number_and_not_by_a_code_that_two_share():
    assert "EU-001" in ids(found("eu-journal-32014r0269", ["EU-UKR"], ["Asset freeze"]).open)
    assert not found("eu-journal-32014r0208", ["EU-UKR"], ["Asset freeze"]).open


def test_the_purpose_narrows():
    whole, media = found("ofac-sdn", ["RUSSIA-EO14024"]), found("ofac-sdn", ["RUSSIA-EO14024"], purpose="media")
    assert ids(media.open) == ["US-003b", "US-007"]
    assert set(ids(media.open)) < set(ids(whole.open))
    assert ids(media.guidance) == ["US-016"]
    assert ids(found("eu-fsf", ["UKR"], purpose="legal_fees").open) == ["EU-004"]
    assert not found("eu-fsf", ["UKR"], purpose="media").open


def test_a_travel_ban_alone_needs_no_exemption_to_pay():
    here = found("uk-sanctions-list", ["The Russia (Sanctions) (EU Exit) Regulations 2019"], ["Travel Ban"])
    assert here.travel_only
    assert not here.open
    assert ids(found("au-dfat", ["Autonomous (Russia)"], ["Travel ban"], "medical").open) == ["AU-003"]


def test_goods_are_told_from_a_freeze():
    here = found("eu-journal-32014r0833", ["EU-RUS"], ["Export control"], "media")
    assert ids(here.open) == ["EU-020c", "EU-020e"]
    assert not found("eu-journal-32014r0269", ["EU-UKR"], ["Asset freeze"], "telecom").open


def test_a_list_of_nobody_known_gets_nothing():
    here = found("test-x", ["RUSSIA-EO14024"])
    assert (here.jurisdiction, here.open, here.rules, here.guidance) == ("", (), (), ())
    assert jurisdiction_of("ofacx-sdn") == ""


def row(**changes):
    head, first, *_ = written(shipped()).splitlines()
    values = dict(zip(COLUMNS, next(csv.reader([first])), strict=True)) | changes
    out = io.StringIO()
    csv.writer(out).writerow(values.values())
    return head + "\n" + out.getvalue()


@pytest.mark.parametrize(("column", "value"), [
    ("id", ""), ("id", "US 1"), ("id", "x" * 31), ("jurisdiction", "USSR"), ("measures", "freeze"), ("measures", ""),
    ("permission", "yes"), ("standing", "usable"), ("valid_from", "2021"), ("valid_from", "2021-02-30"),
    ("valid_until", "2020-01-01"), ("relevant_to", "food|gold"), ("relevant_to", ""), ("checked_on", ""),
    ("checked_on", "2027-01-01"), ("needs_verification", "no"), ("reviewed_by", "A. Lawyer"),
    ("reviewed_on", "2026-11-01"), ("source_url", "javascript:alert(1)"), ("what_it_permits", ""),
    ("source_url", "http://ofac.treasury.gov/faqs/979"), ("source_url", "https://en.wikisource.org./wiki/Act"),
    ("source_url", "https://192.0.2.7/act"), ("source_url", "https://[2001:db8::7]/act"),
    ("source_url", "https://0x7f000001/act"), ("source_url", "https://localhost/act"),
    ("source_url", "https://ofac.treasury.gov@example.org/"), ("source_url", "https://ofac.treasury.gov:8443/faqs"),
    ("source_url", "https://ofac.treasury.gov\\example.org/"),
    ("conditions", "x" * 2001), ("conditions", "a\u202eb"), ("cautions", "x" * 2001), ("cautions", "a\u202eb"),
])  # fmt: skip
def test_a_bad_value_is_told_with_its_line_and_column(column, value):
    with pytest.raises(InputError) as told:
        read(row(**{column: value}), "own.csv", today=TODAY)
    assert told.value.where == "own.csv, line 2"
    assert column in told.value.what or column == "reviewed_by"


@pytest.mark.parametrize("text", [
    "", "id,authority\n", row() + row().partition("\n")[2], row() + "a,b\n", row() + '"x\n', "\x00", row()[:-300],
])  # fmt: skip
def test_a_broken_table_is_told(text):
    with pytest.raises(InputError):
        read(text, "own.csv")


def test_a_lawyers_own_row_takes_the_place_of_ours():
    text = row(reviewed_by="A. Lawyer", reviewed_on="2026-11-20", checked_on="2026-11-20", valid_until="2026-11-26")
    table = Table.of(shipped(), read(text, "own.csv", own=True, today=TODAY), TODAY)
    mine = table.find("us-001")
    assert (mine.own, mine.reviewed_by, len(table.entries)) == (True, "A. Lawyer", 84)
    assert table.state(mine) is State.ENDED
