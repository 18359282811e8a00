"""Starts and stops other programs."""

import contextlib
import ctypes
import fcntl
import os
import pwd
import signal
import subprocess
import time

from .errors import StackError, cause_of, last_words

PR_SET_PDEATHSIG = 1

#: Never inherited by what the stack starts: they change what Python or Odoo does.
FOREIGN_VARIABLES = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
FOREIGN_PREFIXES = ("ODOO_", "OPENERP_", "HR_CAREER_FOCUS_", "PYTEST_")


def clean_environment(**changes):
    """This process's environment less what would change Odoo, plus ``changes``."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in FOREIGN_VARIABLES and not name.startswith(FOREIGN_PREFIXES)
    }
    env.update({name: str(value) for name, value in changes.items()})
    return env


def run(command, what, log, env=None, cwd=None, on_line=None, stdin=None):
    """Run ``command`` to its end with its output in the file ``log``.

    :param what: names the command in the sentence about its failure
    :param on_line: called with each line of output as it comes
    :return: all output
    :raises StackError: one sentence with the cause, when the command fails
    """
    lines = []
    with open(log, "w", encoding="utf-8") as out:
        try:
            child = subprocess.Popen(
                [str(part) for part in command],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=stdin or subprocess.DEVNULL,
                env=env or clean_environment(),
                cwd=cwd,
                text=True,
                errors="replace",
                preexec_fn=die_with_parent,
            )
        except OSError as error:
            raise StackError(f"{what} could not start: {error}.") from error
        with child:
            for line in child.stdout:
                out.write(line)
                lines.append(line)
                if on_line:
                    on_line(line)
    output = "".join(lines)
    if child.returncode:
        advice = cause_of(output) or f"its last line was: {last_words(output)}"
        raise StackError(f"{what} failed: {advice}. (All of its output: {log})")
    return output


def die_with_parent():
    """Ask the kernel to interrupt this child when its parent dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def as_nobody():
    """Arguments for Popen that drop root's rights."""
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def is_running(pid, program):
    """Tell whether ``pid`` is alive and its program's name starts with ``program``."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as handle:
            first = handle.read().split(b"\0")[0].decode(errors="replace")
    except OSError:
        return False
    return os.path.basename(first.split(":")[0]).startswith(program)


def interrupt(pid, program, seconds=30):
    """Interrupt a program once and wait for its end; kill it after ``seconds``."""
    for sent, patience in ((signal.SIGINT, seconds), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sent)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not is_running(pid, program):
                return
            time.sleep(0.1)


@contextlib.contextmanager
def only_one(layout, name, sentence):
    """Hold the lock ``name``; a second holder gets ``sentence``."""
    with open(layout / "run" / f"{name}.lock", "w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StackError(sentence) from error
        yield


@contextlib.contextmanager
def one_at_a_time(layout, name, say):
    """Wait for the lock ``name``: two commands must not set up the same things."""
    with open(layout / "run" / f"{name}.lock", "w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is setting up the same folder; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
