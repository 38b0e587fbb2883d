"""The application as a WSGI server wants it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

# Pages connect as a role that sees the viewer's places only; commands and workers do not
# (docs/security.md). Set before the settings are read.
if "ANJU_WEB_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["ANJU_WEB_DATABASE_URL"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.config.settings")
application = get_wsgi_application()

# What has been loaded stays: the collector need not look through all of it, over and over, in the
# middle of pages, nor as often as is right for programs that end soon (docs/performance.md).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
