"""Scripts that run in the environments of other matchers, and know nothing of Clarion: JSON in, JSON out."""
