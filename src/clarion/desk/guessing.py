"""Guessing is slowed down so that no stranger locks an owner out.

A browser that signed in as somebody is known to the account and has an allowance of its own, which nobody else's
wrong tries touch: the protocol is OWASP's "Slow Down Online Guessing Attacks with Device Cookies" (owasp.org,
www-community). Where it locks an account for all unknown browsers at once, here each network of strangers is counted
apart, so that one crowd does not shut out the owner's next device either; the price is that many networks make many
tries, which is why passwords have twelve characters and a second factor is asked for.

Nothing is ever locked for good: of the last quarter of an hour so many tries count, and each that grows older makes
room for one. Passkeys and one-time links cannot be guessed and are not counted.
"""

from __future__ import annotations

import ipaddress
import time

from allauth.account.internal.userkit import get_user_by_username
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from clarion.desk.devices import known, known_to

WAIT = 15 * 60  # seconds until a wrong try is forgotten
DEVICE, PAIR, NETWORK, SHARED = 20, 10, 30, 300
"""Wrong tries in that time: a known browser on its account, a network on one name, a network on all names, and a
network behind which everybody is (an onion service, a proxy that names nobody: all come from this machine)."""
PASSKEYS = 30  # questions for a passkey in a minute: each keeps a session
Usage = ratelimit.RateLimitUsage


def take(request: HttpRequest, name: str) -> Usage | None:
    """Count a try at ``name`` before it is made; None where too many were wrong. A right one is to be rolled back."""
    user = get_user_by_username(name)  # whatever the letters' case
    if device := known_to(request, user):
        return _count(request, "device", str(device.pk), DEVICE)
    network = ratelimit.get_ip(request)
    who = str(user.pk) if user else "nobody:" + name.casefold()
    first = _count(request, "pair", f"{who}|{network}", PAIR)
    second = first and _count(request, "network", network, SHARED if _everybody(network) else NETWORK)
    if first and second:
        return Usage(first.usage + second.usage)
    if first:
        first.rollback()
    return None


def may_ask_for_passkey(request: HttpRequest) -> bool:
    """Whether the visitor may ask the desk for another question to a passkey."""
    if device := known(request):
        return _count(request, "passkey", f"device:{device.pk}", PASSKEYS, 60) is not None
    network = ratelimit.get_ip(request)
    most = PASSKEYS * 10 if _everybody(network) else PASSKEYS
    return _count(request, "passkey", network, most, 60) is not None


def _count(request: HttpRequest, what: str, key: str, most: int, seconds: int = WAIT) -> Usage | None:
    config = {what: f"{most}/{seconds}s/key"}
    rate = ratelimit.parse_rate(config[what])
    kept = cache.get(ratelimit.get_cache_key(request, app="clarion", action=what, rate=rate, key=key), [])
    if not ratelimit.apply_rate(kept, time.time(), rate, dry_run=True)[0]:
        return None  # looked at before anything is locked or written: a crowd that is refused costs a read
    return ratelimit.consume(request, app="clarion", action=what, config=config, key=key, limit_get=True)


def _everybody(network: str) -> bool:
    try:
        return ipaddress.ip_address(network).is_loopback
    except ValueError:
        return False
