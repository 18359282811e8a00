"""Who is found in published figures, on many organisations; without Odoo.

    make bench ARGS="--only attacks"
    python benchmarks/attacks.py --seeds 10

The same attacks as ``hr_career_focus_reports/tests/test_attack_*.py`` make on a sample:
here all sizes, shares and depths, with so many companies of each. It ends with 1 when
anybody is found. ``utility.py`` writes what it found into ``docs/uptake-tests.md``.
"""

import argparse
import importlib
import itertools
import multiprocessing
import sys
import time
import types
from pathlib import Path

from measure import table

ADDON = Path(__file__).resolve().parent.parent / "hr_career_focus_reports"
PROCESSES = 2
#: How far each attack goes: up to so many people, or so many trials.
CELLS_UP_TO, TRIALS = 500, 100
HEAD = (
    "organisations",
    "number",
    "with a breakdown",
    "refused",
    "people certain",
    "groups looked at",
    "groups told",
    "looks by somebody who knows two",
    "told",
)


def load(*names):
    """Return modules of the addon's tests; the addon itself would import Odoo."""
    package = "odoo.addons." + ADDON.name
    if package not in sys.modules:
        paths = (("odoo", []), ("odoo.addons", []), (package, [str(ADDON)]))
        for name, path in (*paths, (package + ".tests", [str(ADDON / "tests")])):
            sys.modules[name] = types.ModuleType(name)
            sys.modules[name].__path__ = path
    return [importlib.import_module(f"{package}.{name}") for name in names]


def say(words):
    """Tell how far it is."""
    print(f"  {words}   ", end="\r", file=sys.stderr, flush=True)


def one(case):
    """Attack one organisation; return its heading and what was found."""
    kind, details = case
    grid, data, synthetic, parameters = load(
        "tests.attack_grid", "tests.attack_data", "tests.synthetic", "engine.parameters"
    )
    if kind == "public":
        register, starts = data.PUBLIC[details]()
        found = grid.attack(register, starts, cells=True, trials=TRIALS)
        return f"public data: {details} ({len(register):,})", found
    if kind == "edge":
        shape, starters = details
        register = data.SHAPES[shape]
        starts = data.participants(register, starters)
        return "at the edge", grid.attack(register, starts, cells=True, trials=TRIALS)
    size, rate, seed, depth = details
    register = synthetic.organisation(size, seed, depth)
    starts = synthetic.statuses(register, rate, seed)
    options = {"secret": b"grid %d" % seed, "trials": TRIALS}
    if kind == "invented":
        options["cells"] = size <= CELLS_UP_TO
        return f"{size:,} people", grid.attack(register, starts, **options)
    agreed = parameters.AGREED
    options["parameters"] = agreed.stricter(agreed.minimum, exact_total=True)
    found = grid.attack(register, starts, with_total=True, **options)
    return f"{size:,} people, exact total known", found


def cases(seeds):
    """Return every organisation to attack, those that take longest first."""
    data, synthetic = load("tests.attack_data", "tests.synthetic")
    invented = sorted(synthetic.grid(seeds=seeds), reverse=True)
    return [
        *(("public", name) for name in data.PUBLIC),
        *(("invented", details) for details in invented),
        # With no more participants than a reader knows, the total alone decides.
        *(("total", details) for details in invented if details[0] * details[1] > 3),
        *(("edge", details) for details in itertools.product(data.SHAPES, data.CASES)),
    ]


def run(seeds):
    """Return the rows of the table, and in how many organisations nobody was found."""
    waiting = cases(seeds)
    found = {}
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        done = pool.imap_unordered(one, waiting)
        for number, (heading, outcome) in enumerate(done, start=1):
            found.setdefault(heading, []).append(outcome)
            say(f"{number} of {len(waiting)} organisations attacked")
    ordered = sorted(found.items(), key=lambda item: _order(item[0]))
    return [(heading, *summed(outcomes)) for heading, outcomes in ordered]


def _order(heading):
    """Put invented companies first, by size."""
    size = heading.split()[0].replace(",", "")
    return (not size.isdigit(), "total" in heading, int(size) if size.isdigit() else 0)


def summed(outcomes):
    """Return the numbers of one line."""
    return (
        len(outcomes),
        sum(outcome.state == "full" for outcome in outcomes),
        sum(outcome.refused for outcome in outcomes),
        sum(outcome.certain for outcome in outcomes),
        sum(outcome.cells for outcome in outcomes),
        sum(outcome.told_cells for outcome in outcomes),
        sum(outcome.trials for outcome in outcomes),
        sum(outcome.told_insiders for outcome in outcomes),
    )


def written(row):
    """Return the cells of a line as text."""
    return [cell if isinstance(cell, str) else f"{cell:,}" for cell in row]


def nobody(rows):
    """Tell whether all attacks found nothing."""
    return not any(row[4] or row[6] or row[8] for row in rows)


def main(arguments):
    """Attack and print; return 0 when nobody was found."""
    parser = argparse.ArgumentParser(prog="attacks", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="companies of each kind")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    rows = run(options.seeds)
    print(table(HEAD, [written(row) for row in rows]))
    print(f"\n{time.perf_counter() - start:.0f} seconds.")
    print("Nobody was found." if nobody(rows) else "SOMEBODY WAS FOUND.")
    return 0 if nobody(rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
