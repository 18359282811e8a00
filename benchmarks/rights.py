"""How the answer about rights, and the vault, grow with the number of people.

    .stack/venv/bin/python benchmarks/rights.py -c .stack/odoo.conf -d NAME

Works in one transaction on a database with the addon installed, and rolls it back.
Prints seconds and queries for growing numbers, and their ratios: a ratio near that of
the numbers is linear, and the queries must not grow at all.
"""

import sys
import time
from datetime import date

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

SIZES = (100, 1_000, 10_000)
TODAY = date(2026, 6, 15)


def make_people(env, number):
    """Return ``number`` employees with ten years of contract: copies of one, in SQL."""
    one = env["hr.employee"].create(
        {
            "name": "Bench",
            "date_version": date(2016, 1, 1),
            "contract_date_start": date(2016, 1, 1),
        }
    )
    env.flush_all()
    env.cr.execute(
        """
        WITH employee AS (
            INSERT INTO hr_employee
            SELECT (jsonb_populate_record(original, jsonb_build_object(
                       'id', nextval('hr_employee_id_seq')))).*
              FROM hr_employee original, generate_series(1, %(number)s)
             WHERE original.id = %(one)s
            RETURNING id
        )
        INSERT INTO hr_version
        SELECT (jsonb_populate_record(original, jsonb_build_object(
                   'id', nextval('hr_version_id_seq'), 'employee_id', employee.id))).*
          FROM hr_version original, employee
         WHERE original.employee_id = %(one)s
        RETURNING employee_id
        """,
        {"one": one.id, "number": number},
    )
    ids = [row[0] for row in env.cr.fetchall()]
    env.invalidate_all()
    return env["hr.employee"].browse(ids)


def make_rule(env):
    """Give the company a checked agreement with one right."""
    agreement = env["hr.career.agreement"].create(
        {
            "name": "Bench",
            "version_ids": [
                (
                    0,
                    0,
                    {
                        "verified_by": "Bench",
                        "verified_on": TODAY,
                        "rule_ids": [(0, 0, {"name": "Right", "quantity": 1000})],
                    },
                )
            ],
        }
    )
    env.company.career_agreement_id = agreement


def measure(env, call):
    """Return (seconds, queries) of ``call``."""
    before, start = env.cr.sql_log_count, time.perf_counter()
    call()
    return time.perf_counter() - start, env.cr.sql_log_count - before


def main():
    """Measure and print."""
    config.parse_config([*sys.argv[1:], "--no-http", "--log-level=warn"])
    from odoo.addons.hr_career_focus.casework.uses import uses_of

    with Registry(config["db_name"][0]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        make_rule(env)
        rows = []
        for size in SIZES:
            people = make_people(env, size)

            def answer(people=people):
                uses = uses_of(env, people.ids)
                return env["hr.career.entitlement"]._answers(people, TODAY, uses)

            answer()
            rows.append((size, *measure(env, answer)))
        cr.rollback()
    print(
        f"{'people':>8} {'seconds':>9} {'queries':>8} {'x people':>9} {'x seconds':>10}"
    )
    for number, (size, seconds, queries) in enumerate(rows):
        previous = rows[number - 1] if number else rows[0]
        print(
            f"{size:>8} {seconds:>9.3f} {queries:>8} {size / previous[0]:>9.1f}"
            f" {seconds / previous[1]:>10.1f}"
        )


if __name__ == "__main__":
    main()
