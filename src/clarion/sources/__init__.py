"""Official sources: one file each, found by looking into this folder.

A source module holds one function under the ``source`` decorator. The catalogue page, ``clarion sources``,
``clarion doctor``, provenance and the documentation test all read that one declaration.
"""

from clarion.sources.base import Raw, Source, source
from clarion.sources.catalogue import catalogue, find

__all__ = ["Raw", "Source", "catalogue", "find", "source"]
