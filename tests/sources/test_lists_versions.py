"""Lists over time: which version is in force, how old it is, what changed, and what is refused in its place."""

from __future__ import annotations

import errno
import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import list_files as files
import pytest

from clarion.errors import BusyError, InputError, SourceError, StorageError, UnknownName
from clarion.sources import find
from clarion.sources.fetch import fetch
from clarion.sources.lists import diff, read_list, status, versions
from clarion.sources.load import load_source, load_table
from clarion.sources.overview import details, overview
from clarion.sources.remove import remove
from clarion.sources.warehouse import Warehouse
from clarion.tables import pointer, store
from clarion.tables.lock import only_one

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADER = files.JOURNAL_HEADER + "\r\n"


def un(people: int, first: int = 1, extra: str = "") -> str:
    """A list of the Security Council with so many invented people."""
    one = "<INDIVIDUAL><DATAID>{0}</DATAID><FIRST_NAME>TEST{0}</FIRST_NAME><REFERENCE_NUMBER>CDi.{0}</REFERENCE_NUMBER>"
    one += "<LISTED_ON>2012-12-31</LISTED_ON>{1}</INDIVIDUAL>"
    people_ = "".join(one.format(n, extra if n == first else "") for n in range(first, first + people))
    head = '<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z">'
    return f"{head}<INDIVIDUALS>{people_}</INDIVIDUALS></CONSOLIDATED_LIST>"


def load(home: Path, text: str, day: int = 0, **asked: bool):
    file = files.write(home.parent, "un.xml", text)
    return load_source("un-consolidated", home, file, partial=True, now=lambda: DAY + timedelta(days=day), **asked)


def in_force(home: Path) -> int:
    return Warehouse(home).table("listed_parties", "un-consolidated").frame.height


def test_a_list_that_lost_a_tenth_is_refused_and_the_former_stays_in_force(tmp_path):
    home = tmp_path / "home"
    load(home, un(100))
    load(home, un(91), 1)
    with pytest.raises(SourceError, match="has 81 in force, where the former version has 91") as caught:
        load(home, un(81), 2)
    assert "--shrunk" in caught.value.next_step
    assert "The version in force is still the former one (2026-02-27, a part only)." in caught.value.next_step
    assert in_force(home) == 91
    load(home, un(81), 2, shrunk=True)
    assert in_force(home) == 81
    assert len(versions(home, "un-consolidated")) == 3


def test_a_list_whose_aliases_are_gone_is_refused_too(tmp_path):
    home = tmp_path / "home"
    aliases = "".join(f"<INDIVIDUAL_ALIAS><ALIAS_NAME>A{n}</ALIAS_NAME></INDIVIDUAL_ALIAS>" for n in range(20))
    load(home, un(100, extra=aliases))
    with pytest.raises(SourceError, match="has 100 names, where the former version has 120"):
        load(home, un(100), 1)


def test_a_broken_file_changes_nothing_and_says_what_is_in_force(tmp_path):
    home = tmp_path / "home"
    load(home, un(10))
    with pytest.raises(SourceError, match="before its last element") as caught:
        load(home, un(10)[:500], 1)
    assert "still the former one" in caught.value.next_step
    assert caught.value.details["in_force"] == versions(home, "un-consolidated")[-1]
    with pytest.raises(SourceError) as caught:
        load_source("ch-seco", home, files.write(tmp_path, "x.xml", "<swiss-sanctions-list"))
    assert "former" not in caught.value.next_step
    assert in_force(home) == 10


def test_the_difference_tells_who_came_who_went_and_what_changed(tmp_path):
    home = tmp_path / "home"
    was = "<GENDER>Male</GENDER><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Old</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    now = "<GENDER>Female</GENDER><COMMENTS1>A poet.</COMMENTS1><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY>"
    now += "<ALIAS_NAME>New</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    load(home, un(20, extra=was))
    load(home, "\n" * 5 + un(20, extra=was), 1)
    same = diff(home, "un-consolidated")
    assert (same.added, same.removed, same.changed) == ((), (), ()), "lines that moved are no change"
    load(home, un(20, first=2).replace("TEST5<", "TEST5 X<"), 2)
    found = diff(home, "un-consolidated")
    assert (found.added, found.removed) == (("CDi.21",), ("CDi.1",))
    assert [change.entry for change in found.changed] == ["CDi.5"]
    assert found.changed[0].names_added[0]["whole"] == "TEST5 X"
    assert found.changed[0].names_removed[0]["whole"] == "TEST5"
    assert found.touched == ("CDi.21", "CDi.5")
    load(home, un(20, extra=now), 3)
    kept = versions(home, "un-consolidated")
    change = diff(home, "un-consolidated", kept[0], kept[-1]).changed[0]
    assert change.party["sex"] == ("male", "female")
    assert [row["whole"] for row in change.names_removed] == ["TEST1", "Old"]
    assert [row["value"] for row in change.facts_added] == ["A poet."]
    assert json.loads(json.dumps(diff(home, "un-consolidated").to_dict()))["added"] == ["CDi.1"]


