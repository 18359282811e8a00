"""Runs Odoo to its end for one job, with progress, and reads its log."""

import re

from .process import run

LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
COMPLAINT = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (WARNING|ERROR|CRITICAL) "
)


def complaints(log_text):
    """Lines of an Odoo log at WARNING or worse.

    >>> complaints("2026-01-02 03:04:05,006 7 INFO db odoo: fine\\n"
    ...            "2026-01-02 03:04:05,006 7 WARNING db odoo: not fine\\n")
    ['2026-01-02 03:04:05,006 7 WARNING db odoo: not fine']
    """
    return [line for line in log_text.splitlines() if COMPLAINT.match(line)]


def percent_done(line):
    """What to say about a line of the log that tells how far the loading is.

    >>> percent_done("... odoo.modules.loading: Loading module hr (12/40) ")
    'loading hr (12 of 40)'
    >>> percent_done("anything else")
    """
    found = LOADING.search(line)
    return "loading {} ({} of {})".format(*found.groups()) if found else None


def run_odoo(settings, verb, *arguments, what, log, say=None, script=None):
    """Run one Odoo command; returns its log.

    :param script: file with Python lines for ``odoo shell``
    :raises StackError: when Odoo ends with an error
    """

    def follow(line):
        words = percent_done(line)
        if words and say:
            say(words)

    stdin = open(script, encoding="utf-8") if script else None  # noqa: SIM115
    try:
        return run(
            settings.command(verb, *arguments),
            what=what,
            log=log,
            env=settings.environment(),
            on_line=follow,
            stdin=stdin,
        )
    finally:
        if stdin:
            stdin.close()


def install(settings, database, modules, what, log, say, options=()):
    """Install ``modules`` in ``database``, which is made when it is not there."""
    return run_odoo(
        settings,
        "server",
        *("-d", database, "-i", modules, "--stop-after-init", "--no-http"),
        *options,
        what=what,
        log=log,
        say=say,
    )
