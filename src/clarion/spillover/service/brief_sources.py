"""What every brief ends with: how sure, from where, and what made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.locale import gettext, say
from clarion.pictures.document import Listing, Paragraph, Section
from clarion.sources.catalogue import catalogue

if TYPE_CHECKING:
    from clarion.vocab import Provenance


def sources_section(cited: Sequence[Provenance], methods: Sequence[str], language: str) -> Section:
    """Methods and sources, each once."""
    lines = tuple(dict.fromkeys(_source(p, language) for p in cited))
    said = tuple(dict.fromkeys(say(method, language) for method in methods))
    told = gettext("Ranges are 90 % intervals.", language)
    return Section(
        gettext("How sure, and from where", language),
        [Paragraph(told), *(Listing(listed) for listed in (said, lines) if listed)],
    )


def _source(cited: Provenance, language: str) -> str:
    declared = catalogue().get(cited.source)  # a user's own file has no title
    name = f"{gettext(declared.title, language)} ({cited.source})" if declared else cited.source
    return f"{name}: {gettext(cited.release, language)} ({gettext(cited.licence, language)}) {cited.url}".rstrip()


def footer(language: str) -> str:
    """The program and its version."""
    import clarion

    return gettext("Made with Clarion %(version)s", language) % {"version": clarion.__version__}
