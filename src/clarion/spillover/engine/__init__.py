"""Pure answers: question, tables and seed in, estimates out; no network, clock or globals."""
