"""Charts and maps as SVG, and documents as PDF: the same picture for a page, a brief and the command line.

Nothing here knows a room, a request or a database; words come in already translated, numbers already worded.
"""
