"""The desk for a WSGI server; ``clarion up`` uses it too."""

from clarion.desk.setup import django_ready

django_ready()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - Django must be ready first

application = get_wsgi_application()
