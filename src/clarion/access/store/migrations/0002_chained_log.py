"""The log becomes a chain: the acts that were noted so far are linked in their order, after one that says so."""

from django.db import migrations, models

import clarion.access.store.models
from clarion.config import config
from clarion.seal.log.chain import Chain
from clarion.seal.log.signer import signer


def chain(apps, schema_editor):
    LogEntry, LogHead = apps.get_model("access", "LogEntry"), apps.get_model("access", "LogHead")
    earlier = LogEntry.objects.order_by("pk")
    first = earlier.first()
    if first is None:
        return
    ours = signer(config().home)
    links = Chain(ours)
    # They were kept unchained: that they are as they were noted nobody can prove, and this line tells from when on.
    begins = links.link(first.at, "desk", "log begins", "", {"earlier": earlier.count()})
    waiting = []
    for entry in earlier.iterator(chunk_size=1000):
        row = links.link(entry.at, entry.actor, entry.action, entry.object, dict(entry.detail))
        entry.seq, entry.line, entry.hash, entry.sig = row.seq, row.line, row.hash, row.sig
        waiting.append(entry)
        if len(waiting) == 1000:
            LogEntry.objects.bulk_update(waiting, ["seq", "line", "hash", "sig"])
            waiting = []
    if waiting:
        LogEntry.objects.bulk_update(waiting, ["seq", "line", "hash", "sig"])
    LogEntry.objects.create(seq=begins.seq, line=begins.line, hash=begins.hash, sig=begins.sig)
    newest = LogEntry.objects.order_by("-seq").first()
    LogHead.objects.create(pk=1, **ours.head(newest.seq, newest.hash, newest.at.strftime("%Y-%m-%dT%H:%MZ")))


def member(name, kind):
    return models.GeneratedField(
        expression=clarion.access.store.models.Member("line", member=name, output_field=kind),
        output_field=kind, db_persist=True,
    )


class Migration(migrations.Migration):

    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("at", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("sig", models.CharField(max_length=128)),
            ],
        ),
        migrations.AddField("logentry", "seq", models.BigIntegerField(null=True)),
        migrations.AddField("logentry", "line", models.TextField(default=""), preserve_default=False),
        migrations.AddField("logentry", "hash", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddField("logentry", "sig", models.CharField(max_length=128, default=""), preserve_default=False),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterModelOptions("logentry", {"ordering": ("-seq",)}),
        migrations.RemoveField("logentry", "at"),
        migrations.RemoveField("logentry", "actor"),
        migrations.RemoveField("logentry", "action"),
        migrations.RemoveField("logentry", "object"),
        migrations.RemoveField("logentry", "detail"),
        migrations.AlterField("logentry", "seq", models.BigIntegerField(unique=True)),
        migrations.AddField("logentry", "actor", member("actor", models.CharField(max_length=40))),
        migrations.AddField("logentry", "action", member("action", models.CharField(max_length=80))),
        migrations.AddField("logentry", "object", member("object", models.CharField(max_length=120))),
        migrations.AddField("logentry", "detail", member("detail", models.JSONField())),
    ]
