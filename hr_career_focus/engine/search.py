"""The days on which an answer can change, and the first one that matters.

An answer changes only on a finite number of days: terms begin or end, a text begins
or ends, a length of service or an age is reached, an interval, block or period ends,
a voucher expires. Looking at each of these days in order finds the first day on which
the right is open, whatever stands in the way now.
"""

from collections.abc import Callable, Iterator
from datetime import date
from heapq import merge

from .case import Case
from .dates import add_months, next_day, period_index
from .values import (
    ACCRUAL,
    EMPLOYMENT_YEARS,
    ONCE,
    ROLLING_COMPLETION,
    ROLLING_START,
    Rule,
)

#: No further ahead than this.
MONTHS_AHEAD = 1200
LOTS_AHEAD = 60


def fixed_days(case: Case, day: date) -> list[date]:
    """Return the later days on which facts, texts or uses change something."""
    horizon = add_months(day, MONTHS_AHEAD)
    days = case.career.change_days().union(case.right.known_breaks)
    days.update(next_day(expiry) for expiry in case.expiries())
    starts = [start for start, _end in case.career.occupations]
    for wording in case.right.all_wordings():
        days.update(_of_who(case, wording.rule, starts))
        days.update(_of_uses(case, wording.rule))
    return sorted(found for found in days if day < found <= horizon)


def grid_days(case: Case, begin: date, end: date | None) -> Iterator[date]:
    """Yield the days between two days on which a block or a period begins."""
    horizon = end or add_months(begin, MONTHS_AHEAD)
    grids = [
        _grid(wording.rule, start, begin)
        for wording in case.right.all_wordings()
        for start, _end in case.career.occupations
    ]
    last = None
    for found in merge(*grids):
        if found >= horizon:
            return
        if found != last:
            yield found
            last = found


def _of_who(case: Case, rule: Rule, starts: list[date]) -> Iterator[date]:
    """Yield the days on which a length of service or an age is reached."""
    who = rule.eligibility
    for months in (who.min_service_months, who.max_service_months):
        if months:
            yield from (add_months(start, months) for start in starts)
    if who.min_age is not None and case.career.birthday is not None:
        yield case.career.age_on(who.min_age)


def _of_uses(case: Case, rule: Rule) -> Iterator[date]:
    """Yield the days on which an interval may end."""
    if rule.interval.kind == ONCE:
        return
    for use in case.uses:
        for on in (use.on, use.completed):
            if on is not None:
                yield add_months(on, rule.interval.months)


def _grid(rule: Rule, start: date, day: date) -> Iterator[date]:
    """Yield the later days on which a block or a period begins."""
    interval = rule.interval
    if interval.kind in (ONCE, ROLLING_START, ROLLING_COMPLETION):
        return
    saved = interval.kind == ACCRUAL
    origin = start if interval.kind == EMPLOYMENT_YEARS else interval.origin or start
    index = period_index(origin, interval.months, max(day, start)) + 1
    end = index + LOTS_AHEAD if saved else None
    while end is None or index < end:
        found = add_months(origin, index * interval.months)
        if found == date.max:
            return
        yield found
        index += 1


def change_days(case: Case, day: date) -> Iterator[date]:
    """Yield every later day on which the answer may be another, oldest first."""
    return merge(fixed_days(case, day), grid_days(case, day, None))


def first_day(case: Case, day: date, holds: Callable[[date], bool]) -> date | None:
    """Return the first later day on which something holds, if there is one."""
    return next((found for found in change_days(case, day) if holds(found)), None)
