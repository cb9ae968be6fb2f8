"""huey's tables, where jobs wait in PostgreSQL. SQLite keeps jobs in a file of their own."""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        from huey.storage import PostgresStorage

        for statement in PostgresStorage(create_tables=False).ddl:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("kv", "schedule", "task", "counter"):
            schema_editor.execute(f"drop table if exists huey_{name}")


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunPython(make, drop)]
