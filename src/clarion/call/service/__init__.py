"""Use cases of the call: the board, and the commitments on it."""

from clarion.call.service.board import Card, board

__all__ = ["Card", "board"]
