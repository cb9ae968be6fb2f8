"""The room of food, fertiliser, energy, remittance and trade shocks."""
