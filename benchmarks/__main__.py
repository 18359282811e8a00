"""How the entitlement of many people grows, and what the wall costs on a page.

    make bench

First the pages: opening a traject with guard, access log and sealing, and the same
page with these taken out (``pages.py``). Then the people, and two other readings of
them. Last a release of uptake with its proof (``uptake.py``). When named, also who is
found in published figures (``attacks.py``), and what they are good for
(``utility.py``).

Makes 100,000 employees in one transaction on a database with the addon and Odoo's
Time Off, measures, and rolls everything back. Three readings of the same people:

* entitlement: what everybody may use on a day, from the records to the answers;
* the floor: the one query with the facts of that, fetched by a bare cursor of the
  same connection;
* leave balances: what Odoo's Time Off shows of everybody, ``get_allocation_data``,
  of one leave type with one allocation and two leaves each.

The fastest of three turns counts, and of the leave balances the only one.
"""

import argparse
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pages
import uptake
from agreements import make_agreements, make_uses
from leave import make_leaves
from measure import measure, table
from people import make_people

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

SIZES = (1_000, 10_000, 100_000)
DAY = date(2026, 6, 15)
#: Odoo's leave balances of so many people at a time, so that its cache stays small.
CHUNK = 1_000
MOST_TIMES_FLOOR = 2.5
LEAST_TIMES_FASTER = 20
#: Programs of their own that need no database and take long.
PURE = ("attacks", "utility")


class Benchmark:
    """The people, and each way to read them."""

    def __init__(self, env, number):
        self.env = env
        self.adapter = env["hr.career.entitlement"].sudo()
        say(f"making {number:,} employees")
        self.agreements = make_agreements(env)
        self.ids = make_people(env, number, self.agreements.ids)
        self.uses = make_uses(self.agreements, self.ids, DAY)
        say("giving them leave")
        self.leave_type = make_leaves(env, self.ids)

    def entitlement(self, size):
        """Measure the answers for the first ``size`` people."""
        ids = self.ids[:size]
        employees = self.env["hr.employee"].browse(ids)
        uses = {number: self.uses[number] for number in ids if number in self.uses}
        return measure(
            self.env, lambda: self.adapter._entitlements(employees, DAY, uses), times=3
        )

    def floor(self, size):
        """Measure fetching the same rows with a bare cursor."""
        from odoo.addons.hr_career_focus.engine.batch import collector_at_rest

        query = self.adapter._history_query(self.ids[:size])

        def fetch():
            with collector_at_rest(), self.env.cr._cnx.cursor() as cursor:
                cursor.execute(query.code, query.params)
                return cursor.fetchall()

        return measure(self.env, fetch, times=3)

    def leave_balances(self, size):
        """Measure Odoo's leave balances, in chunks with the cache emptied between."""

        def balances():
            for first in range(0, size, CHUNK):
                last = min(first + CHUNK, size)
                people = self.env["hr.employee"].browse(self.ids[first:last])
                self.leave_type.get_allocation_data(people, DAY)
                self.env.invalidate_all()
                say(f"leave balances: {last:,} of {size:,}", end="\r")

        return measure(self.env, balances)

    def uses_read(self, size):
        """Measure reading what people used from the vault."""
        from odoo.addons.hr_career_focus.casework.uses import uses_of

        return measure(self.env, lambda: uses_of(self.env, self.ids[:size]), times=3)


def say(words, end="\n"):
    """Tell how far it is."""
    print(f"  {words}   ", end=end, file=sys.stderr, flush=True)


