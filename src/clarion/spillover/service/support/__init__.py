"""Support plans: work them from a run by month, keep them, propose them, and say them in words, pictures and tables."""
