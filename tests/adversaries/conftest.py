"""Tells at the end how many calls each part of the attack made."""

from adversary_case import tally


def pytest_terminal_summary(terminalreporter):
    """Print the calls of every test; an attack that never reached a server shows."""
    if not tally:
        return
    terminalreporter.section("calls made over HTTP")
    for name, calls in tally.most_common():
        terminalreporter.write_line(f"{calls:7} {name}")
    terminalreporter.write_line(f"{sum(tally.values()):7} in all")
