"""The one way from the ledgers to the figures: how many cases, to the release job.

Amounts stay in the ledgers: a published figure of money is a count times the public
price of the line. And a count is of cases, not of bills or of vouchers, so that what
one person adds to a figure is one.
"""

from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..engine.voucher import RIGHT
from ..vault.keyring import load_keyring
from . import budget_words as w
from . import use_rows, vouchers
from .budgets import BUDGET, ledgers
from .opening import vault


def closed_year_counts(env, company, year):
    """Return for how many cases money was first spent in a closed year.

    A case counts once for each line, in the first year, however many bills it had, and
    not when all of it was paid back. On the line for rights counts a use of a right of
    which a voucher was redeemed; a case that was deleted since no longer says which
    vouchers were one use, so each of them counts.

    :return: ``{budget id: {line id: number}}`` of the company's budgets that run in
        the year, zeros included, for the release job to protect; nothing of it may be
        stored as it is
    :raise AccessError: for anyone but the job, which runs as the system
    """
    if not env.su:
        raise AccessError(env._("Only the release job reads how many there were."))
    found = env[BUDGET].search(
        [
            ("company_id", "=", company.id),
            ("date_from", "<=", f"{year}-12-31"),
            ("state", "!=", w.DRAFT),
        ]
    )
    with vault(env) as inside:
        known = ledgers(inside, found.line_ids)
        of_rights = _first_months(inside, company)
    counts = {}
    for budget in found:
        numbers = {
            line.id: known[line.id].helped(year)
            for line in budget.line_ids
            if line.id in known
        }
        for line in budget.line_ids.filtered(lambda one: one.kind == w.RIGHTS):
            numbers[line.id] = sum(
                1
                for month in of_rights
                if month.year == year and budget.date_from <= month <= budget.date_to
            )
        # One that ended earlier still pays what it promised.
        if budget.date_to.year >= year or any(numbers.values()):
            counts[budget.id] = numbers
    return counts


def _first_months(inside, company):
    """Return the month of the first spend of each use of a right, by vouchers."""
    use_of = _uses_of_vouchers(inside)
    first = {}
    for row, voucher in vouchers.all_of(inside, company):
        if voucher.pot == RIGHT and voucher.live:
            use = use_of.get(row.ref, row.ref)
            month = min(one.month for one in voucher.live)
            first[use] = min(month, first.get(use, month))
    return first.values()


def _uses_of_vouchers(inside):
    """Return ``{reference of a voucher: reference of the use it is of}``."""
    ring = load_keyring()
    inside[use_rows.LEDGER].flush_model()
    rows = inside.execute_query(SQL("SELECT ref, sealed FROM hr_career_right_use"))
    return {
        voucher: ref
        for ref, sealed in rows
        for voucher in use_rows.Sealed.open(ring, ref, sealed).vouchers
    }
