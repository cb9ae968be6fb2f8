"""What can go wrong with sealed values, keyholders and the log; each code is stable and names one kind of trouble."""

from __future__ import annotations

from clarion.errors import ClarionError, InputError


class SealError(ClarionError):
    """A sealed value, roster, request or answer does not hold together: moved, changed, replayed or forged."""

    code = "seal"
    exit_code = 3
    http_status = 409


class BadDocument(InputError):
    """This is not a document of the kind that was asked for, or not in its one canonical form."""

    code = "bad-document"
    exit_code = 3


class WrongPassphrase(SealError):
    """The passphrase does not open the key file. Nothing was changed; trying again is safe."""

    code = "wrong-passphrase"
    http_status = 403


class NotEnough(SealError):
    """Fewer keyholders have approved than the roster asks for."""

    code = "not-enough"


class DeskError(ClarionError):
    """The desk cannot be reached, or its answer is not one. Nothing was lost; the same command may be given again."""

    code = "desk-answer"
    exit_code = 3
    http_status = 502
