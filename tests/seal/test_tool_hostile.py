"""A desk that lies: forged rosters, replayed, swapped, cut and exchanged bundles, answers of strangers."""

import copy
import json

import pytest
from ceremony import Person, World
from keyholders import CHEAP, NOW, Organisation, sign_all

from clarion.errors import ClarionError, InputError
from clarion.seal import reply as replies
from clarion.seal import roster as rosters
from clarion.seal.crypto import signed
from clarion.seal.errors import BadDocument, NotEnough, SealError
from clarion.seal.keyfile import lock, new_keys, new_passphrase, unlock
from clarion.seal.request import parse


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    found = World(tmp_path_factory.mktemp("world"))
    yield found
    found.desk.close()


@pytest.fixture
def lying(world):
    """Let the desk change its answers for one test, with the answers themselves left as they are."""

    def lie(end, change):
        def twist(path, found):
            if not path.endswith(end):
                return found
            found = copy.deepcopy(found)
            return change(found) or found

        world.desk.twist = twist

    yield lie
    world.desk.twist = None


def forged(world, **changes):
    """A roster that follows the one in force, made by the desk with keyholders of its own."""
    true, strangers = world.desk.roster, [new_keys("keyholder", f"s{i}") for i in range(3)]
    plain = {
        "organisation": true.document["organisation"], "made": "2026-11-27", "threshold": 2,
        "keyholders": [k.card for k in strangers], "devices": true.document["devices"],
        "policies": true.document["policies"],
    }  # fmt: skip
    return sign_all(rosters.draft(true, **(plain | changes)), strangers).document


def test_a_forged_roster_is_refused_by_keyholder_and_requester(world, lying):
    record = world.seal()
    request = world.ask(record)
    lying("rosters", lambda found: found["rosters"].append(forged(world)))
    for person in (world.people[0], world.people[2], world.laptop):
        with pytest.raises(SealError, match="signed by 0 of the 2 former keyholders"):
            person.run(*(["show"] if person.kind == "keyholder" else ["ask", record, "--reason", "x"]))
    lying("bundle", lambda found: found["rosters"].append(forged(world)))
    with pytest.raises(SealError, match="former keyholders"):
        world.people[0].run("approve", request)


def test_another_organisations_rosters_are_refused(world, lying):
    lying("rosters", lambda found: {"rosters": [Organisation().roster.document]})
    world.desk.twist, twist = None, world.desk.twist
    world.people[0].run("show")
    world.desk.twist = twist
    with pytest.raises(SealError, match="rolled back or replaced"):
        world.people[0].run("show")
    with pytest.raises(SealError, match="rolled back or replaced"):
        world.people[0].run("rotate", "pin")


def test_a_roster_that_was_rolled_back_is_refused(tmp_path):
    world = World(tmp_path)
    draft = tmp_path / "next.json"
    world.people[0].run("rotate", "draft", "--policy", "strict", "1", "60", "24", "--out", draft)
    world.sign(draft, *world.people[:2])
    assert all(person.run("show") == 0 for person in world.people)
    assert "have not seen yet" in world.people[2].out
    assert "Policy strict: at most 1 openings a day" in world.people[2].out
    world.desk.rosters.pop()
    for person in world.people:
        with pytest.raises(SealError, match="rolled back"):
            person.run("show")
    world.desk.close()


def swap_rows(found):
    found["records"].reverse()


def swap_stubs(found):
    a, b = found["records"]
    a["stub"], b["stub"] = b["stub"], a["stub"]


def swap_wraps(found):
    a, b = found["records"]
    a["wrap"], b["wrap"] = b["wrap"], a["wrap"]


def cut(found):
    found["records"].pop()


def no_rows(found):
    del found["records"]


def other_room(found):
    found["records"][0]["stub"]["room"] = "harmless"


def other_roster(found):
    found["records"][0]["stub"]["roster"] = "A" * 43


def no_rosters(found):
    found["rosters"] = []


def longer(found):
    found["request"]["until"] = "2027-11-26T12:00Z"


def other_key(found):
    found["request"]["key"] = found["rosters"][0]["keyholders"][0]["box"]


@pytest.mark.parametrize(
    "change",
    [swap_rows, swap_stubs, swap_wraps, cut, no_rows, other_room, other_roster, no_rosters, longer, other_key],
    ids=lambda f: f.__name__,
)
def test_a_bundle_that_was_changed_is_not_approved(world, lying, change):
    request = world.ask(world.seal(), world.seal())
    lying("bundle", change)
    with pytest.raises(ClarionError):
        world.people[0].run("approve", request)
    assert world.desk.replies[request] == []
    world.desk.twist = None
    assert world.people[0].run("approve", request) == 0  # nothing was spoilt


def test_wraps_of_another_keyholder_do_not_open(world, lying):
    record = world.seal()
    request = world.ask(record)
    other = world.desk.carried(record, world.people[1].name)["wrap"]
    lying("bundle", lambda found: found["records"][0].update(wrap=other))
    with pytest.raises(SealError, match="does not open"):
        world.people[0].run("approve", request)


def test_the_bundle_of_another_keyholder_says_whose_it_is(world, tmp_path):
    request = world.ask(world.seal())
    own, other = world.people[:2]
    file = tmp_path / "bundle.json"
    for whose, said in ((other.name, f"made for {other.label}; you are {own.label}"), ("x", "made for somebody else")):
        bundle = world.desk.of_request(
            world.desk.requests[request], request, "bundle", {"keyholder": [other.name]}, None
        )
        file.write_text(json.dumps(bundle | {"keyholder": whose}), encoding="utf-8")
        with pytest.raises(InputError, match=said):
            own.run("approve", request, "--file", file)
    assert world.desk.replies[request] == []
    assert own.run("approve", request) == 0  # nothing was spoilt


