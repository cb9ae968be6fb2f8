from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "clarion.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clarion.desk.witness import watch

        watch()
