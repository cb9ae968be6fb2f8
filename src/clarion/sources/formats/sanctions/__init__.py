"""Readers of sanctions lists in the forms that their publishers give, one file each."""