def test_removing_a_list_says_which_are_left_and_when_none_is(tmp_path):
    home = tmp_path / "home"
    acts = [files.write(tmp_path, "32099R0001.csv", files.journal("32099R0001")),
            files.write(tmp_path, "32099R0002.csv", HEADER)]  # fmt: skip
    load(home, un(10))
    load(home, un(10), 1)  # its former version goes too, and is not what answers
    load_source("eu-journal", home, acts)
    made = Warehouse(home)
    for name in ("listed_parties", "listed_names", "listed_facts"):
        made.table(name, "un-consolidated").frame.write_csv(tmp_path / f"{name}.csv")
        load_table(name, tmp_path / f"{name}.csv", home, source="status-agents")
    gone = remove("un-consolidated", home)
    assert gone["lists_left"] == ["eu-journal-32099r0001", "eu-journal-32099r0002"], "a status clears nobody"
    assert gone.keys() == {"source", "removed", "lists_left"}, "no list answers in the place of another"
    last = remove("eu-journal-32099r0001", home)
    assert last["lists_left"] == ["eu-journal-32099r0002"]
    assert "nobody is called clear" in last["note"], "that act names nobody"
    assert "nobody is called clear" in remove("eu-journal", home)["note"]


def test_a_version_is_read_whole_and_earlier_ones_too(tmp_path):
    home = tmp_path / "home"
    load(home, un(10))
    load(home, un(11), 1)
    kept = versions(home, "un-consolidated")
    now, was = read_list(home, "un-consolidated"), read_list(home, "un-consolidated", kept[0])
    assert (now.parties.height, was.parties.height) == (11, 10)
    assert (now.version, was.version) == (kept[1], kept[0])
    assert set(was.names["entry"]) == set(was.parties["entry"])
    assert now.sha256 == hashlib.sha256((tmp_path / "un.xml").read_bytes()).hexdigest()
    with pytest.raises(UnknownName, match="Nothing is loaded of the list 'ch-seco'"):
        read_list(home, "ch-seco")
    # As if a load had been killed between two tables: the one before it is still in force, in all of them.
    (home / "tables" / "listed_names" / "un-consolidated" / "CURRENT").write_text(kept[0] + "\n")
    assert read_list(home, "un-consolidated").version == kept[0]
    assert read_list(home, "un-consolidated").parties.height == 10
    (home / "tables" / "listed_facts" / "un-consolidated" / kept[0] / "data.parquet").write_bytes(b"PAR1")
    with pytest.raises(StorageError, match="damaged"):
        read_list(home, "un-consolidated")


def test_there_is_no_difference_without_two_versions(tmp_path):
    home = tmp_path / "home"
    with pytest.raises(UnknownName, match="Nothing is loaded"):
        diff(home, "un-consolidated")
    load(home, un(10))
    with pytest.raises(UnknownName, match="No earlier version"):
        diff(home, "un-consolidated")
    load(home, un(10), 1)
    with pytest.raises(UnknownName, match="no version '2020'") as caught:
        diff(home, "un-consolidated", old="2020")
    assert versions(home, "un-consolidated")[0] in caught.value.next_step


def test_the_age_of_a_list_is_the_publishers_not_that_of_the_download(tmp_path):
    home = tmp_path / "home"
    load(home, un(10))
    load_source("ofac-sdn", home, files.ofac_folder(tmp_path), partial=True, now=lambda: DAY)
    told = {one.name: one for one in status(home, DAY + timedelta(days=3))}
    un_list = told["un-consolidated"]
    assert (un_list.published, un_list.age_days, un_list.fetched_days, un_list.entries) == ("2026-02-27", 5, 3, 10)
    assert un_list.partial
    # OFAC's CSVs bear no date: a file of last year that was loaded today is not a new list.
    assert (told["ofac-sdn"].published, told["ofac-sdn"].age_days, told["ofac-sdn"].fetched_days) == ("", None, 3)
    assert (told["eu-fsf"].loaded, told["eu-fsf"].age_days) == ("", None)
    fetch(find("un-consolidated"), home, origin=str(tmp_path / "un.xml"), now=lambda: DAY + timedelta(days=1))
    load_source("un-consolidated", home, partial=True, now=lambda: DAY + timedelta(days=2))
    told = {one.name: one for one in status(home, DAY + timedelta(days=3))}
    assert told["un-consolidated"].fetched_days == 1, "a copy of a file is no fetch: the load counts"
    assert told["un-consolidated"].sha256 == hashlib.sha256((tmp_path / "un.xml").read_bytes()).hexdigest()