def report(benchmark, sizes):
    """Measure everything and print it; return whether the goals are met."""
    rows, measured = [], []
    for size in sizes:
        say(f"{size:,}: entitlement and the floor")
        own, floor = benchmark.entitlement(size), benchmark.floor(size)
        leave = benchmark.leave_balances(size)
        measured.append((own, floor, leave))
        rows.append(
            (
                f"{size:,}",
                f"{own.seconds:.3f}",
                f"{own.queries}",
                f"{floor.seconds:.3f}",
                f"{own.seconds / floor.seconds:.2f}",
                f"{leave.seconds:.1f}",
                f"{leave.queries:,}",
                f"{leave.seconds / own.seconds:.0f}",
            )
        )
    answers = measured[-1][0].result
    statuses = [answer.status for found in answers.values() for answer in found]
    told = ", ".join(f"{statuses.count(one):,} {one}" for one in sorted(set(statuses)))
    print(f"\nEntitlement of everybody on {DAY}: seconds and queries\n")
    head = ("people", "seconds", "queries", "floor", "x floor")
    print(table((*head, "leave balances", "queries", "x faster"), rows))
    print(f"\n{len(statuses):,} answers of {sizes[-1]:,} people: {told}.")
    print(f"{len(measured[-1][1].result):,} rows of history are the floor.")
    print(f"Leave balances were worked out {CHUNK:,} people at a time, all of them.\n")
    return print_goals(sizes, measured)


def print_goals(sizes, measured):
    """Print each goal, with what was measured; return whether all are met."""
    counts = sorted({own.queries for own, _floor, _leave in measured})
    own, floor, leave = measured[-1]
    times_floor = own.seconds / floor.seconds
    times_faster = leave.seconds / own.seconds
    goals = (
        (
            len(counts) == 1,
            "the number of queries is the same for any number of people",
            " or ".join(map(str, counts)),
        ),
        (
            times_floor <= MOST_TIMES_FLOOR,
            f"at {sizes[-1]:,} people at most {MOST_TIMES_FLOOR} times the floor",
            f"{times_floor:.2f}",
        ),
        (
            times_faster >= LEAST_TIMES_FASTER,
            f"at least {LEAST_TIMES_FASTER} times faster than leave balances",
            f"{times_faster:.0f}",
        ),
    )
    print("Goals")
    for is_met, goal, found in goals:
        print(f"  {'met' if is_met else 'NOT MET':8} {goal}: {found}")
    return all(is_met for is_met, *_rest in goals)


def report_vault(benchmark, sizes):
    """Print what reading the uses from the vault takes."""
    rows = []
    for size in sizes:
        say(f"{size:,}: uses in the vault")
        read = benchmark.uses_read(size)
        rows.append((f"{size:,}", f"{read.seconds:.3f}", f"{read.queries}"))
    print("\nReading from the vault what people used, which comes before\n")
    print(table(("people", "seconds", "queries"), rows))


def report_rights(database, sizes):
    """Make the people, measure, print, and leave nothing behind.

    :return: whether the goals are met
    """
    with Registry(database).cursor() as cr:
        benchmark = Benchmark(api.Environment(cr, SUPERUSER_ID, {}), sizes[-1])
        are_met = report(benchmark, sizes)
        report_vault(benchmark, sizes)
        cr.rollback()
    return are_met


def main(arguments):
    """Measure and print; return 0 when every goal is met, and 1 otherwise."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("-c", "--config", required=True, help="Odoo's configuration")
    parser.add_argument("-d", "--database", required=True, help="an empty database")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="numbers of people"
    )
    parser.add_argument(
        "--turns", type=int, default=pages.TURNS, help="times each page is opened"
    )
    parser.add_argument(
        "--only",
        choices=("pages", "rights", "uptake", *PURE),
        help="one of the measurements; the last two only when named",
    )
    options = parser.parse_args(arguments)
    if options.only in PURE:
        program = Path(__file__).with_name(f"{options.only}.py")
        return subprocess.run([sys.executable, program], check=False).returncode
    config.parse_config(
        ["-c", options.config, "-d", options.database, "--no-http", "--log-level=warn"]
    )
    start = time.perf_counter()
    are_met = []
    if options.only in (None, "pages"):
        say("opening pages")
        are_met.append(pages.report(options.database, options.turns))
    if options.only in (None, "rights"):
        are_met.append(report_rights(options.database, sorted(options.sizes)))
    if options.only in (None, "uptake"):
        are_met.append(uptake.report(options.database))
    print(f"\nThe benchmark took {time.perf_counter() - start:.0f} seconds.")
    return 0 if all(are_met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
