"""How food, fertiliser, energy, wage and trade shocks spread, and where support avoids most harm."""