def test_files_that_belong_together_have_one_fingerprint(tmp_path):
    folder = files.ofac_folder(tmp_path)
    of_folder = load_source("ofac-sdn", tmp_path / "a", folder, partial=True)
    names = [folder / f"{name}.csv" for name in ("add", "alt", "sdn", "sdn_comments")]
    of_names = load_source("ofac-sdn", tmp_path / "b", names, partial=True)
    lines = "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in names)
    assert of_folder.sha256 == of_names.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    of_zip = load_source("ofac-sdn", tmp_path / "c", files.ofac_zip(tmp_path), partial=True)
    assert of_zip.rows == of_folder.rows == of_names.rows


def test_each_act_is_a_list_of_its_own(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "acts"
    folder.mkdir()
    files.write(folder, "32099R0001.csv", files.journal())
    files.write(folder, "32099R0002.csv", HEADER)
    told = load_source("eu-journal", home, folder)
    assert told.lists == ("eu-journal-32099r0001", "eu-journal-32099r0002")
    assert told.rows["listed_parties"] == 2
    assert not told.warnings, "no list answers in another's place"
    assert [one.name for one in status(home) if one.source == "eu-journal"] == list(told.lists)
    assert Warehouse(home).table("listed_parties", "eu-journal-32099r0002").frame.height == 0
    entry = {e["id"]: e for e in overview(home)}["eu-journal"]
    assert (entry["state"], entry["rows"]) == ("loaded", sum(told.rows.values()))
    assert {one["source"] for one in details("eu-journal", home)["loads"]} == set(told.lists)
    assert {one["source"] for one in details("eu-journal-32099r0001", home)["loads"]} == {"eu-journal-32099r0001"}
    with zipfile.ZipFile(tmp_path / "acts.zip", "w") as archive:
        archive.writestr("32099R0003.csv", files.journal("32099R0003"))
    fetch(find("eu-journal"), home, origin=str(tmp_path / "acts.zip"))
    assert load_source("eu-journal", home).lists == ("eu-journal-32099r0003",)
    with pytest.raises(SourceError, match="0 in force, where the former version has 2"):
        load_source("eu-journal", home, files.write(folder, "32099R0001.csv", HEADER))
    with pytest.raises(InputError, match="is the name of an official source"):
        load_table("listed_parties", tmp_path / "x.csv", home, source="eu-journal-mine")
    assert set(remove("eu-journal", home)["removed"]) == {"listed_parties", "listed_names", "listed_facts"}
    assert not [one for one in status(home) if one.loaded]


def test_a_broken_act_keeps_all_acts_as_they_were(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "acts"
    folder.mkdir()
    files.write(folder, "32099R0001.csv", files.journal())
    files.write(folder, "32099R0002.csv", files.journal("32099R0009"))
    with pytest.raises(SourceError, match="belongs to the act"):
        load_source("eu-journal", home, folder)
    assert not [one for one in status(home) if one.loaded]


def test_what_cannot_be_loaded_together(tmp_path):
    folder = files.ofac_folder(tmp_path)
    with pytest.raises(InputError, match="read from one file, and 2 are named"):
        load_source("un-consolidated", tmp_path / "h", [folder / "sdn.csv", folder / "alt.csv"])
    with pytest.raises(InputError, match="this is a folder"):
        load_source("un-consolidated", tmp_path / "h", folder)
    with pytest.raises(InputError, match="cannot name a list"):
        load_source("eu-journal", tmp_path / "h", files.write(tmp_path, "my acts.csv", HEADER))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no CSV"):
        load_source("eu-journal", tmp_path / "h", tmp_path / "empty")


def test_the_commands_take_several_files_and_shrunk(tmp_path, monkeypatch, capsys):
    import sys

    from clarion.__main__ import main
    from clarion.config import config

    monkeypatch.setenv("CLARION_HOME", str(tmp_path / "home"))
    config.cache_clear()

    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clarion", *args])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    folder = files.ofac_folder(tmp_path)
    paths = [str(folder / f"{name}.csv") for name in ("sdn", "alt", "add")]
    code, out, _ = run("sources", "load", "ofac-sdn", *paths, "--partial", "--json")
    assert (code, json.loads(out)["rows"]["listed_parties"]) == (0, 4)
    files.write(folder, "sdn.csv", "".join(files.SDN.splitlines(keepends=True)[:3]))
    code, _, err = run("sources", "load", "ofac-sdn", str(folder), "--partial")
    assert code == 3
    assert "--shrunk" in err
    assert run("sources", "load", "ofac-sdn", str(folder), "--partial", "--shrunk")[0] == 0
    code, out, _ = run("sources", "show", "ofac-sdn")
    assert "listed_parties" in out
    config.cache_clear()


def test_another_list_under_this_ones_name_is_refused(tmp_path):
    home = tmp_path / "home"
    load(home, un(50))
    with pytest.raises(SourceError, match="Only 0 of the 50 entries") as caught:
        load(home, un(400, first=1000), 1)
    assert "The version in force is still the former one" in caught.value.next_step
    assert in_force(home) == 50
    load(home, un(400, first=1000), 1, shrunk=True)
    assert in_force(home) == 400


def test_a_copy_of_a_file_is_as_old_as_the_file_says(tmp_path):
    home, source = tmp_path / "home", find("un-consolidated")
    fetch(source, home, origin=str(files.write(tmp_path, "un.xml", un(10))), now=lambda: DAY + timedelta(days=200))
    load_source(source.id, home, partial=True, now=lambda: DAY + timedelta(days=200))
    trail = Warehouse(home).table("listed_parties", source.id).provenance
    assert trail.retrieved == ""
    assert trail.release == "2026-02-27, a part only"


PARTIES, NAMES, FACTS = "listed_parties", "listed_names", "listed_facts"


@pytest.fixture
def full(monkeypatch):
    """From what is written into a table on, the disk is full: its data, or the pointer to them."""

    def at(table: str, what: str) -> None:
        module, name = (pointer, "write_text") if what == "pointer" else (store, "write_parquet")
        real = getattr(module, name)

        def write(*given: object) -> None:
            path = next(one for one in given if isinstance(one, Path))
            if table in path.parts and (what == "data" or "20260302" in str(given)):
                raise StorageError("The disk is full.") if what == "pointer" else OSError(errno.ENOSPC, "full")
            real(*given)

        monkeypatch.setattr(module, name, write)

    return at


def on_disk(home: Path) -> dict[str, list[str]]:
    return {table: pointer.versions(home / "tables" / table / "un-consolidated") for table in (PARTIES, NAMES, FACTS)}


@pytest.mark.parametrize(("table", "what"), [(NAMES, "data"), (FACTS, "data"), (NAMES, "pointer"), (FACTS, "pointer")])
def test_a_full_disk_leaves_the_former_list_says_so_and_is_filled_no_further(tmp_path, full, monkeypatch, table, what):
    home = tmp_path / "home"
    load(home, un(10))
    before, held = on_disk(home), list(home.rglob("*"))
    full(table, what)
    for _ in range(4):
        with pytest.raises(StorageError, match="The disk is full") as caught:
            load(home, un(11), 1)
        assert "The version in force is still the former one (2026-02-27" in caught.value.next_step
        assert (on_disk(home), list(home.rglob("*"))) == (before, held), "nothing of the load that failed stays"
        assert read_list(home, "un-consolidated").parties.height == 10
    monkeypatch.undo()
    load(home, un(11), 2)
    assert diff(home, "un-consolidated").added == ("CDi.11",)


def test_loads_that_were_killed_one_after_another_take_no_list_away(tmp_path, monkeypatch):
    home = tmp_path / "home"
    load(home, un(10))
    with monkeypatch.context() as patch:  # a kill after the first of the three pointers

        def killed(to: Mapping[Path, str]) -> None:
            folder, version = next(iter(to.items()))
            pointer.write_text(folder / "CURRENT", version)

        patch.setattr(store, "point", killed)
        for day in range(1, 5):
            load(home, un(10 + day), day)
            assert read_list(home, "un-consolidated").parties.height == 10
            assert {one.name: one.entries for one in status(home)}["un-consolidated"] == 10
    with pytest.raises(SourceError) as caught:
        load(home, "<CONSOLIDATED_LIST", 5)
    assert caught.value.details["in_force"] == versions(home, "un-consolidated")[-1]
    load(home, un(15), 6)
    assert read_list(home, "un-consolidated").parties.height == 15


def test_what_never_was_in_force_is_no_former_version(tmp_path, monkeypatch):
    home = tmp_path / "home"
    load(home, un(10))
    with monkeypatch.context() as patch:  # a kill before the first pointer
        patch.setattr(store, "point", lambda to: None)
        load(home, un(11), 1)
    load(home, un(11), 2)
    assert diff(home, "un-consolidated").added == ("CDi.11",), "what changed is told against what was in force"


def test_a_load_beside_another_says_what_is_in_force(tmp_path):
    home = tmp_path / "home"
    load(home, un(10))
    with only_one(home / "tables/.lock", "loading tables"), pytest.raises(BusyError) as caught:
        load(home, un(11), 1)
    assert "still the former one" in caught.value.next_step
