"""What a lower room proposes to a higher one: written in the proposer's own transaction, consumed once."""

from clarion.outbox.message import Message

__all__ = ["Message"]
