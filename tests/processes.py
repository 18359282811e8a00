"""Programs the tests run, each with its whole output when it fails."""

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
