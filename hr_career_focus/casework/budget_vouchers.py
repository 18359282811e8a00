"""Vouchers that a budget line pays: the ledger follows them, a night behind.

Redeeming touches the row of the voucher only. So the ledger learns at night what was
redeemed, undone, void or expired; the desk's page works the same out for the moment it
is looked at, and keeps nothing of it.
"""

import logging

from ..engine import budget as b
from ..engine.voucher import BUDGET
from . import vouchers
from .budgets import LINE, change
from .opening import month_of, vault

_logger = logging.getLogger(__name__)


def place_of(line_id, about):
    """Return what a voucher keeps of the line that pays it, and of the measure."""
    return f"{line_id}:{about}"


def paid_by(found, line_id):
    """Return ``{pseudonym: [Voucher, ...]}`` of the vouchers that a line pays.

    There are several when one was lost, and made anew for what was left of it.
    """
    start = place_of(line_id, "")
    paid = {}
    for one in found:
        if one.pot == BUDGET and one.budget_line.startswith(start):
            paid.setdefault(one.budget_line.removeprefix(start), []).append(one)
    return paid


def as_of_now(ledger, line_id, found, today):
    """Return the ledger of a line with what its vouchers say now.

    Twice gives the same as once. A bill counts in the month it was redeemed in.

    :param found: vouchers, of this line and of others
    """
    for about, paid in paid_by(found, line_id).items():
        ledger = _followed(ledger, about, paid, today)
    return ledger


def _followed(ledger, about, paid, today):
    live = [one for voucher in paid for one in voucher.live]
    redeemed = sum((one.amount for one in live), b.ZERO)
    change_of_spent = redeemed - ledger.part(about).spent
    if change_of_spent > 0:
        month = max(one.month for one in live)
        ledger = ledger.after(b.Move(b.SPEND, change_of_spent, month, about))
    elif change_of_spent < 0:
        # Undone: it is promised again, or comes back with the rest.
        month = month_of(today)
        move = b.Move(b.CORRECT, -change_of_spent, month, about, b.BY_HAND)
        ledger = ledger.after(move)
        ledger = ledger.after(b.Move(b.COMMIT, -change_of_spent, month, about))
    left = sum((voucher.left(today) for voucher in paid), b.ZERO)
    over = ledger.part(about).committed - left
    if over > 0:
        move = b.Move(b.RELEASE, over, month_of(today), about, b.VOIDED)
        ledger = ledger.after(move)
    return ledger


def follow(env, today):
    """Let the ledgers follow their vouchers: for the nightly job."""
    with vault(env) as inside:
        found = [voucher for _row, voucher in vouchers.all_of(inside)]
        numbers = {
            int(one.budget_line.partition(":")[0])
            for one in found
            if one.pot == BUDGET and one.budget_line
        }
        for line in env[LINE].sudo().browse(sorted(numbers)).exists():
            try:
                change(
                    inside,
                    line,
                    lambda ledger, line=line: as_of_now(ledger, line.id, found, today),
                )
            except b.Refused:
                # This line stays as it was; the others are kept up.
                _logger.error(
                    "A budget and its vouchers disagree, so its ledger was not kept "
                    "up tonight."
                )
