"""The ceremonies of docs/operate/keyholders.md: first roster, lost passphrase, machine or keyholder, anger, force."""

import copy
import json

import pytest
from ceremony import Person, World
from keyholders import PERSON

from clarion.errors import ClarionError, InputError, NotAllowed
from clarion.seal import roster as rosters
from clarion.seal.errors import NotEnough, SealError
from clarion.seal.keyfile import new_passphrase, unlock
from clarion.seal.value import Sealed, open_with, part_of


@pytest.fixture
def world(tmp_path):
    found = World(tmp_path)
    yield found
    found.desk.close()


def keys_of(person):
    return unlock((person.folder / f"{person.kind}.key").read_text(), person.passphrase.read_text())


def replaced(world, gone, *signers):
    """The people after ``gone`` was replaced by somebody new, with all values sealed anew."""
    new = Person(world.folder, "k-new").init(world.desk.url)
    draft = world.folder / "next.json"
    drafter = signers[0]
    assert drafter.run("rotate", "draft", "--remove", gone.label, "--keyholders", new.card, "--out", draft) == 0
    assert "REMOVED as keyholder: " + gone.label in drafter.out
    assert "NEW keyholder: k-new" in drafter.out
    world.sign(draft, new, *signers)
    assert new.run("show") == 0
    return new


def reseal(world, *who):
    assert world.laptop.run("reseal", "--reason", "A keyholder was replaced") == 0
    request = list(world.desk.requests)[-1]
    for person in who:
        assert person.run("approve", request) == 0
    assert world.laptop.run("reseal", request) == 0
    assert PERSON["name"] not in world.laptop.out
    return request


def opens(world, record, *who):
    request = world.ask(record)
    for person in who:
        assert person.run("approve", request) == 0
    assert world.laptop.run("get", request) == 0
    return PERSON["name"] in world.laptop.out


def test_a_first_roster_is_in_force_only_with_everybodys_signature(tmp_path):
    people = [Person(tmp_path, f"k{i}").init() for i in range(3)]
    draft = tmp_path / "roster.json"
    first, second, third = people
    with pytest.raises(SealError, match="knows no roster that another could follow"):
        first.run("rotate", "draft", "--out", draft)
    first.run("rotate", "draft", "--first", "--keyholders", second.card, third.card, "--out", draft)
    for person in people:
        assert person.name[:4] in first.out.replace("-", "")
    copies = [tmp_path / f"{p.label}.json" for p in people]
    for person, signed in zip(people[:2], copies, strict=False):  # each signs a copy of the bare draft
        assert person.run("rotate", "sign", draft, "--out", signed) == 0
        assert "needs more signatures" in person.out
    assert third.run("rotate", "sign", *copies[:2], "--out", copies[2]) == 0
    assert "in force here" in third.out
    assert third.run("rotate", "sign", copies[2]) == 0
    for person in people[:2]:
        assert person.run("rotate", "pin", copies[2]) == 0
        assert "Pinned: " in person.out
    another = tmp_path / "other.json"
    first.run("rotate", "draft", "--policy", "slow", "5", "60", "24", "--out", another)
    with pytest.raises(InputError, match="different drafts"):
        second.run("rotate", "sign", another, copies[2])


def test_a_passphrase_is_generated_and_shown_once(tmp_path, capsys):
    from keyholders import CHEAP

    from clarion.seal.tool.keyholder import main

    folder = tmp_path / "keys"
    assert main(["init", "--label", "north", "--keys", str(folder)], cost=CHEAP) == 0
    shown = next(line.strip() for line in capsys.readouterr().out.splitlines() if line.startswith("    "))
    assert unlock((folder / "keyholder.key").read_text(), shown).card["label"] == "north"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    with pytest.raises(InputError, match="never written over"):
        main(["init", "--label", "again", "--keys", str(folder)], cost=CHEAP)
    with pytest.raises(InputError, match="Nothing was asked for"):
        main(["init", "--keys", str(folder)])


def test_key_files_cost_what_they_should_unless_a_test_says_otherwise(tmp_path):
    from clarion.seal.tool.keyholder import main, parser

    paper = tmp_path / "paper"
    paper.write_text(new_passphrase(), encoding="ascii")
    assert main(["init", "--label", "dear", "--keys", str(tmp_path / "k"), "--passphrase-file", str(paper)]) == 0
    held = json.loads((tmp_path / "k" / "keyholder.key").read_text())
    assert (held["memory_kib"], held["iterations"], held["lanes"]) == (262_144, 3, 4)
    assert "cost" not in parser().format_help()


