"""The verbs: what each command of the Makefile does."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from .bench import drop_bench_database, make_bench_database, run_bench
from .checks import Checks
from .database import Server
from .demo import DemoDatabase
from .errors import StackError
from .layout import MARKER, Layout
from .node import Node
from .odoo_tree import OdooSource
from .postgres import Cluster, cluster_for
from .pot import write_templates
from .process import one_at_a_time, only_one
from .programs import Programs
from .progress import Progress
from .serve import check_port, read_port, serve
from .settings import Settings
from .suite import planned, run_tests
from .templates import Templates
from .venv import Environment, point_to_odoo

VERBS = {
    "run": "serve the demo on http://127.0.0.1:8069 (PORT= changes the port)",
    "test": "run all tests (ARGS= goes to pytest)",
    "bench": "measure rights of 100,000 people, pages, a release of uptake",
    "check": "check style, security hints, licences and translations",
    "format": "let the formatters rewrite what 'check' would complain of",
    "pot": "write the translation templates anew",
    "db": "leave PostgreSQL running and write .stack/odoo.conf",
    "stop": "stop what was left running",
    "shell": "open the Odoo shell on the demo database",
    "setup": "get all that the other commands need, and do nothing else",
    "clean": "stop everything and delete what was made",
}

#: Verbs whose arguments are left as they are for what they run.
PASSED_ON = ("test", "bench")


class Stack:
    """The parts, put together for one command."""

    def __init__(self, level="odoo", cluster="run", browser=False):
        os.umask(0o022)
        self.layout = Layout.from_environment()
        self.source = OdooSource(self.layout)
        self.source.check()
        Server.from_environment(os.environ)
        self.python = Environment(self.layout, "venv", level)
        self.programs = Programs(self.layout)
        self.cluster_name = cluster
        self.browser = browser
        self.progress = Progress()
        self.settings = None

    @property
    def _first_steps(self):
        steps = [
            ("Python packages", self.python.ensure),
            ("Odoo", self.source.ensure),
            ("PDF printing", self.programs.ensure_pdf),
        ]
        if self.browser:
            steps += [
                ("Browser for the tests", self.programs.ensure_browser),
                ("Driver of the browser", self.programs.ensure_driver),
            ]
        return steps

    def prepare(self, *more_steps):
        """Set everything up with PostgreSQL running, then do ``more_steps``."""
        with one_at_a_time(self.layout, "setup", print):
            self.progress.run(
                [*self._first_steps, ("PostgreSQL", self._start), *more_steps]
            )

    def _start(self, _say):
        point_to_odoo(self.layout, self.source.tree)
        cluster = cluster_for(self.layout, self.cluster_name)
        self.settings = Settings(self.layout, self.source.tree, cluster)
        started = cluster.start()
        return {True: "started", False: "running"}[started]

    def finish(self):
        """Stop PostgreSQL if this command started it."""
        if self.settings and getattr(self.settings.cluster, "child", None):
            self.settings.cluster.stop()


def verb_run(options):
    """Serve the demo."""
    port = read_port(options.port)
    check_port(port)
    stack = Stack()
    demo = []

    def make_demo(say):
        demo.append(DemoDatabase(stack.settings))
        return demo[0].ensure(say)

    busy = "The demo is being served already by this folder: stop it with Ctrl-C there."
    with only_one(stack.layout, "run", busy):
        try:
            stack.prepare(("Demo database", make_demo))
            print("Starting Odoo ...", flush=True)
            serve(stack.settings, demo[0].name, port)
        finally:
            stack.finish()
    return 0


def _both_templates(stack):
    """Steps that have the database of each addon: some need neighbours."""
    return (
        ("Template database", lambda say: Templates(stack.settings).ensure(say)),
        (
            "Template with neighbours",
            lambda say: Templates(stack.settings).ensure_neighbours(say),
        ),
    )


def verb_test(options):
    """Run the tests."""
    stack = Stack("test", "test", browser=True)
    busy = "The tests are running already in this folder: wait for them to end."
    with only_one(stack.layout, "test", busy):
        try:
            runs = planned(options.arguments)
            steps = _both_templates(stack)
            if not any(run.with_neighbours for run in runs):
                steps = steps[:1]
            stack.prepare(*steps)
            return run_tests(stack.settings, runs)
        finally:
            stack.finish()


def verb_bench(options):
    """Run the benchmark."""
    stack = Stack("odoo", "test")
    busy = "Tests or a benchmark are running already in this folder: wait for them."
    with only_one(stack.layout, "test", busy):
        try:
            stack.prepare(
                (
                    "Benchmark database",
                    lambda say: make_bench_database(stack.settings, say),
                )
            )
            return run_bench(stack.settings, options.arguments)
        finally:
            if stack.settings:
                drop_bench_database(stack.settings)
            stack.finish()


def verb_setup(_options):
    """Get everything, for later."""
    stack = Stack("test", "test", browser=True)
    try:
        stack.prepare()
    finally:
        stack.finish()
    return 0


def verb_db(_options):
    """Leave PostgreSQL running."""
    stack = Stack()
    # A server that ends with this command is of no use here: start it to stay.
    stack.progress.run(stack._first_steps)
    point_to_odoo(stack.layout, stack.source.tree)
    cluster = cluster_for(stack.layout, "run")
    cluster.start(keep=True)
    settings = Settings(stack.layout, stack.source.tree, cluster)
    file = settings.write_file(settings.file)
    server = cluster.server
    python = _short(stack.layout.python)
    print(f"\nPostgreSQL is running: host {server.host}, user {server.user}.")
    print(f"  {python} -m odoo -c {_short(file)} -d NAME -i hr_career_focus")
    print("'make stop' stops it.")
    return 0


def _short(path):
    """``path`` as it is written in the folder the user is in."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else path


