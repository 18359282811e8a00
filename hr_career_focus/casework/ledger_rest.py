"""When a line of the ledger can go: when it no longer changes what somebody has.

A line whose case is deleted still counts until the right has come back and one more
period has passed. What is saved up counts until everything has lapsed that was saved
when it was used. A right that is given once, and savings that never lapse, count as
long as the person works here, and then as long as cases are kept.
"""

from datetime import date

from odoo.tools import SQL

from ..engine import codes
from ..engine.dates import add_months
from . import exits, uses
from .opening import holder_index

#: Counts as long as somebody works here.
FOR_GOOD = None


def purge(inside, company, today):
    """Delete the lines of ``company`` that no longer matter, inside the scope."""
    rows = inside[uses.LEDGER].search(
        [("company_id", "=", company.id), ("traject_id", "=", False)]
    )
    if not rows:
        return
    # Of every company: who moved to another one has the own uses along.
    inside["hr.employee"].flush_model(["company_id"])
    numbers = inside.execute_query(SQL("SELECT id FROM hr_employee"))
    holders = {holder_index(number): number for (number,) in numbers}
    present = {
        holders[index] for index in rows.mapped("holder_index") if index in holders
    }
    last_days = _last_days(inside, present)
    lasting = {
        key: months_that_matter(exits.wordings(inside, key))
        for key in set(rows.mapped("rule_key"))
    }
    kept_after = company.career_retention_months
    gone = rows.filtered(
        lambda row: (
            # Nobody can be this holder again.
            row.holder_index not in holders
            or _is_over(
                row,
                lasting[row.rule_key],
                last_days.get(holders[row.holder_index]),
                kept_after,
                today,
            )
        )
    )
    gone.unlink()


def _is_over(row, months, last_day, kept_after, today):
    if months is FOR_GOOD:
        return bool(last_day) and add_months(last_day, kept_after) < today
    return add_months(max(row.month, row.completed or row.month), months) < today


def months_that_matter(rules):
    """Return for how many months a use can matter under any wording of its right.

    :param rules: records with the terms of a right; without one, nothing reads the use
    :return: number of months, or FOR_GOOD
    """
    longest = 0
    for rule in rules:
        months = _months(rule)
        if months is FOR_GOOD:
            return FOR_GOOD
        longest = max(longest, months)
    return longest


def _months(rule):
    kind, months = rule.interval_kind, rule.interval_months
    if kind == codes.ONCE or not kind:
        return FOR_GOOD
    if kind != codes.ACCRUAL:
        # Until it has come back, and one period more.
        return 2 * months
    if not rule.saving_months:
        return FOR_GOOD
    # Taken from parts saved before it, or from periods in advance.
    return rule.saving_months + (rule.advance_periods + 2) * months


def _last_days(inside, numbers):
    """Return ``{employee id: last day of work}`` of those whose last day is known.

    As the engine reads it: the end of the contract, or a departure before it.
    """
    people = inside["hr.employee"].browse(sorted(numbers))
    found = {}
    for number, facts in inside["hr.career.entitlement"]._facts(people).items():
        last = max((end for _start, end in facts.occupations()), default=date.max)
        if last < date.max:
            found[number] = last
    return found