def test_a_lost_machine_with_a_spare_key_file(world, tmp_path):
    record, lost = world.seal(), world.people[0]
    assert lost.run("init", "--spare", tmp_path / "stick") == 0
    with pytest.raises(InputError, match="file of this name"):
        lost.run("init", "--spare", tmp_path / "stick")
    new = Person(tmp_path / "new-machine", "k0")
    new.passphrase.write_text(lost.passphrase.read_text(), encoding="ascii")
    assert new.run("init", "--take-up", tmp_path / "stick", "--desk", world.desk.url, "--token-file", new.token) == 0
    with pytest.raises(SealError, match="knows no roster"):
        new.run("show")
    assert new.run("rotate", "pin") == 0
    assert opens(world, record, new, world.people[1])


def test_a_lost_keyholder_or_passphrase_is_replaced_by_the_others(world):
    records, (gone, *others) = [world.seal() for _ in range(3)], world.people
    old = {record: Sealed(world.desk.values[record], world.desk.wraps[world.desk.row(record)["envelope"]])
           for record in records}  # fmt: skip
    new = replaced(world, gone, *others)
    request = world.ask(records[0])
    with pytest.raises(SealError, match="sealed before you came: 1"):
        new.run("approve", request)
    reseal(world, *others)
    assert world.desk.route(["stale"], {}, None) == {"records": []}
    assert {world.desk.values[record]["revision"] for record in records} == {2}
    assert all(world.desk.values[record]["epoch"] == 2 for record in records)
    assert opens(world, records[1], new, others[0])
    assert world.laptop.run("reseal", "--reason", "again") == 0
    assert "nothing to seal anew" in world.laptop.out
    # Whoever finds the old key later holds a wrap of nothing that is in use, and one part of what was in use once.
    found = keys_of(gone)
    for record in records:
        now = world.desk.values[record]
        assert gone.name not in world.desk.wraps[world.desk.row(record)["envelope"]]
        first = rosters.parse(world.desk.rosters[0])
        part = part_of(old[record].wraps[gone.name], old[record].digest, gone.name, found.box)
        with pytest.raises(NotEnough):
            open_with(old[record].envelope, {gone.name: part}, first)
        with pytest.raises(SealError):
            open_with(now, {gone.name: part}, world.desk.roster)


def test_two_lost_of_three_open_nothing_and_change_nothing(world):
    record, left = world.seal(), world.people[2]
    request = world.ask(record)
    assert left.run("approve", request) == 0
    with pytest.raises(NotEnough, match="1 of 2"):
        world.laptop.run("get", request)
    new = [Person(world.folder, f"n{i}").init(world.desk.url) for i in range(2)]
    draft = world.folder / "next.json"
    left.run("rotate", "draft", "--remove", "k0", "k1", "--keyholders", *(p.card for p in new), "--out", draft)
    for person in (left, *new):
        person.run("rotate", "sign", draft)
        assert "needs more signatures" in person.out
    with pytest.raises(SealError, match="1 of the 2 former keyholders"):
        rosters.accept(rosters.parse(json.loads(draft.read_text())), world.desk.roster)


def test_a_keyholder_who_left_in_anger(world):
    """They keep their key and a back-up of wraps. One part opens nothing, and their answers no longer count.

    What would open the old back-up is a second keyholder's part: the others' tools give none out but to a request of a
    listed device, and the desk's back-ups of wraps end after days. So the old envelopes stay closed.
    """
    record, (angry, *others) = world.seal(), world.people
    backup = copy.deepcopy(world.desk.wraps)
    envelope, first = world.desk.values[record], world.desk.roster
    new = replaced(world, angry, *others)
    reseal(world, *others)
    named, wraps = next((named, wraps) for named, wraps in backup.items() if angry.name in wraps)
    part = part_of(wraps[angry.name], named, angry.name, keys_of(angry).box)
    with pytest.raises(NotEnough):
        open_with(envelope, {angry.name: part}, first)
    assert angry.run("show") == 0
    assert "You are no keyholder of this roster" in angry.err
    request = world.ask(record)
    with pytest.raises(NotAllowed, match="no keyholder of the roster"):
        angry.run("approve", request)
    # Honestly: with ANOTHER keyholder's old part the old back-up opens. It takes two, then as ever.
    second = part_of(wraps[others[0].name], named, others[0].name, keys_of(others[0]).box)
    assert open_with(envelope, {angry.name: part, others[0].name: second}, first).reveal() == PERSON
    assert opens(world, record, new, others[1])


