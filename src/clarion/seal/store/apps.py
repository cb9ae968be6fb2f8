from django.apps import AppConfig


class SealConfig(AppConfig):
    name = "clarion.seal.store"
    label = "seal"
    default_auto_field = "django.db.models.BigAutoField"
