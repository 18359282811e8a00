"""Odoo's own leave balances for the same employees: one allocation, two leaves each.

This is the least that a balance is made of: one leave type, an allocation of the year
without an accrual plan, two leaves inside it.
"""

from datetime import date


def make_leaves(env, employee_ids):
    """Give everybody leave of the year 2026, made by SQL; return the leave type."""
    leave_type = env["hr.leave.type"].create(
        {
            "name": "Benchmark",
            "requires_allocation": True,
            "request_unit": "day",
            "company_id": False,
        }
    )
    env.flush_all()
    values = {
        "type": leave_type.id,
        "first": min(employee_ids),
        "last": max(employee_ids),
    }
    env.cr.execute(
        """
        INSERT INTO hr_leave_allocation
               (employee_id, employee_company_id, holiday_status_id, state, name,
                allocation_type, date_from, number_of_days)
        SELECT id, company_id, %(type)s, 'validate', 'Leave of 2026',
               'regular', DATE '2026-01-01', 25
          FROM hr_employee
         WHERE id BETWEEN %(first)s AND %(last)s
        """,
        values,
    )
    for day in (date(2026, 3, 2), date(2026, 5, 4)):
        env.cr.execute(
            """
            INSERT INTO hr_leave
                   (employee_id, employee_company_id, company_id, holiday_status_id,
                    state, request_date_from, request_date_to, date_from, date_to,
                    number_of_days, number_of_hours)
            SELECT id, company_id, company_id, %(type)s,
                   'validate', %(day)s, %(day)s,
                   %(day)s::date + TIME '07:00', %(day)s::date + TIME '15:00', 1, 8
              FROM hr_employee
             WHERE id BETWEEN %(first)s AND %(last)s
            """,
            {**values, "day": day},
        )
    for table in ("hr_leave_allocation", "hr_leave"):
        env.cr.execute(f"ANALYZE {table}")  # pylint: disable=sql-injection
    env.invalidate_all()
    return leave_type