def test_a_keyholder_who_is_forced_can_be_stopped_and_removed(world):
    record, (forced, *others) = world.seal(), world.people
    request = world.ask(record)
    assert forced.run("approve", request) == 0
    assert others[0].run("stop", request) == 0
    with pytest.raises(NotAllowed, match="has stopped"):
        others[1].run("approve", request)
    with pytest.raises(SealError, match="stopped"):
        world.laptop.run("get", request)
    replaced(world, forced, *others)
    with pytest.raises(ClarionError):  # asked under the former roster
        others[1].run("approve", request)


def test_a_roster_that_was_not_sent_yet_locks_nobody_out(world):
    """Whoever signs last may forget to send it, or be the new one, who knows no roster yet."""
    new, draft = Person(world.folder, "k-new").init(world.desk.url), world.folder / "next.json"
    gone, *others = world.people
    others[0].run("rotate", "draft", "--remove", gone.label, "--keyholders", new.card, "--out", draft)
    for person in (*others, new):
        assert person.run("rotate", "sign", draft) == 0
    assert "Send it to the desk" in new.out
    assert "REMOVED as keyholder: k0" in new.out
    assert len(world.desk.rosters) == 1
    for person in others:
        assert person.run("show") == 0
        assert "is the one you know" in person.out
    assert new.run("rotate", "sign", draft, "--send") == 0
    assert len(world.desk.rosters) == 2
    for person in (*others, new):
        assert person.run("show") == 0
    assert "have not seen yet" in others[0].out


def test_a_device_that_was_lost_asks_no_more(world):
    thief = world.laptop
    draft = world.folder / "next.json"
    assert world.people[0].run("rotate", "draft", "--remove", "laptop", "--out", draft) == 0
    assert "This device may ask no more: laptop" in world.people[0].out
    world.sign(draft, *world.people[:2])
    with pytest.raises(SealError, match="No device"):
        thief.run(world.seal(), "--reason", "give me this")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--remove", "nobody-here"], "Nobody in the roster"),
        (["--threshold", "1"], "at least two open a value"),
        (["--threshold", "4"], "4 of 3 keyholders cannot be"),
        (["--policy", "default", "many", "0", "72"], "three whole numbers"),
        (["--policy", "default", "0", "0", "72"], "policy of the roster cannot be"),
        (["--device", "k0/keyholder-card.json", "nobody", "open"], "no true card of a device"),
        (["--device", "laptop/device-card.json", "nobody", "read"], "may ask for nothing known"),
        (["--device", "laptop/device-card.json", "stranger", "open"], "Nobody in the roster"),
        (["--keyholders", "laptop/device-card.json"], "no true card of a keyholder"),
        (["--keyholders", "no-such-file"], "no such file"),
    ],
)
def test_drafts_that_cannot_be(world, monkeypatch, words, what):
    monkeypatch.chdir(world.folder)
    with pytest.raises(ClarionError, match=what):
        world.people[2].run("rotate", "draft", *words, "--out", "next.json")
    assert not (world.folder / "next.json").exists()


@pytest.mark.parametrize(("threshold", "people", "count"), [(2, 3, 1000), (3, 5, 1000), (5, 9, 229)])
def test_a_request_holds_no_more_values_than_an_approval_can_be_sent_for(threshold, people, count):
    from keyholders import Organisation

    from clarion.seal.tool.ask import most

    assert most(Organisation(threshold, people).roster) == count


def test_a_draft_that_does_not_follow_is_not_signed(world, tmp_path):
    other = World(tmp_path / "other")
    draft = tmp_path / "draft.json"
    other.people[0].run("rotate", "draft", "--policy", "p", "1", "1", "1", "--out", draft)
    with pytest.raises(SealError, match="does not follow"):
        world.people[0].run("rotate", "sign", draft)
    other.desk.close()