def test_the_bundle_of_another_request_is_noticed(world, lying, tmp_path):
    wanted, other = world.ask(world.seal()), world.ask(world.seal())
    answers = world.desk.of_request(
        world.desk.requests[other], other, "bundle", {"keyholder": [world.people[0].name]}, None
    )
    lying("bundle", lambda found: answers)
    with pytest.raises(ClarionError, match="This bundle is of the request"):
        world.people[0].run("approve", wanted)
    lying("bundle", lambda found: None)
    file = tmp_path / "cut"
    file.write_text(json.dumps(answers)[:-50], encoding="utf-8")
    with pytest.raises(BadDocument, match="cut off"):
        world.people[0].run("approve", other, "--file", file)


def test_a_lookup_that_names_another_value_is_noticed(world, lying):
    wanted, other = world.seal(), world.seal({"name": "somebody else"})
    row = world.desk.row(other)
    lying("lookup", lambda found: {"records": [row | {"record": wanted}]})
    request = world.ask(wanted)
    world.desk.twist = None
    lying("bundle", lambda found: found["records"][0].update(stub=world.desk.carried(other, "x")["stub"]))
    with pytest.raises(SealError, match="belongs to another record"):
        world.people[0].run("approve", request)


def test_answers_of_strangers_or_to_other_requests_count_for_nothing(world):
    record = world.seal()
    request, other = world.ask(record), world.ask(record)
    world.approve(request, 0)
    world.approve(other, 1)
    stranger = new_keys("keyholder", "stranger")
    true = parse(world.desk.requests[request])
    forgery = replies.stop(true, world.people[1].name, NOW, stranger.sign.sign)
    world.desk.replies[request] += [forgery, *world.desk.replies[other], {"clarion": "approval"}, 7]
    with pytest.raises(NotEnough):
        world.laptop.run("get", request)
    assert "4 answers are not signed" in world.laptop.err
    assert world.people[2].run("approve", request) == 0
    assert "4 answers that the desk shows are not signed" in world.people[2].err
    assert world.laptop.run("get", request) == 0


def test_envelopes_that_were_exchanged_or_rolled_back_are_not_opened(world, lying):
    record, other = world.seal(), world.seal({"name": "somebody else"})
    request = world.ask(record)
    world.approve(request, 0, 1)
    for false in (world.desk.values[other], {}, 7, world.desk.values[record] | {"revision": 2}):
        lying("answers", lambda found, false=false: found.update(envelopes=[false]))
        with pytest.raises(ClarionError):
            world.laptop.run("get", request)
    lying("answers", lambda found: found.update(envelopes=[None]))
    with pytest.raises(SealError, match="erased"):
        world.laptop.run("get", request)
    lying("answers", lambda found: found.update(envelopes=[]))
    with pytest.raises(BadDocument, match="0 of 1 values"):
        world.laptop.run("get", request)
    world.desk.twist = None
    assert world.laptop.run("get", request) == 0


def test_a_request_of_a_strangers_device_is_shown_as_what_it_is(world, lying):
    request = world.ask(world.seal())
    stranger = new_keys("device", "laptop")
    document = world.desk.requests[request]
    lying(
        "bundle", lambda found: found.update(request=signed(document | {"device": stranger.name}, stranger.sign.sign))
    )
    assert world.people[0].run("show") == 0
    assert "CANNOT BE ANSWERED: No device of the roster" in world.people[0].out
    with pytest.raises(SealError, match="No device"):
        world.people[0].run("approve", request)


def test_texts_of_others_cannot_command_the_terminal(world):
    request = world.ask(world.seal(), reason="ok\x1b[2J\r\u202e\nanswers: all approved")
    world.people[0].run("show", request)
    assert "ok\\u001b[2J\\u000d\\u202e\\u000aanswers: all approved" in world.people[0].out
    assert "\x1b" not in world.people[0].out


def test_a_request_that_gives_no_reason_is_not_approved(world):
    request = world.ask(world.seal())
    keys = unlock(
        (world.laptop.folder / "device.key").read_text(encoding="ascii"), world.laptop.passphrase.read_text("ascii")
    )
    mute = signed(world.desk.requests[request] | {"reasons": {}}, keys.sign.sign)
    made = world.desk.route(["requests"], {}, mute)["id"]
    world.people[0].run("show", made)
    assert "why:       NOT READABLE" in world.people[0].out
    with pytest.raises(SealError, match="gives you no reason"):
        world.people[0].run("approve", made)


def test_a_value_that_was_erased_opens_nowhere(world):
    record = world.seal()
    request = world.ask(record)
    world.approve(request, 0)
    world.desk.erase(record)
    with pytest.raises(SealError, match="no part of these values"):
        world.people[1].run("approve", request)
    with pytest.raises(NotEnough):
        world.laptop.run("get", request)


def test_a_key_file_of_another_kind_is_not_taken_up(world, tmp_path):
    person = Person(tmp_path, "new")
    spare = tmp_path / "spare"
    passphrase = new_passphrase()
    person.passphrase.write_text(passphrase, encoding="ascii")
    from clarion.seal.documents import write

    spare.write_text(write(lock(new_keys("device", "laptop"), passphrase, CHEAP)), encoding="ascii")
    with pytest.raises(ClarionError, match="key file of a device"):
        person.run("init", "--take-up", spare)
