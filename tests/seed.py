"""What the processes of `tests.processes` are forks of: Django is there, nothing is computed yet."""

import django

django.setup()
