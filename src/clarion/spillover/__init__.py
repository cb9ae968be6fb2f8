"""Spillover: who is hurt by shocks to food, energy and trade, how badly, and how sure."""
