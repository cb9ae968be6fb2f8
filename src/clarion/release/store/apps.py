from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    name = "clarion.release.store"
    label = "release"
    default_auto_field = "django.db.models.BigAutoField"
