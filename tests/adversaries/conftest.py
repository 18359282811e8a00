"""Tells at the end how many calls each part of the attack made."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Let refusals be logged as warnings, and the neighbours complain of their own."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.may_log("refusals are what this is about"))


def pytest_terminal_summary(terminalreporter):
    """Print the calls of every test; an attack that never reached a server shows."""
    # Not imported above: Odoo is not set up yet when this file is read.
    case = sys.modules.get("adversary_case")
    if not case or not case.tally:
        return
    terminalreporter.section("calls made over HTTP")
    for name, calls in case.tally.most_common():
        terminalreporter.write_line(f"{calls:7} {name}")
    terminalreporter.write_line(f"{sum(case.tally.values()):7} in all")
