from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("spillover", "0004_kept_bytes"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="form",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="plan",
            name="form",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
