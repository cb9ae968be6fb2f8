"""Keyholders, devices and rosters for the tests of this folder, made with the real tools and a cheap key file."""

from __future__ import annotations

from datetime import UTC, datetime

from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal import roster as rosters
from clarion.seal.crypto import X25519PrivateKey, raw
from clarion.seal.keyfile import Cost, new_keys
from clarion.seal.value import new_handle, part_of, seal

CHEAP = Cost(8192, 1, 1)
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PERSON = {"name": "Иван Петров", "iban": "GE29NB0000000101904917", "phone": "+995 555 123456"}


class Organisation:
    """``people`` keyholders of whom ``threshold`` open, and one device that may ask for anything."""

    def __init__(self, threshold=2, people=3, policy=None):
        self.id = new_handle()
        self.keyholders = [new_keys("keyholder", f"k{i}") for i in range(people)]
        self.device = new_keys("device", "laptop")
        self.roster = self.first(threshold, policy)

    def entry(self, keyholder="", purposes=rosters.PURPOSES, device=None):
        return {"card": (device or self.device).card, "keyholder": keyholder, "purposes": list(purposes)}

    def first(self, threshold, policy=None):
        made = rosters.draft(
            None, organisation=self.id, made="2026-11-26", keyholders=[k.card for k in self.keyholders],
            threshold=threshold, devices=[self.entry()],
            policies={"default": policy or rosters.DEFAULT_POLICY},
        )  # fmt: skip
        return sign_all(made, self.keyholders)

    def seal(self, value=None, roster=None, **more):
        more = {"record": new_handle(), "room": "giving", "fields": "payee"} | more
        return seal(PERSON if value is None else value, roster or self.roster, **more)

    def request(self, *sealed, now=NOW, **more):
        key = X25519PrivateKey.generate()
        more = {
            "purpose": "open",
            "policy": "default",
            "reason": "Payment 7 came back",
            "device": self.device.name,
        } | more
        made = requests.make_request(
            self.roster, records=[(s.envelope["record"], s.digest) for s in sealed],
            key=raw(key.public_key()), now=now, sign=self.device.sign.sign, **more,
        )  # fmt: skip
        return made, key

    def approve(self, who, request, *sealed):
        keys = self.keyholders[who]
        parts = [part_of(s.wraps[keys.name], s.digest, keys.name, keys.box) for s in sealed]
        return replies.approve(request, keys.name, parts, NOW, keys.sign.sign)


def sign_all(roster, keyholders):
    for keys in keyholders:
        roster = rosters.sign(roster, keys.name, keys.sign.sign)
    return roster
