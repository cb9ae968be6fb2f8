"""The board of the call: who must do what, what was measured, which room answers."""

from clarion.call.actions import actions

__all__ = ["actions"]
