"""Runs by month: work them, keep them, read them back, and say them in words, pictures and tables."""
