"""Clarion: tell who is hurt by Russia's war on Ukraine, how badly, how sure, and where support helps most.

The package is laid out as eight rooms on one ground; ``docs/architecture.md`` walks through it.
Importing it loads nothing but the standard library.
"""

__version__ = "0.1.0"
