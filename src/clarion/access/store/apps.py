from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "clarion.access.store"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
