"""Times in documents: UTC, to the minute, since a finer one would link a document to whoever was at work then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from clarion.seal.errors import BadDocument, SealError

_FORM = "%Y-%m-%dT%H:%MZ"
SLACK = timedelta(minutes=10)  # by which two people's clocks may differ


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_FORM)


def moment(text: Any) -> datetime:
    """The time that a document names.

    Raises
    ------
    BadDocument: it is none.
    """
    try:
        found = datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    except (TypeError, ValueError) as error:
        raise BadDocument("A time in a document cannot be read.", next_step="Ask for the document again.") from error
    if written(found) != text:
        raise BadDocument("A time in a document is not in its one form.", next_step="Ask for the document again.")
    return found


def not_ahead(made: datetime, now: datetime, what: str) -> None:
    """Refuse what was made in the future: one of the two clocks is wrong.

    Raises
    ------
    SealError: saying so.
    """
    if made > now + SLACK:
        raise SealError(
            f"This {what} is from {written(made)}, and this machine's clock says {written(now)}.",
            next_step="Set the clock of the machine that is wrong, then try again.",
        )
