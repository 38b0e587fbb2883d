"""What the processes of `tests.processes` are forks of: all is imported, nothing is computed yet.

What the tests run there imports these in any case, two seconds a process.
"""

import importlib

import django

_OFTEN = ("anju.jobs.worker", "anju.monitoring.actions.runs", "psycopg", "tests.factories.county")

django.setup()
for name in _OFTEN:
    importlib.import_module(name)
