"""Every form of every list, on small files with invented people: what is read, and the traps of each."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import list_files as files
import polars as pl
import pytest

from clarion.errors import SourceError
from clarion.sources import catalogue
from clarion.sources.base import Raw
from clarion.tables import table
from clarion.tables.check import check

FORMS = {
    "ofac csv": ("ofac-sdn", files.ofac_folder),
    "ofac zip": ("ofac-sdn", files.ofac_zip),
    "ofac xml": ("ofac-sdn", lambda f: files.write(f, "SDN.XML", files.OFAC_XML)),
    "ofac advanced": ("ofac-sdn", lambda f: files.write(f, "SDN_ADVANCED.XML", files.ADVANCED)),
    "fsf xml": ("eu-fsf", lambda f: files.write(f, "fsf.xml", files.FSF_XML)),
    "fsf csv": ("eu-fsf", lambda f: files.write(f, "fsf.csv", files.FSF_CSV)),
    "journal": ("eu-journal", lambda f: files.write(f, "32099R0001.csv", files.journal())),
    "uk csv": ("uk-sanctions-list", lambda f: files.write(f, "uk.csv", files.UK_CSV)),
    "uk xml": ("uk-sanctions-list", lambda f: files.write(f, "uk.xml", files.UK_XML)),
    "conlist csv": ("uk-conlist", lambda f: files.write(f, "ConList.csv", files.CONLIST_CSV)),
    "conlist xlsx": ("uk-conlist", files.conlist_xlsx),
    "un": ("un-consolidated", lambda f: files.write(f, "consolidated.xml", files.UN_XML)),
    "seco": ("ch-seco", lambda f: files.write(f, "seco.xml", files.SECO_XML)),
}
XML = [form for form in FORMS if form.endswith(("xml", "advanced", "un", "seco"))]


def read(form: str, folder: Path, path: Path | None = None):
    source, make = FORMS[form]
    raw = Raw(path or make(folder))
    frames = {name: check(frame, table(name)) for name, frame in catalogue()[source].load(raw).items()}
    return frames, raw


def facts(frames, kind: str, column: str = "value", entry: str = ""):
    found = frames["listed_facts"].filter(pl.col("kind") == kind)
    return (found.filter(pl.col("entry") == entry) if entry else found)[column].to_list()


def names(frames, *columns: str):
    return frames["listed_names"].select(columns).rows()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_three_tables_and_finds_the_man(form, tmp_path):
    frames, _ = read(form, tmp_path)
    people = frames["listed_parties"].filter(pl.col("kind") == "person")
    assert people["sex"][0] == "male"
    assert "TESTOV" in " ".join(frames["listed_names"]["whole"].to_list()).upper()
    assert set(frames["listed_names"]["entry"]) <= set(frames["listed_parties"]["entry"])
    assert set(frames["listed_facts"]["entry"]) <= set(frames["listed_parties"]["entry"])
    assert any(precision == "day" or precision == "range" or form == "ofac xml"
               for precision in facts(frames, "birth_date", "precision"))  # fmt: skip


@pytest.mark.parametrize("form", [f for f in FORMS if f not in ("ofac csv", "ofac zip", "journal")])
def test_the_publishers_date_is_the_release(form, tmp_path):
    _, raw = read(form, tmp_path)
    assert raw.release[:3] == "202"
    assert len(raw.release) == 10


@pytest.mark.parametrize("form", XML)
def test_a_document_type_is_refused_before_an_entity_can_swell(form, tmp_path):
    _, make = FORMS[form]
    path = make(tmp_path)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    head, mark, rest = path.read_text("utf-8").partition("?>")
    path.write_text(head + mark + bomb + rest, "utf-8")
    with pytest.raises(SourceError, match="document type"):
        read(form, tmp_path, path)


@pytest.mark.parametrize("form", XML)
def test_a_file_that_was_cut_off_is_refused_with_its_line(form, tmp_path):
    _, make = FORMS[form]
    path = make(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(SourceError, match=r"before its last element is closed|not well-formed") as caught:
        read(form, tmp_path, path)
    assert ", line " in caught.value.where


@pytest.mark.parametrize(("form", "mark"), [
    ("ofac xml", "sdnEntry/newElement"), ("fsf xml", "nameAlias@newAttribute"), ("un", "ENTITY/NEW_ELEMENT"),
    ("uk xml", "Designation/NewElement"), ("seco", "individual/new-element"),
])  # fmt: skip
def test_what_a_reader_does_not_know_is_kept_and_counted(form, mark, tmp_path):
    frames, raw = read(form, tmp_path)
    assert facts(frames, "unread", "document") == [mark]
    assert facts(frames, "unread") == ["what is this"]
    assert [reason for reason in raw.counts if mark in reason]


def test_a_new_column_is_kept_and_counted(tmp_path):
    first, header, *rows = files.UK_CSV.splitlines()
    text = "\r\n".join([first, header + ",Colour", *(row + ",green" for row in rows)])
    frames, raw = read("uk csv", tmp_path, files.write(tmp_path, "uk.csv", text))
    assert set(facts(frames, "unread")) == {"green"}
    assert [reason for reason in raw.counts if "Colour" in reason]


def test_ofac_remarks_become_facts_and_weak_names(tmp_path):
    frames, _ = read("ofac csv", tmp_path)
    assert ("TESTIK", "alias", "weak") in names(frames, "whole", "kind", "quality")
    assert ("TEST TRUST", "former", "strong") in names(frames, "whole", "kind", "quality")
    assert ("TESTOV, Ivan Petrovich", "TESTOV", "Ivan Petrovich") in names(frames, "whole", "family", "given")
    assert ("TEST HOLDING, LLC", None, None) in names(frames, "whole", "family", "given")
    assert facts(frames, "programme", entry="9001") == ["UKRAINE-EO13660", "RUSSIA-EO14024"]
    passport = frames["listed_facts"].filter(pl.col("document") == "Passport").row(0, named=True)
    assert (passport["value"], passport["country"], passport["note"]) == ("12 3456789", "Russia", "issued 01 Feb 2010")
    assert facts(frames, "tax_number") == ["7701234567"]
    assert facts(frames, "linked_to") == ["TEST HOLDING, LLC"]
    assert facts(frames, "secondary_sanctions") == ["Example Order"]
    # What spilled over into the comments goes on where the remark was cut.
    assert facts(frames, "remark") == ["minor poet", "more of a long remark"]
    assert facts(frames, "document", "country") == ["Russia", "Spain"]


def test_ofac_files_belong_together(tmp_path):
    with pytest.raises(SourceError, match=r"alt\.csv or cons_alt\.csv is missing"):
        read("ofac csv", tmp_path, files.write(tmp_path, "sdn.csv", files.SDN))
    strangers = "".join(f'{n},{n},"aka","SOMEBODY",-0- \r\n' for n in range(100))
    with pytest.raises(SourceError, match="different days"):
        read("ofac csv", tmp_path, files.ofac_folder(tmp_path, alt=strangers))
    with pytest.raises(SourceError, match="has 3"):
        read("ofac csv", tmp_path, files.ofac_folder(tmp_path, alt="a,b,c\r\n"))
    with pytest.raises(SourceError, match=r"A row has 4 fields"):
        read("ofac csv", tmp_path, files.ofac_folder(tmp_path, alt=files.ALT.rstrip("\x1a") + '9001,4,"aka","T"\r\n'))
    _, raw = read("ofac csv", tmp_path, files.ofac_folder(tmp_path, add=files.ADD.rstrip("\x1a")))
    assert raw.counts == {"files without OFAC's closing mark, which may have been cut short": 1}
    long = files.SDN.replace("minor poet", "x" * 1000)
    _, raw = read("ofac csv", tmp_path, files.ofac_folder(tmp_path / ".", sdn=long, sdn_comments=""))
    assert not [r for r in raw.counts if "cut at 1,000" in r], "the former comments are still in the folder"
    (tmp_path / "ofac" / "sdn_comments.csv").unlink()
    _, raw = read("ofac csv", tmp_path, files.ofac_folder(tmp_path, sdn=long, sdn_comments=""))
    assert [r for r in raw.counts if "cut at 1,000" in r]


def test_ofac_xml_that_holds_less_than_it_says_is_refused(tmp_path):
    text = files.OFAC_XML.replace("<Record_Count>2<", "<Record_Count>3<")
    with pytest.raises(SourceError, match="says that it holds 3 entries, and holds 2"):
        read("ofac xml", tmp_path, files.write(tmp_path, "SDN.XML", text))


def test_the_advanced_form_gives_scripts_parts_periods_and_relations(tmp_path):
    frames, raw = read("ofac advanced", tmp_path)
    assert ("TESTOV, Ivan Petrovich", "TESTOV", "Ivan", "Petrovich", "Latn") in names(
        frames, "whole", "family", "given", "father", "script"
    )
    assert ("ТЕСТОВ, Иван", "spelling", "Cyrl") in names(frames, "whole", "kind", "script")
    born = frames["listed_facts"].filter(pl.col("kind") == "birth_date").row(0, named=True)
    assert (born["start"], born["end"], born["precision"], born["circa"]) == (
        "1974-01-01",
        "1976-12-31",
        "range",
        "yes",
    )
    assert facts(frames, "linked_to") == ["9002"]
    assert facts(frames, "programme") == ["RUSSIA-EO14024"]
    assert facts(frames, "measure") == ["Block"]
    assert frames["listed_parties"]["listed_on"][0] == "2022-02-24"
    assert not raw.counts


@pytest.mark.parametrize("form", ["fsf xml", "fsf csv"])
def test_both_forms_of_the_eu_file_say_the_same(form, tmp_path):
    frames, _ = read(form, tmp_path)
    assert frames["listed_parties"]["entry"].to_list() == ["EU.9001.01", "EU.9002.02"]
    assert ("Иван Петрович ТЕCТОВ", "Cyrl+Latn", "RU") in names(frames, "whole", "script", "language")
    assert ("Testik", "weak") in names(frames, "whole", "quality"), "low quality, as the publisher misspells it"
    assert ("Ivan Petrovich Testov", "Testov", "Ivan", "Petrovich", "male") in names(
        frames, "whole", "family", "given", "middle", "sex"
    )
    assert facts(frames, "birth_date", "start")[0] == "1975-06-14"
    assert facts(frames, "document", "note") == ["knownExpired"]


def test_a_birth_in_the_year_2068_is_kept_without_a_day_and_counted(tmp_path):
    for form in ("fsf xml", "un"):
        frames, raw = read(form, tmp_path)
        late = frames["listed_facts"].filter(pl.col("value").str.starts_with("2068")).row(0, named=True)
        assert (late["start"], late["precision"]) == (None, None)
        assert raw.counts["dates that cannot be, kept as printed without a day"] == 1


def test_journal_cells_are_parted_as_the_print_parts_them(tmp_path):
    frames, _ = read("journal", tmp_path)
    assert names(frames, "whole", "kind", "quality", "label") == [
        ("Ivan Petrovich TESTOV", "primary", "strong", None),
        ("Ioann TESTOW", "alias", "strong", None),
        ("Иван Петрович ТЕСТОВ", "spelling", "strong", None),
        ("Олена ТЕСТОВА", "alias", "strong", None),
        ("ПРОБНАЯ", "maiden", "unstated", "born"),
        ("TEST; Ivan", "alias", "strong", None),
        ("Testik", "alias", "weak", None),
        ("Ivan PROBNY", "former", "unstated", None),
        ("Test Bank", "primary", "strong", None),
        ("Тест Банк", "spelling", "strong", None),
    ]
    assert facts(frames, "measure") == ["Asset freeze", "Financial restrictions"]
    dates = frames["listed_facts"].filter(pl.col("kind") == "birth_date").select("value", "start", "end").rows()
    assert dates == [
        ("14.6.1975", "1975-06-14", "1975-06-14"), ("1976", "1976-01-01", "1976-12-31"),
        ("1.1.1974", "1974-01-01", "1974-12-31"),
    ]  # fmt: skip
    with pytest.raises(SourceError, match="belongs to the act '32099R0002'"):
        read("journal", tmp_path, files.write(tmp_path, "32099R0001.csv", files.journal("32099R0002")))


def test_what_is_printed_behind_a_date_of_birth_does_not_hide_it(tmp_path):
    cell = "7.10.1952 POB: Tver, USSR Nationality: Russian Gender: female"
    act = files.JOURNAL_HEADER + "\r\n" + files.journal_row("32099R0001", name="Anna TESTOVA", birthDate=cell)
    frames, raw = read("journal", tmp_path, files.write(tmp_path, "32099R0001.csv", act))
    born = frames["listed_facts"].filter(pl.col("kind") == "birth_date")
    assert born.select("value", "start", "end", "note").rows() == [("7.10.1952", "1952-10-07", "1952-10-07", cell)]
    assert facts(frames, "birth_place") == ["Tver, USSR"]
    assert facts(frames, "nationality") == ["Russian"]
    assert frames["listed_parties"]["sex"].to_list() == ["female"]
    assert not [said for said in raw.counts if "not understood" in said]


def test_pairings_of_the_british_lists_are_put_together(tmp_path):
    frames, _ = read("uk csv", tmp_path)
    assert facts(frames, "birth_date", "precision") == ["year", "day"]
    assert facts(frames, "measure", entry="RUS9001") == ["Asset freeze", "Travel Ban"]
    assert facts(frames, "address") == ["1 Test Street, Russia"]
    assert facts(frames, "nationality") == ["Russia", "Cyprus"]
    frames, _ = read("conlist csv", tmp_path)
    assert facts(frames, "document") == ["111", "222"]
    assert facts(frames, "remark") == ["A poet."]
    assert facts(frames, "reference") == ["RUS9001"]
    assert (
        read("conlist xlsx", tmp_path)[0]["listed_facts"]
        .drop("source_row")
        .equals(frames["listed_facts"].drop("source_row"))
    )


def test_parts_that_the_un_only_numbers_stay_untagged(tmp_path):
    frames, raw = read("un", tmp_path)
    first = frames["listed_names"].row(0, named=True)
    assert (first["whole"], first["family"], first["given"]) == ("IVAN TESTOV", None, None)
    assert json.loads(first["parts"]) == {"FIRST_NAME": "IVAN", "SECOND_NAME": "TESTOV"}
    assert raw.counts["alias nodes that are empty"] == 1
    assert frames["listed_facts"].filter(pl.col("kind") == "birth_date").select("precision", "circa").rows() == [
        ("range", "no"), ("year", "yes"), (None, "no")
    ]  # fmt: skip
    assert frames["listed_parties"]["amended_on"][0] == "2016-10-13"


def test_swiss_spellings_are_combined_within_a_script_and_the_delisted_stay(tmp_path):
    frames, _ = read("seco", tmp_path)
    assert [name for (name,) in names(frames, "whole")][:3] == [
        "Testov Ivan Petrovich", "Testov Iwan Petrovich", "Тестов Иван Petrovich"
    ]  # fmt: skip
    assert frames["listed_parties"].select("entry", "status", "listed_on", "amended_on").row(0) == (
        "5142", "delisted", "2022-03-04", "2026-03-01"
    )  # fmt: skip
    assert facts(frames, "birth_place") == ["Tver, Russia"], "the place stands behind the target"
    told = frames["listed_facts"].filter(pl.col("kind") == "modification", pl.col("entry") == "5142")
    assert told.select("value", "document", "note").rows()[0] == (
        "listed 2022-03-04", "listed", "enactment-date 2022-03-03; publication-date 2022-03-04"
    )  # fmt: skip
    assert told.select("value", "document", "note").rows()[1] == (
        "5144; 1; 1; Testoff", "listed: added", "2022-03-04"
    )  # fmt: skip
    assert told["value"][2] == "de-listed 2026-03-01"


def test_two_entries_under_one_mark_are_both_kept(tmp_path):
    frames, raw = read("ofac csv", tmp_path, files.ofac_folder(tmp_path, sdn=files.SDN.replace("9004,", "9001,")))
    assert frames["listed_parties"]["entry"].to_list() == ["9001", "9002", "9003", "9001#2"]
    assert raw.counts["entries that share another's mark, kept under MARK#2"] == 1


@pytest.mark.parametrize("form", ["fsf csv", "journal", "uk csv", "conlist csv"])
def test_a_csv_in_another_encoding_is_refused(form, tmp_path):
    path = FORMS[form][1](tmp_path)
    path.write_bytes(path.read_text("utf-8-sig").encode("cp1251", "replace"))
    with pytest.raises(SourceError, match="not UTF-8"):
        read(form, tmp_path, path)


def test_a_web_page_or_another_list_is_not_taken_for_the_list(tmp_path):
    page = files.write(tmp_path, "page.xml", "<!doctype html><html><body>403</body></html>")
    with pytest.raises(SourceError, match="web page"):
        read("un", tmp_path, page)
    with pytest.raises(SourceError, match="should begin with <CONSOLIDATED_LIST>"):
        read("un", tmp_path, files.write(tmp_path, "x.xml", files.SECO_XML))


@pytest.mark.parametrize("form", ["ofac zip", "conlist xlsx"])
def test_an_archive_with_a_damaged_table_of_contents_is_refused(form, tmp_path):
    path = FORMS[form][1](tmp_path)
    good = path.read_bytes()
    at = good.rindex(b"PK\x01\x02")
    version, named = bytearray(good), bytearray(good)
    version[at + 6] = 148  # a version that no program reads
    named[at + 9] |= 8  # the name is said to be UTF-8
    named[at + 46] = 0xFF
    for broken in (version, named):
        path.write_bytes(broken)
        with pytest.raises(SourceError, match="damaged or was cut short"):
            read(form, tmp_path, path)


def test_deep_nesting_is_refused(tmp_path):
    text = files.UN_XML.replace("A poet.", "<a>" * 5000 + "</a>" * 5000)
    with pytest.raises(SourceError, match="nested more than 60 deep"):
        read("un", tmp_path, files.write(tmp_path, "x.xml", text))


def test_the_sources_load_nothing_heavy():
    """The catalogue is read by every command."""
    import subprocess

    code = (
        "import sys, clarion.sources as s; s.catalogue(); print([m for m in ('polars', 'pyexpat') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
