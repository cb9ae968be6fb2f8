"""Rosters: a forged, rolled-back or half-signed one is refused."""

import pytest
from keyholders import Organisation, sign_all

from clarion.errors import ClarionError, InputError
from clarion.seal import roster as rosters
from clarion.seal.documents import write
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.keyfile import new_keys


@pytest.fixture(scope="module")
def org():
    return Organisation()


def later(org, former, **changes):
    plain = {
        "organisation": org.id, "made": "2026-12-01", "keyholders": former.keyholders, "threshold": former.threshold,
        "devices": former.document["devices"], "policies": former.document["policies"],
    }  # fmt: skip
    return rosters.draft(former, **(plain | changes))


def test_a_first_roster_needs_everybody(org):
    bare = rosters.Roster(org.roster.document | {"signatures": {}})
    rosters.accept(sign_all(bare, org.keyholders), None)
    with pytest.raises(SealError, match="not signed by k2"):
        rosters.accept(sign_all(bare, org.keyholders[:2]), None)
    with pytest.raises(SealError, match="not signed by k0, k1, k2"):
        rosters.accept(bare, None)


def test_a_keyholder_is_replaced_by_the_others(org):
    new = new_keys("keyholder", "new")
    cards = [k.card for k in org.keyholders[:2]] + [new.card]
    bare = later(org, org.roster, keyholders=cards)
    assert bare.document["epoch"] == 2
    rosters.accept(sign_all(bare, [*org.keyholders[:2], new]), org.roster)
    with pytest.raises(SealError, match="1 of the 2 former"):
        rosters.accept(sign_all(bare, [org.keyholders[0], new]), org.roster)
    with pytest.raises(SealError, match="not signed by new"):
        rosters.accept(sign_all(bare, org.keyholders[:2]), org.roster)


def test_a_device_is_added_without_a_new_epoch(org):
    device = new_keys("device", "phone")
    bare = later(org, org.roster, devices=[org.entry(), org.entry(device=device, purposes=["open"])])
    assert (bare.document["serial"], bare.document["epoch"]) == (2, 1)
    rosters.accept(sign_all(bare, org.keyholders[1:]), org.roster)


def test_a_server_that_replaces_or_rolls_back_the_roster_is_found(org):
    second = sign_all(later(org, org.roster, devices=[]), org.keyholders)
    assert rosters.follow(org.roster, [org.roster, second]).digest == second.digest
    with pytest.raises(SealError, match="rolled back"):
        rosters.follow(second, [org.roster])
    other = Organisation()
    with pytest.raises(SealError, match="rolled back or replaced"):
        rosters.follow(org.roster, [other.roster])
    forged = rosters.Roster(second.document | {"threshold": 3})
    with pytest.raises(SealError):
        rosters.follow(org.roster, [org.roster, forged])
    unsigned = later(org, org.roster, devices=[])
    with pytest.raises(SealError, match="0 of the 2"):
        rosters.follow(org.roster, [org.roster, unsigned])
    skipped = later(org, second)
    with pytest.raises(SealError, match="does not follow"):
        rosters.follow(org.roster, [org.roster, sign_all(skipped, org.keyholders)])


def test_an_order_of_keyholders_that_was_changed_is_a_new_epoch(org):
    """Parts are dealt in the roster's order."""
    assert later(org, org.roster, keyholders=org.roster.keyholders[::-1]).document["epoch"] == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"threshold": 1}, "at least two"),
        ({"threshold": 4}, "cannot be"),
        ({"policies": {}}, "no policy named default"),
        ({"policies": {"default": {"daily": 0, "wait_minutes": 0, "hours": 1}}}, "policy"),
        ({"policies": {"default": {"daily": True, "wait_minutes": 0, "hours": 1}}}, "policy"),
    ],
)
def test_rosters_that_cannot_be(org, change, said):
    with pytest.raises(InputError, match=said):
        later(org, org.roster, **change)


def test_nobody_stands_in_it_twice(org):
    with pytest.raises(InputError, match="twice"):
        later(org, org.roster, keyholders=[org.keyholders[0].card] * 3)
    with pytest.raises(InputError, match="not in the roster"):
        later(org, org.roster, devices=[org.entry(keyholder="a" * 26)])


def test_a_card_that_is_not_its_keys_own_is_refused(org):
    card = org.keyholders[0].card
    other = org.keyholders[1].card
    for change in ({"name": other["name"]}, {"box": other["box"]}, {"label": "x"}, {"kind": "device"}, {"v": 2}):
        with pytest.raises(ClarionError):
            later(org, org.roster, keyholders=[card | change, other])


def test_a_roster_file_is_read_in_one_form(org):
    text = write(org.roster.document)
    assert rosters.parse(text).digest == org.roster.digest
    for broken in (text[:-30], text.replace(":", ": ", 1), '{"clarion":"roster","v":1}'):
        with pytest.raises(BadDocument):
            rosters.parse(broken)
