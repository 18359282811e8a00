"""Runs the benchmark on a database of its own, which goes when it ends."""

import subprocess

from .layout import ROOT
from .odoo_job import run_odoo
from .process import die_with_parent
from .templates import Templates

#: Odoo's own module that the benchmark compares with.
COMPARED_WITH = "hr_holidays"


def make_bench_database(settings, say):
    """Make a copy of the full template with Odoo's Time Off; returns a few words."""
    templates = Templates(settings)
    templates.ensure(say)
    database = templates.clone(templates.bench)
    say("installing Odoo's Time Off")
    run_odoo(
        settings,
        "server",
        *("-d", database, "-i", COMPARED_WITH, "--stop-after-init", "--no-http"),
        what="Installing Odoo's Time Off",
        log=settings.layout.log_dir / "bench.log",
        say=say,
    )
    return "made"


def run_bench(settings, arguments):
    """Run the benchmark; returns its exit code."""
    file = settings.write_file(settings.file)
    command = [settings.layout.python, ROOT / "benchmarks", "-c", file]
    command += ["-d", Templates(settings).bench, *arguments]
    return subprocess.call(
        list(map(str, command)),
        cwd=ROOT,
        env=settings.environment(),
        preexec_fn=die_with_parent,
    )


def drop_bench_database(settings):
    """Delete what :func:`make_bench_database` made."""
    settings.cluster.server.drop(Templates(settings).bench, settings.data_dir)
