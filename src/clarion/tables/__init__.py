"""Tables: what columns mean, checked reading and writing, and loaded tables kept as versioned files."""

from clarion.tables.contract import Column, Table
from clarion.tables.registry import TABLES, table

__all__ = ["TABLES", "Column", "Table", "table"]
