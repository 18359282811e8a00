"""Which terms of a right mean anything, given the others."""

from . import codes as c


def _accrues(right):
    return right.interval == c.ACCRUAL


def _in_blocks(right):
    return right.interval in (c.CALENDAR_BLOCK, c.ACCRUAL)


#: Term -> does it mean anything for this right? Terms not named here always do. A right
#: is anything with ``unit``, ``basis``, ``interval``, ``prorate_fte``,
#: ``contract_types`` and ``min_hours``: a line of a file, a record of Odoo.
RELEVANT = {
    "currency": lambda right: right.unit == c.AMOUNT,
    "interval_months": lambda right: right.interval != c.ONCE,
    "block_origin": _in_blocks,
    "accrual_timing": _accrues,
    "cap": _accrues,
    "saving_months": _accrues,
    "advance_periods": _accrues,
    "prorate_fte": lambda right: right.basis == c.FIXED,
    "full_time_hours": lambda right: right.basis == c.FIXED and right.prorate_fte,
    "prorate_part": _in_blocks,
    "min_term_months": lambda right: right.contract_types != c.PERMANENT,
    "hours_exclusive": lambda right: right.min_hours is not None,
}
