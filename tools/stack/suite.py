"""Runs the tests, each session on a fresh copy of its template database.

Two sessions: the main suite on a database with the addons alone, and the adversaries on
one where Odoo's own modules stand around them. There also the tests of the addon that
goes with one of those.
"""

import contextlib
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass

from .layout import GLUE, ROOT
from .process import die_with_parent
from .templates import Templates

#: Where the tests live that need the neighbours: first those of what goes with one,
#: because the adversaries leave their own company behind.
WITH_NEIGHBOURS = (*(f"{addon}/tests" for addon in GLUE), "tests/adversaries")
#: Exit codes of pytest: all well, interrupted, and nothing found to run.
WELL, INTERRUPTED, NOTHING = 0, 2, 5


@dataclass(frozen=True)
class Session:
    """One run of pytest: what it is called, on which database, and what it is told."""

    title: str
    with_neighbours: bool
    arguments: tuple


def planned(arguments):
    """Return the sessions that ``arguments`` of pytest ask for.

    Without a file or folder among them that is both; else those the paths belong to.

    >>> [one.title for one in planned(["-k", "name"])]
    ['Main suite', 'Adversaries']
    >>> [one.title for one in planned(["tests/test_demo.py", "-x"])]
    ['Main suite']
    >>> [one.arguments for one in planned(["-x", "tests/adversaries/test_crawl.py"])]
    [('-x', 'tests/adversaries/test_crawl.py')]
    >>> planned(["-x"])[1].arguments
    ('-x', 'hr_career_focus_account/tests', 'tests/adversaries')
    """
    paths = [one for one in arguments if _is_path(one)]
    near = [one for one in paths if one.startswith(WITH_NEIGHBOURS)]
    rest = [one for one in arguments if one not in paths]
    others = [one for one in paths if one not in near]
    if not paths:
        near = list(WITH_NEIGHBOURS)
    sessions = []
    if others or not paths:
        sessions.append(Session("Main suite", False, (*rest, *others)))
    if near:
        sessions.append(Session("Adversaries", True, (*rest, *near)))
    return sessions


def _is_path(argument):
    name = argument.split("::")[0]
    return not name.startswith("-") and "/" in name and (ROOT / name).exists()


def run_tests(settings, sessions):
    """Run pytest once for each session; returns one exit code for all of them.

    Each prints its own summary. One that finds nothing to run is no failure, unless
    none does.
    """
    codes = {}
    for session in sessions:
        if len(sessions) > 1:
            print(f"\n=== {session.title} ===", flush=True)
        codes[session.title] = _run(settings, session)
        if codes[session.title] == INTERRUPTED:
            break
    if len(codes) > 1:
        words = {WELL: "passed", NOTHING: "nothing to run"}
        print("\n=== make test ===")
        for title, code in codes.items():
            print(f"{title}: {words.get(code, f'FAILED (pytest says {code})')}")
    return verdict(codes.values())


def verdict(codes):
    """Make one exit code of those of several sessions.

    >>> verdict([0, 5]), verdict([5, 5]), verdict([0, 1]), verdict([1, 0])
    (0, 5, 1, 1)
    """
    codes = list(codes)
    bad = [code for code in codes if code not in (WELL, NOTHING)]
    if bad:
        return bad[0]
    return WELL if WELL in codes else NOTHING


def _run(settings, session):
    templates = Templates(settings)
    temporary = tempfile.mkdtemp(prefix="career-focus-")
    template = templates.neighbours if session.with_neighbours else templates.full
    database = templates.clone(templates.test, template)
    try:
        env = settings.test_environment(database, temporary)
        env["CAREER_FOCUS_INSTALL_LOG"] = str(templates.install_log)
        env["CAREER_FOCUS_BASE_DATABASE"] = templates.base
        return _wait(
            subprocess.Popen(
                [settings.layout.python, "-m", "pytest", *session.arguments],
                cwd=ROOT,
                env=env,
                preexec_fn=die_with_parent,
            )
        )
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        settings.cluster.server.drop(database, settings.data_dir)


def _wait(child):
    """Wait for pytest; an interrupt reaches it once, and it ends in its own way."""

    def forward(_number, _frame):
        child.send_signal(signal.SIGINT)

    before = signal.signal(signal.SIGTERM, forward)
    try:
        while True:
            # The terminal interrupts pytest as well as this program.
            with contextlib.suppress(KeyboardInterrupt):
                return child.wait()
    finally:
        signal.signal(signal.SIGTERM, before)
