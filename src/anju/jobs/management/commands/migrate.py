"""Django's `migrate`, for which an empty database is laid out at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from anju.jobs import foundations

_OTHERWISE = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    """Asked for all migrations of an empty database, make it as they would leave it."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Lay the foundations where nothing stands, then go on as Django does."""
        if not any(options.get(name) for name in _OTHERWISE):
            foundations.lay(connections[options["database"]])
        return super().handle(*args, **options)
