"""Encrypt the secrets of authenticator apps and recovery codes that an earlier version kept as they are."""

from django.db import migrations


def encrypt(apps, schema_editor):
    from clarion.desk.second_factors import Adapter, is_encrypted

    def kept(text):
        return text if is_encrypted(text) else Adapter().encrypt(text)

    for found in apps.get_model("mfa", "Authenticator").objects.filter(type__in=("totp", "recovery_codes")):
        data = {name: kept(value) if name in ("secret", "seed") else value for name, value in found.data.items()}
        if data.get("migrated_codes"):
            data["migrated_codes"] = [kept(code) for code in data["migrated_codes"]]
        if data != found.data:
            found.data = data
            found.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_job_tables"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
