"""Attacks on the tools by a desk that lies and by a colleague, beyond those of ``test_tool_hostile``."""

import copy
import json

import pytest
from ceremony import World
from keyholders import NOW, PERSON, Organisation, sign_all

from clarion.errors import ClarionError, InputError
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal import roster as rosters
from clarion.seal.crypto import public_box, signed
from clarion.seal.documents import encode
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.value import open_with, part_of


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path / "people")
    yield made
    made.desk.close()


def test_sealing_anew_is_no_pretence_to_open_what_is_not_stale(world):
    handle = world.seal()
    world.desk.twist = lambda path, found: {"records": [world.desk.row(handle)]} if path.endswith("/stale") else found
    assert world.laptop.run("reseal", "--reason", "north left") == 0
    request = list(world.desk.requests)[-1]
    with pytest.raises(SealError, match="nothing to seal anew"):
        world.people[0].run("approve", request)


def test_an_approval_of_whoever_asks_counts_nowhere():
    org = Organisation()
    owner = org.keyholders[0]
    made = rosters.draft(
        None, organisation=org.id, made="2026-11-26", keyholders=[k.card for k in org.keyholders], threshold=2,
        devices=[org.entry(keyholder=owner.name)], policies={"default": rosters.DEFAULT_POLICY},
    )  # fmt: skip
    org.roster = sign_all(made, org.keyholders)
    sealed = org.seal()
    request, _ = org.request(sealed)
    with pytest.raises(SealError, match="who asks does not approve"):
        replies.parse(org.approve(0, request, sealed), request, org.roster)
    assert replies.parse(org.approve(1, request, sealed), request, org.roster)
    assert replies.parse(replies.stop(request, owner.name, NOW, owner.sign.sign), request, org.roster)


def test_a_value_cannot_name_another_handle(world, tmp_path):
    handle = world.seal({"record": "AAAAAAAAAAAAAAAAAAAAAA", "name": "Mallory"})
    request = world.ask(handle)
    world.approve(request, 0, 1)
    assert world.laptop.run("get", request, "--out", tmp_path / "rows") == 0
    row = json.loads((tmp_path / "rows").read_text(encoding="utf-8"))
    assert row == {"record": handle, "name": "Mallory"}
    assert next(iter(row)) == "record"


@pytest.mark.parametrize("plain", [b"[1]", b"not json", b"[" * 40_000, b"\xff\xfe", b"7"])
def test_a_value_that_holds_no_fields_does_not_hide_the_others(monkeypatch, plain):
    org = Organisation()
    with monkeypatch.context() as planted:
        planted.setattr("clarion.seal.value.pad", lambda _: (len(plain).to_bytes(4, "big") + plain).ljust(65536, b"\0"))
        sealed = org.seal()
    parts = {k.name: part_of(sealed.wraps[k.name], sealed.digest, k.name, k.box) for k in org.keyholders[:2]}
    with pytest.raises(SealError, match="holds no fields"):
        open_with(sealed.envelope, parts, org.roster)


@pytest.mark.parametrize("point", [bytes(32), b"\1" + bytes(31)])
def test_a_key_that_every_exchange_with_gives_zero_is_refused(point):
    with pytest.raises(BadDocument):
        public_box(encode(point))
    org = Organisation()
    request, _ = org.request(org.seal())
    forged = signed(request.document | {"key": encode(point)}, org.device.sign.sign)
    with pytest.raises(BadDocument):
        requests.parse(forged)


ODD = [None, True, 7, -1, "", "x", [], [[]], [{}], {}, {"open": 1}, [None], ["open", ["open"]], "open"]


def _places(value, path=()):
    yield path
    if isinstance(value, (dict, list)):
        for name in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[name], (*path, name))


def _with(document, path, odd):
    made = copy.deepcopy(document)
    at = made
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = odd
    return made


def test_no_odd_part_of_a_roster_a_request_or_an_answer_ends_a_tool_without_a_word():
    """Each part of each document in turn as something else: refused with a ClarionError, or harmless."""
    org = Organisation()
    sealed = org.seal()
    request, _ = org.request(sealed)
    answer = org.approve(0, request, sealed)
    readers = [
        (org.roster.document, lambda d: rosters.accept(rosters.parse(d), None)),
        (request.document, lambda d: requests.allow(requests.parse(signed(d, org.device.sign.sign)), org.roster, NOW)),
        (answer, lambda d: replies.parse(signed(d, org.keyholders[0].sign.sign), request, org.roster)),
    ]
    for document, reader in readers:
        for path in _places(document):
            for odd in ODD if path else ():
                try:
                    reader(_with(document, path, odd))
                except ClarionError:
                    continue


@pytest.mark.parametrize("purposes", [{"open": 1}, "open", [["open"]], [{}], []])
def test_purposes_of_a_device_are_a_list_of_known_words(purposes):
    org = Organisation()
    document = _with(org.roster.document, ("devices", 0, "purposes"), purposes)
    with pytest.raises(InputError, match="nothing known"):
        rosters.parse(document)


def test_a_device_belongs_to_no_device():
    org = Organisation()
    document = _with(org.roster.document, ("devices", 0, "keyholder"), org.device.name)
    with pytest.raises(InputError, match="not in the roster"):
        rosters.parse(document)


def test_nothing_of_a_person_is_in_what_a_keyholder_is_shown(world):
    request = world.ask(world.seal())
    assert world.people[0].run("show", request) == 0
    assert not any(word in world.people[0].out for word in PERSON.values())


@pytest.mark.parametrize(
    ("url", "proxy"), [("http://[", ""), ("https://desk:x", ""), ("https://d.example", "http://[")]
)
def test_half_an_address_is_none(url, proxy):
    from clarion.errors import InputError
    from clarion.seal.tool.desk import parse_address

    with pytest.raises(InputError, match="no address"):
        parse_address(url, proxy, "t" * 20)
