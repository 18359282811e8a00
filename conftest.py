"""What counts as a failure here, besides a failed assertion.

A record at WARNING or worse in the log fails the test during which it was
logged, unless the test expects it (``assertLogs``, ``mute_logger``). A test that
is skipped did not run, so it fails too, unless it carries ``may_skip``.
"""

import logging

import freezegun
import hypothesis
import pytest

# Durations are measured with the clock on the wall, also while a test freezes time.
freezegun.configure(extend_ignore_list=["_pytest.timing"])

# The same examples at every run, however busy the machine is.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")

#: Python's own warnings reach the log under the first name; pytest shows them. The
#: second is a neighbour of Odoo that misses a library of its own when it is loaded.
NOT_OURS = ("py.warnings", "odoo.addons.attachment_indexation.")


@pytest.fixture(autouse=True)
def no_complaints_in_the_log(request, caplog):
    """Fail the test when something was logged at WARNING or worse."""
    yield
    if request.node.get_closest_marker("may_log"):
        return
    records = caplog.get_records("setup") + caplog.get_records("call")
    found = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in records
        if record.levelno >= logging.WARNING and not record.name.startswith(NOT_OURS)
    ]
    if found:
        pytest.fail("The log has complaints:\n" + "\n".join(found), pytrace=False)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail"):
        if item.get_closest_marker("may_skip"):
            return
        reason = report.longrepr[2] if report.longrepr else "no reason given"
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, so nothing was tested: {reason}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    """Turn the skip of a whole file into a failure."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, so nothing was tested."
