from django.db import models


class Lamp(models.Model):
    lit = models.BooleanField(default=False)
