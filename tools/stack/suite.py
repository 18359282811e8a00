"""Runs the tests on a fresh copy of the template database."""

import contextlib
import shutil
import signal
import subprocess
import tempfile

from .layout import ROOT
from .process import die_with_parent
from .templates import Templates


def run_tests(settings, arguments):
    """Run pytest; returns its exit code. Its summary is the last thing printed."""
    templates = Templates(settings)
    temporary = tempfile.mkdtemp(prefix="career-focus-")
    database = templates.clone(templates.test)
    try:
        env = settings.test_environment(database, temporary)
        env["CAREER_FOCUS_INSTALL_LOG"] = str(templates.install_log)
        env["CAREER_FOCUS_BASE_DATABASE"] = templates.base
        return _wait(
            subprocess.Popen(
                [settings.layout.python, "-m", "pytest", *arguments],
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
