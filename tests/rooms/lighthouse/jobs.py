"""A job for the tests of the worker."""

import time

from django_tasks import task

from clarion.lighthouse.models import Lamp


@task()
def light(seconds: float = 0) -> None:
    lamp = Lamp.objects.create(lit=False)
    time.sleep(seconds)
    lamp.lit = True
    lamp.save()
