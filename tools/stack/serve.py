"""Serves the demo database until it is interrupted."""

import contextlib
import errno
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .demo import login_table, read_logins
from .errors import StackError, last_words
from .process import die_with_parent
from .settings import INTERFACE

SECONDS_TO_START = 180


def read_port(text):
    """Read a port number.

    >>> read_port("8069")
    8069

    :raises StackError: when it is none
    """
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise StackError(f"PORT is '{text}', but a port is a number from 1 to 65535.")


def check_port(port):
    """Refuse a port that cannot be listened on.

    :raises StackError: with another port to use
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((INTERFACE, port))
        except OSError as error:
            other = port + 1 if port < 65535 else port - 1
            if error.errno == errno.EACCES:
                reason = "may only be used by root"
                other = 8069
            else:
                reason = "is used by another program"
            raise StackError(
                f"Port {port} {reason}: run 'make run PORT={other}', or stop what "
                "uses it."
            ) from error


def serve(settings, database, port):
    """Start Odoo, show the logins when it answers, and wait for its end."""
    log = settings.layout.log_dir / "odoo.log"
    with open(log, "w", encoding="utf-8") as out, _signals_as_interrupts():
        child = subprocess.Popen(
            settings.command(
                "server",
                *("-d", database, "--db-filter", f"^{database}$"),
                *("--http-port", port, "--no-database-list"),
            ),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=settings.environment(),
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        try:
            _wait_for_answer(child, port, log)
            _welcome(port, log)
            child.wait()
            words = last_words(log.read_text(errors="replace"))
            raise StackError(f"Odoo ended by itself: {words} (Its log: {log})")
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
        finally:
            _end(child)
    print("Stopped.", flush=True)


def _wait_for_answer(child, port, log):
    url = f"http://{INTERFACE}:{port}/web/login"
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and child.poll() is None:
        with contextlib.suppress(OSError, urllib.error.URLError):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(url, timeout=60) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.2)
    words = last_words(log.read_text(errors="replace"))
    raise StackError(f"Odoo does not answer: {words} (Its log: {log})")


def _welcome(port, log):
    print()
    print(login_table(read_logins()))
    print()
    print(f"Career Focus is ready: http://{INTERFACE}:{port}")
    print(f"Everyone in this demo is invented. Log: {log}. Stop with Ctrl-C.")
    print(flush=True)


def _end(child):
    """Interrupt Odoo exactly once: at a second time it would not tidy up."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(20)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            child.kill()
            child.wait()


@contextlib.contextmanager
def _signals_as_interrupts():
    """Let a polite kill or a closed terminal do what Ctrl-C does."""

    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    names = (signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.signal(name, interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
