"""Files of payees: their columns read, their rows screened in parts, their answers written out."""
