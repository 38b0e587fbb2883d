"""For all tests: the shared county, real processes, what to skip where."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.factories.county", "tests.fence", "tests.processes", "tests.skipping"]
# How fast a busy machine draws examples says nothing about the code.
settings.register_profile("anju", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anju")
