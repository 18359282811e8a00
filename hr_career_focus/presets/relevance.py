"""Which columns of a right mean anything, given the others."""

from dataclasses import replace

from ..engine import codes as c


def _accrues(right):
    return right.interval == c.ACCRUAL


def _in_blocks(right):
    return right.interval in (c.CALENDAR_BLOCK, c.ACCRUAL)


#: Column -> does it mean anything for this right? Columns not named here always do.
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


def without_idle_terms(right):
    """A right without the terms that mean nothing for it.

    >>> from decimal import Decimal
    >>> from .values import Right
    >>> scan = Right("scan", "Scan", "scans", Decimal(1), currency="EUR")
    >>> without_idle_terms(scan).currency
    ''
    """
    fields = type(right).__dataclass_fields__
    idle = {
        key: fields[key].default
        for key, matters in RELEVANT.items()
        if not matters(right)
    }
    return replace(right, **idle)


def idle_terms(right):
    """Columns that are filled in for this right and mean nothing for it."""
    plain = without_idle_terms(right)
    return tuple(key for key in RELEVANT if getattr(right, key) != getattr(plain, key))
