"""What happens to budgets by date: they end, and what is left goes on or lapses."""

import logging
from decimal import Decimal

from odoo.tools import SQL

from ..engine import budget as b
from . import budget_words as w
from .budget_vouchers import follow
from .budgets import BUDGET, change, ledgers, take_room
from .errors import CaseworkError
from .opening import month_of, vault

_logger = logging.getLogger(__name__)


def keep(inside, today):
    """Do what is due for all budgets: for the nightly job, in one transaction.

    The first thing it does is to wait for those who are writing; the others wait for
    it, so nobody is run again. What does not open keeps no other job waiting.
    """
    inside.cr.execute(SQL("LOCK TABLE hr_career_budget_ledger IN EXCLUSIVE MODE"))
    try:
        with vault(inside) as rows:
            follow(rows, today)
            end_of_period(rows, today)
            take_room(rows, today)
    except CaseworkError:
        # The same line whatever was due.
        _logger.error(
            "The budgets were not kept up tonight: a ledger or a voucher does not "
            "open. The self-check names it."
        )


def end_of_period(env, today):
    """Close the budgets whose last day is over, and move what is left of closed ones.

    What is promised or spent stays where it is; what comes back from it later goes the
    same way on a later night. Doing it twice does nothing twice. Says nothing of it.
    """
    books = env[BUDGET].sudo()
    books.search([("state", "=", w.OPEN), ("date_to", "<", today)]).write(
        {"state": w.CLOSED}
    )
    closed = books.search([("state", "=", w.CLOSED)])
    with vault(env) as inside:
        found = ledgers(inside, closed.line_ids)
        for line in closed.line_ids.filtered(lambda one: one.kind != w.RIGHTS):
            if line.id in found and found[line.id].balance.left > 0:
                _move_rest(inside, line, month_of(today))


def _move_rest(inside, line, month):
    if line.budget_id.rest == w.LAPSE:
        change(inside, line, lambda ledger: ledger.after(_out(ledger, month, b.LAPSED)))
        return
    heir = heir_of(line)
    if not heir:
        return  # until there is a next budget
    moved = []

    def give(ledger):
        moved.append(ledger.balance.left)
        return ledger.after(_out(ledger, month, b.CARRIED))

    change(inside, line, give)
    if moved[-1] > 0:
        took = b.Move(b.CORRECT, moved[-1], month, why=b.CARRIED)
        change(inside, heir, lambda ledger: ledger.after(took))


def heir_of(line):
    """Return the line of the same kind in the next open budget of the same people.

    That is one that starts later, or one that replaces it and ends later or the same
    day.
    """
    budget = line.budget_id
    following = budget.search(
        [
            ("company_id", "=", budget.company_id.id),
            ("department_id", "=", budget.department_id.id),
            ("currency_id", "=", budget.currency_id.id),
            ("id", "!=", budget.id),
            ("date_to", ">=", budget.date_to),
            ("state", "=", w.OPEN),
        ],
        order="date_from, id",
    )
    return following.line_ids.filtered(lambda one: one.kind == line.kind)[:1]


def _out(ledger, month, why):
    left: Decimal = ledger.balance.left
    return b.Move(b.CORRECT, -left, month, why=why) if left > 0 else None
