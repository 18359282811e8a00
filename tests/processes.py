"""Programs the tests run, each with its whole output when it fails."""

import os
import subprocess


def run(*command, **options):
    """Run a command and return its output; fail with it when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def make_database(name, env):
    """Make a database with Odoo's own modules, where the suite keeps one to copy.

    Without one, Odoo makes the database itself at the first install.
    """
    base = os.environ.get("CAREER_FOCUS_BASE_DATABASE")
    if base:
        run("createdb", "-T", base, name, env=env)
