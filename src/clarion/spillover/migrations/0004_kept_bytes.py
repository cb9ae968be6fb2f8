"""What each run's answer takes in the database, counted once for the answers that are there."""

import json

from django.db import migrations, models


def count(apps, schema_editor):
    Run, Answer, Country = (apps.get_model("spillover", name) for name in ("Run", "Answer", "CountryAnswer"))
    for pk in list(Answer.objects.values_list("pk", flat=True)):
        answer = Answer.objects.get(pk=pk)
        size = len(answer.draws) + len(json.dumps(answer.data))
        size += sum(len(json.dumps(data)) for data in Country.objects.filter(run=pk).values_list("data", flat=True))
        Run.objects.filter(pk=pk).update(kept_bytes=size)


class Migration(migrations.Migration):

    dependencies = [
        ("spillover", "0003_plans"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="kept_bytes",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
