"""What a wording gives to somebody: quantity, part of full time, part of a period.

The housing corporations (Woondiensten) give EUR 900 a year for a week of 36 hours,
and whoever starts in the course of a year the months of it that are left::

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from .values import HOURS, SCANS, Agreement, Interval
    >>> rule = Rule(
    ...     "budget", Agreement("woondiensten"), Decimal(900), currency="EUR",
    ...     interval=Interval("accrual", 12, date(2020, 1, 1)),
    ...     prorate_fte=True, full_time_hours=Decimal(36), prorate_part=True,
    ... )
    >>> week = Spell(date(2026, 3, 15), date(2026, 3, 15), weekly_hours=Decimal(24))
    >>> amount(rule, week)
    Decimal('600')
    >>> amount(rule, week, (10, 12))
    Decimal('500')

Nobody works more than full time, and hours not on record change nothing here: the
answer is "unknown" then::

    >>> amount(rule, Spell(date(2026, 1, 1), None, weekly_hours=Decimal(40)))
    Decimal('900')

Social work gives 1.5 % of the wage of each month::

    >>> monthly = Rule(
    ...     "career", Agreement("sociaal werk"), Decimal("1.5"), currency="EUR",
    ...     basis="salary_percent", interval=Interval("accrual", 1),
    ... )
    >>> amount(monthly, Spell(date(2026, 1, 1), None, wage=Decimal("3123.45")))
    Decimal('46.85')

Nobody can use a part of a scan, so a part of one is a whole one; and a part that is
too small to pay is the smallest amount::

    >>> scan = replace(rule, quantity=Decimal(1), unit=SCANS, currency=None)
    >>> amount(scan, week)
    Decimal('1')
    >>> amount(replace(rule, quantity=Decimal("0.01")), week, (1, 12))
    Decimal('0.01')
"""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from .values import (
    AMOUNT,
    CENT,
    COUNTED,
    FIXED,
    HOURS_PERCENT,
    ONE,
    SALARY_PERCENT,
    ZERO,
    Rule,
    Spell,
)

HUNDRED = Decimal(100)
WEEKS = Decimal(52)
MONTHS = Decimal(12)


def needs_hours(rule: Rule, terms: Spell) -> bool:
    """Tell whether hours are needed that are not on record."""
    if rule.prorate_fte:
        known = terms.fte if rule.full_time_hours is None else terms.weekly_hours
        if known is None:
            return True
    return rule.basis == HOURS_PERCENT and terms.weekly_hours is None


def needs_wage(rule: Rule, terms: Spell) -> bool:
    """Tell whether the wage is needed and not on record."""
    return rule.basis == SALARY_PERCENT and terms.wage is None


def full_time_part(rule: Rule, terms: Spell) -> tuple[Decimal, Decimal]:
    """Return the part of full time as a fraction, never more than one."""
    if not rule.prorate_fte:
        return ONE, ONE
    if rule.full_time_hours is None:
        part, whole = terms.fte, ONE
    else:
        part, whole = terms.weekly_hours, rule.full_time_hours
    if part is None or part >= whole:
        return ONE, ONE
    return part, whole


def amount(rule: Rule, terms: Spell, part: tuple[int, int] | None = None) -> Decimal:
    """Return what a rule gives for one interval, block or period.

    :param part: months left and months in all, for a part of a block or period
    """
    upper, lower = rule.quantity, ONE
    if rule.basis == FIXED:
        if rule.prorate_fte:
            upper_fte, lower_fte = full_time_part(rule, terms)
            upper, lower = upper * upper_fte, lower * lower_fte
    elif rule.basis == SALARY_PERCENT:
        upper = upper * (terms.wage or ZERO) * rule.interval.months
        lower = HUNDRED
    else:
        upper = upper * (terms.weekly_hours or ZERO) * WEEKS * rule.interval.months
        lower = HUNDRED * MONTHS
    if part is not None and part[0] < part[1]:
        upper, lower = upper * part[0], lower * part[1]
    return rounded(rule, upper, lower)


def cap_of(rule: Rule, terms: Spell) -> Decimal | None:
    """Return the most that can be saved on these terms."""
    cap = rule.interval.cap
    if cap is None or not rule.prorate_fte:
        return cap
    upper, lower = full_time_part(rule, terms)
    return rounded(rule, cap * upper, lower)


def rounded(rule: Rule, upper: Decimal, lower: Decimal = ONE) -> Decimal:
    """Return ``upper / lower`` in the steps of the unit, never less than one step."""
    if rule.unit in COUNTED:
        step, way = ONE, ROUND_CEILING
    else:
        step, way = (rule.rounding if rule.unit == AMOUNT else CENT), ROUND_HALF_UP
    exact = upper / lower
    result = (exact / step).quantize(ONE, rounding=way) * step
    if not result:
        return step
    return exact if exact == result else result
