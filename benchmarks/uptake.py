"""A release of uptake: with its proof for 100,000 people, and from a million cases.

First the engine, in a process of its own for each size, with the most memory it held.
Then the whole job on a database: 100,000 employees in 8,000 departments, a million
trajects in the vault, from HR history and the vault to frozen rows. Made by SQL and
rolled back.
"""

import json
import math
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

from measure import measure, table

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

SIZES = (1_000, 10_000, 100_000)
PEOPLE, DEPARTMENTS, TRAJECTS = 100_000, 8_000, 1_000_000
LEVELS = 5
YEAR = 2025
#: One employee in so many takes part, in a case that is counted.
TAKES_PART = 12
MOST_SECONDS, MOST_MEMORY = 30, 1024
PROGRAM = Path(__file__).with_name("uptake_engine.py")


def report(database):
    """Measure the engine and the job and print both; return whether goals are met."""
    engine = report_engine()
    with Registry(database).cursor() as cr:
        job = report_job(api.Environment(cr, SUPERUSER_ID, {}))
        cr.rollback()
    return print_goals([*engine, *job])


def say(words):
    """Tell how far it is."""
    print(f"  {words}   ", file=sys.stderr, flush=True)


def print_goals(goals):
    """Print each goal, with what was measured; return whether all are met."""
    print("\nGoals")
    for is_met, goal, found in goals:
        print(f"  {'met' if is_met else 'NOT MET':8} {goal}: {found}")
    return all(is_met for is_met, *_rest in goals)


# -- the engine --------------------------------------------------------------------


def report_engine():
    """Print what a release with its proof takes; return the goals."""
    found = []
    for size in SIZES:
        say(f"{size:,}: a release and its proof")
        command = [sys.executable, str(PROGRAM), str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(done.stdout))
    print("\nA release with its proof against every two insiders, in pure Python\n")
    head = ("people", "units", "rows", "state", "seconds", "x n log n", "MiB")
    rows = [
        (
            f"{one['people']:,}",
            f"{one['units']:,}",
            f"{one['rows']:,}",
            one["state"],
            f"{one['seconds']:.2f}",
            f"{growth(found[0], one):.2f}",
            f"{one['memory']:.0f}",
        )
        for one in found
    ]
    print(table(head, rows))
    last, steepest = found[-1], max(growth(found[0], one) for one in found[1:])
    return (
        (
            all(one["state"] == "full" for one in found),
            "no release is refused",
            ", ".join(one["state"] for one in found),
        ),
        (
            last["seconds"] < MOST_SECONDS,
            f"{last['people']:,} people in less than {MOST_SECONDS} seconds",
            f"{last['seconds']:.1f}",
        ),
        (
            last["memory"] < MOST_MEMORY,
            f"{last['people']:,} people in less than {MOST_MEMORY} MiB",
            f"{last['memory']:.0f}",
        ),
        (
            steepest <= 1,
            f"from {SIZES[0]:,} people on no steeper than n log n",
            f"{steepest:.2f} times",
        ),
    )


def growth(first, one):
    """Return how much longer it took than n log n from the first size would."""
    expected = one["people"] * math.log(one["people"])
    expected /= first["people"] * math.log(first["people"])
    return one["seconds"] / first["seconds"] / expected


# -- the whole job -----------------------------------------------------------------


def report_job(env):
    """Print what the job takes, part by part; return the goals."""
    from odoo.addons.hr_career_focus.casework import uptake
    from odoo.addons.hr_career_focus_reports.engine import schedule

    say(f"making {PEOPLE:,} employees and {TRAJECTS:,} trajects")
    company = make_company(env)
    make_staff(env, company, make_departments(env, company))
    make_trajects(env, company)
    job, rows = env["hr.career.release.job"], []

    def part(name, call):
        say(name)
        before = forget_most()
        found = measure(env, call)
        memory = memory_of("VmHWM") - before
        rows.append((name, f"{found.seconds:.1f}", f"{found.queries}", f"{memory:.0f}"))
        return found

    periods = {*schedule.QUARTERS, schedule.YEAR}
    registers = part(
        "five registers of a year", lambda: job._registers(company, YEAR, periods)
    )
    starts = part(
        f"{TRAJECTS:,} trajects, each person once",
        lambda: uptake.first_starts(env, company, YEAR),
    )
    whole = part("the whole job", lambda: published(job, company))
    release = job._published(company, YEAR, schedule.YEAR)
    print(f"\nThe job for {PEOPLE:,} employees in {DEPARTMENTS:,} departments\n")
    print(table(("what", "seconds", "queries", "MiB more"), rows))
    print(
        f"\nOn the list {len(registers.result[schedule.YEAR]):,}, took part "
        f"{len(starts.result):,}, rows {len(release.cell_ids):,} ({release.state})."
    )
    return (
        (
            whole.seconds < MOST_SECONDS,
            f"the whole job takes less than {MOST_SECONDS} seconds",
            f"{whole.seconds:.1f}",
        ),
        (
            release.state == "full" and release._is_intact(),
            "the job publishes all of it",
            release.state,
        ),
        (
            len(starts.result) == PEOPLE // TAKES_PART,
            f"of {TRAJECTS:,} trajects each participant counts once",
            f"{len(starts.result):,}",
        ),
    )


