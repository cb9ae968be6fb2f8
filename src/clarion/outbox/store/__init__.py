"""The outbox as a Django model, with its two verbs in ``verbs``."""
