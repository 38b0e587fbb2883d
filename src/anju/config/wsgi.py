"""The application as a WSGI server wants it."""

import os

from django.core.wsgi import get_wsgi_application

# Pages connect as a role that sees the viewer's places only; commands and workers do not
# (docs/security.md). Set before the settings are read.
if "ANJU_WEB_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["ANJU_WEB_DATABASE_URL"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.config.settings")
application = get_wsgi_application()