def published(job, company):
    """Publish the year, as the job does."""
    from odoo.addons.hr_career_focus_reports.engine.schedule import YEAR as WHOLE
    from odoo.addons.hr_career_focus_reports.models.frozen_mixin import publishing

    with publishing():
        return job._publish(company, YEAR, WHOLE)


def memory_of(name):
    """Return the memory this process has (VmRSS) or ever had (VmHWM), in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell how much memory was used.")


def forget_most():
    """Let the system count anew the most memory ever held; return what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return memory_of("VmRSS")


def make_company(env):
    """Return a company that publishes figures since long."""
    company = env["res.company"].create({"name": "Measured company"})
    env.flush_all()
    env.cr.execute(
        """UPDATE res_company SET career_live = true, career_council_date = %s
            WHERE id = %s""",
        [date(2020, 6, 1), company.id],
    )
    env.invalidate_all()
    return company


def make_departments(env, company):
    """Make a tree of so many levels; return the ids of the departments."""
    spread = DEPARTMENTS ** (1 / LEVELS)
    levels, left = [], DEPARTMENTS
    for height in range(1, LEVELS):
        levels.append(round(spread**height))
        left -= levels[-1]
    made, above = [], [None]
    for number in (*levels, left):
        env.cr.execute(
            """
            INSERT INTO hr_department (name, company_id, parent_id, active)
            SELECT jsonb_build_object('en_US', 'Department ' || n), %(company)s,
                   (%(above)s::int[])[1 + n %% %(count)s], true
              FROM generate_series(1, %(number)s) n
         RETURNING id
            """,
            {
                "company": company.id,
                "above": above,
                "count": len(above),
                "number": number,
            },
        )
        above = [row[0] for row in env.cr.fetchall()]
        made += above
    return made


def make_staff(env, company, departments):
    """Make employees who have been there for years, with traits of all kinds."""
    values = {
        "company": company.id,
        "people": PEOPLE,
        "departments": departments,
        "count": len(departments),
        "user": env.uid,
    }
    for statement in (
        """
        INSERT INTO resource_resource
               (name, resource_type, tz, active, time_efficiency, company_id)
        SELECT 'Measured ' || n, 'user', 'Europe/Amsterdam', true, 100, %(company)s
          FROM generate_series(1, %(people)s) n
        """,
        """
        INSERT INTO hr_employee
               (name, resource_id, company_id, active, birthday, certificate)
        SELECT name, id, company_id, true, DATE '1958-01-01' + id * 79 %% 16000,
               (ARRAY['other', 'graduate', 'graduate', 'bachelor', 'bachelor',
                      'master', 'doctor'])[1 + id * 31 %% 7]
          FROM resource_resource
         WHERE company_id = %(company)s AND name LIKE 'Measured %%'
        """,
        """
        INSERT INTO hr_version
               (employee_id, company_id, active, date_version, contract_date_start,
                contract_date_end, department_id, sex, employee_type, marital,
                distance_home_work_unit, hr_responsible_id, last_modified_uid,
                last_modified_date, name)
        SELECT id, company_id, true, DATE '2019-03-01' + 600 * k, DATE '2019-03-01',
               CASE WHEN id %% 15 = 0 AND k = 1 THEN DATE '2027-01-31' END,
               (%(departments)s)[1 + id * 7919 %% %(count)s],
               (ARRAY['female', 'male'])[1 + id %% 2], 'employee', 'single',
               'kilometers', %(user)s, %(user)s, now(), 'Version'
          FROM hr_employee, generate_series(0, 1) k
         WHERE company_id = %(company)s
        """,
    ):
        env.cr.execute(statement, values)
    for name in ("hr_employee", "hr_version", "hr_department"):
        env.cr.execute(f"ANALYZE {name}")  # pylint: disable=sql-injection
    env.invalidate_all()


def make_trajects(env, company):
    """Make a million trajects of a year, ten of each employee; some are counted.

    None is opened by the job, so what is sealed in them is as long and says nothing.
    """
    from odoo.addons.hr_career_focus.casework.opening import PERSON
    from odoo.addons.hr_career_focus.vault.blind_index import numbers_by_index
    from odoo.addons.hr_career_focus.vault.keyring import load_keyring

    env.cr.execute("SELECT id FROM hr_employee WHERE company_id = %s", [company.id])
    numbers = [row[0] for row in env.cr.fetchall()]
    random.Random(YEAR).shuffle(numbers)
    by_index = numbers_by_index(load_keyring(), PERSON, numbers)
    env.cr.execute(
        """
        INSERT INTO hr_career_traject
               (company_id, ref, kind, state, owner_index, person_index,
                month_requested, month_started, envelope, identity)
        SELECT %(company)s, md5(person.index || k),
               CASE WHEN nth %% %(one_in)s = 0 THEN 'own_right'
                    ELSE 'employer_initiated' END,
               'closed', person.index, person.index, DATE '2025-01-01',
               (DATE '2025-01-01' + make_interval(months => (nth * 7 + k)::int %% 12)),
               repeat('x', 400), repeat('x', 400)
          FROM unnest(%(indexes)s) WITH ORDINALITY AS person (index, nth),
               generate_series(1, %(each)s) k
        """,
        {
            "company": company.id,
            "one_in": TAKES_PART,
            "indexes": list(by_index),
            "each": TRAJECTS // PEOPLE,
        },
    )
    env.cr.execute("ANALYZE hr_career_traject")