def verb_stop(_options):
    """Stop what runs."""
    layout = Layout.from_environment()
    stopped = []
    for name in ("run", "test"):
        cluster = Cluster(layout, name)
        if cluster.pid:
            cluster.stop()
            stopped.append(name)
    print("PostgreSQL was stopped." if stopped else "Nothing was running.")
    return 0


def verb_shell(_options):
    """Open the Odoo shell."""
    stack = Stack()
    try:
        stack.prepare()
        database = DemoDatabase(stack.settings)
        if database.stamp.value is None:
            raise StackError("There is no demo database yet: run 'make run' once.")
        command = stack.settings.command(
            "shell", "-d", database.name, "--no-http", "--log-level=warn"
        )
        return subprocess.call(command, env=stack.settings.environment())
    finally:
        stack.finish()


def verb_clean(_options):
    """Delete what was made."""
    home = Path(os.environ.get("STACK_HOME") or "")
    layout = Layout.from_environment()
    if home != Path() and not (layout / MARKER).exists():
        raise StackError(f"{home} was not made by this command, so it is kept.")
    for name in ("run", "test"):
        cluster = Cluster(layout, name)
        cluster.stop()
        shutil.rmtree(cluster.socket, ignore_errors=True)
    if layout.cluster_base != layout / "data":
        shutil.rmtree(layout.cluster_base, ignore_errors=True)
    shutil.rmtree(layout.home)
    print(f"{layout.home} is deleted.")
    return 0


def _with_checkers(action):
    """Set up the checkers and a template database, then do ``action``."""
    stack = Stack("test", "test")
    python = Environment(stack.layout, "venv-check", "check")
    node = Node(stack.layout)
    try:
        stack.prepare(
            *_both_templates(stack),
            ("Checkers", python.ensure),
            ("Checkers of XML and scripts", node.ensure),
        )
        return action(Checks(stack.layout, python, node, stack.settings))
    finally:
        stack.finish()


def verb_check(_options):
    """Run the checks."""
    return _with_checkers(Checks.run)


def verb_format(_options):
    """Rewrite files."""
    return _with_checkers(Checks.format)


def verb_pot(_options):
    """Write the translation templates."""
    stack = Stack("test", "test")
    try:
        stack.prepare(
            *_both_templates(stack),
            ("Templates", lambda say: write_templates(stack.settings, say)),
        )
    finally:
        stack.finish()
    return 0


def parse(arguments):
    """Read a command line; what follows ``test`` or ``bench`` is left as it is.

    >>> parse(["test", "-k", "wall", "tests"]).arguments
    ['-k', 'wall', 'tests']
    >>> parse(["run", "--port", "8070"]).port
    '8070'
    """
    parser = argparse.ArgumentParser(
        prog="python3 tools/stack",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, text in VERBS.items():
        verb = verbs.add_parser(name, help=text, add_help=name not in PASSED_ON)
        if name == "run":
            verb.add_argument("--port", default="8069")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.verb not in PASSED_ON:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.arguments = rest
    return options


def main(arguments):
    """Run one verb; every failure is a sentence and an exit code."""
    options = parse(arguments)
    # A script that starts this in the background has it ignore interrupts, and all that
    # it starts in turn: then nothing would stop with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return globals()[f"verb_{options.verb}"](options)
    except StackError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("Stopped.", 130)
    except OSError as error:
        return _fail(f"{error.strerror or error}: {error.filename or 'this machine'}.")
    except Exception as error:  # pylint: disable=broad-except
        log = Layout.from_environment().log_dir / "crash.log"
        log.write_text(traceback.format_exc())
        return _fail(f"This should not happen ({error!r}): please report {log}.")


def _fail(sentence, code=1):
    sys.stdout.flush()
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    return code
