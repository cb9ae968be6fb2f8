"""Numbers of the forms in which the room keeps things; each goes up with every change of what is kept in that form.

What was kept in another form is never read: it stays as it is, and whoever opens it is asked to have it worked again.
"""

from __future__ import annotations

ANSWER = 1
"""Of a run's answer with its countries and draws, and of the parts that are saved while it is worked."""
PLAN = 1
"""Of a support plan."""
EARLIER = 0
"""Of what was kept before forms had numbers."""
