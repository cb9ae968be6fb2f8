"""Accounts, sign-in links, API tokens and the log, as Django models."""
