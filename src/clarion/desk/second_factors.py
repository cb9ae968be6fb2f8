"""Secrets of authenticator apps and recovery codes, encrypted: who reads the database alone cannot make a code."""

from __future__ import annotations

import base64
import hashlib
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Adapter(DefaultMFAAdapter):
    """As allauth's, which keeps them as they are."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # The desk has a new key: no code is right any more, and a sign-in link lets its owner set up anew.
            return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def is_encrypted(text: str) -> bool:
    """Whether a secret is as ``Adapter.encrypt`` keeps it, whatever the key: versions before it kept plain base 32."""
    return text.startswith("gAAAA")  # every Fernet token's version, and the first bytes of a time of this age


def _box() -> Fernet:
    # The key has 384 random bits; the hash gives it the length, and a purpose of its own.
    digest = hashlib.sha256(b"clarion.second-factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
