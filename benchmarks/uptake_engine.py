"""A release with its proof for everybody, in a process of its own without Odoo.

    python benchmarks/uptake_engine.py 100000

Prints one line of JSON: the seconds it took, the most memory the process ever held (the
invented people included), and what came out.
"""

import json
import sys
import time
import types
from datetime import date
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent / "hr_career_focus_reports"
DEPTH = 5
#: One participant in so many people, as published about guidance that is well known.
RATE = 0.08
#: The fastest of so many turns counts, fewer of what takes long.
TURNS = {1_000: 5, 10_000: 3}
#: All of these have been published when the year is, in companies large enough.
QUARTERS, QUARTERS_FROM = ("q1", "q2", "q3", "q4"), 200


def load():
    """Return the engine's module of releases and the generator of organisations.

    The addon itself would import Odoo; its engine does not.
    """
    for name in ("", ".tests"):
        package = types.ModuleType(ADDON.name + name)
        package.__path__ = [str(ADDON / name.strip("."))]
        sys.modules[package.__name__] = package
    from hr_career_focus_reports.engine import release
    from hr_career_focus_reports.tests import synthetic

    return release, synthetic


def most_memory():
    """Return the most memory this program ever held, in MiB (Linux only)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell how much memory was used.")


def publish(release, register, starts, period, earlier):
    """Return the release of a period, after those that came before it in the year."""
    return release.compute(
        register,
        starts,
        company=1,
        period=period,
        published_on=date(register.year + 1, 1, 15),
        secret=b"for the benchmark only",
        earlier=earlier,
    )


def run(size):
    """Measure one organisation; return plain values."""
    release, synthetic = load()
    register = synthetic.organisation(size, seed=1, depth=DEPTH)
    starts = synthetic.statuses(register, RATE, seed=1)
    best = None
    for _turn in range(TURNS.get(size, 1)):
        # Whatever a register remembers of itself is made anew.
        register = type(register)(register.year, register.units, register.people)
        earlier = []
        for quarter in QUARTERS if size >= QUARTERS_FROM else ():
            made = publish(release, register, starts, quarter, earlier)
            earlier.append((register, quarter, made.rows))
        begin = time.perf_counter()
        made = publish(release, register, starts, "year", earlier)
        seconds = time.perf_counter() - begin
        best = min(seconds, best or seconds)
    return {
        "people": size,
        "units": len(register.units),
        "rows": len(made.rows),
        "state": made.state,
        "holds": made.certificate["holds"],
        "seconds": best,
        "memory": most_memory(),
    }


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]))))
