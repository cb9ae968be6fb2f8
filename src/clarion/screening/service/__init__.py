"""Use cases of screening: check a payee, a batch, review, clear, screen again, certify."""
