"""Documents as PDF, typeset inside the process by Typst: tagged, in six languages, without network or system fonts."""

from clarion.pictures.pdf.markup import escape, figure, preamble, string, table
from clarion.pictures.pdf.typeset import typst_pdf

__all__ = ["escape", "figure", "preamble", "string", "table", "typst_pdf"]
