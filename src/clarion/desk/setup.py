"""Make Django ready, once, for whatever needs the database."""

from __future__ import annotations

import os

from clarion.errors import MissingPart


def django_ready() -> None:
    """Set Django up with Clarion's settings; does nothing the second time.

    Raises
    ------
    MissingPart: the ``web`` extra is not installed.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clarion.desk.settings")
    try:
        import django
        from django.apps import apps
    except ImportError as error:
        raise MissingPart(
            "The desk is not installed.", where="extra `web`", next_step="Install it with: pip install 'clarion[web]'"
        ) from error
    if not apps.ready:
        # SQLite makes its files as open as this lets it, and the data folder may have been made by somebody else.
        os.umask(0o077)
        django.setup()


def desk_here() -> bool:
    """Whether this data folder has a desk's database, for what works without one too."""
    from clarion.config import config
    from clarion.desk import database

    return bool(config().database_url) or (config().home / database.FILE).is_file()
