"""Transfers and services that others refused: a register, letters that ask for a review, totals."""
