"""Tells at the end how many calls each part of the attack made."""

import sys


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
