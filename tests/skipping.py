"""What to skip where, and no skipping where all must run.

With ANJU_NO_SKIP=1 (the full check on a machine that has everything) a skipped test is a failed
test, so that nothing is believed to be tested that was not.
"""

import os
from collections.abc import Generator

import pytest
from tests import machine

NO_SKIP = os.environ.get("ANJU_NO_SKIP") == "1"
_NEEDS = ("browser", "postgresql", "spark")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot run, with the reason."""
    for marker in _NEEDS:
        if item.get_closest_marker(marker) is not None:
            reason = machine.missing(marker)
            if reason:
                pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skip as a failure where nothing may be skipped."""
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but ANJU_NO_SKIP=1: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for whole modules that skip themselves."""
    report = yield
    if NO_SKIP and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, but ANJU_NO_SKIP=1: {report.longrepr}"
    return report
