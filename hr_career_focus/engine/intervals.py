"""When a right that was used comes back: intervals, blocks and once only.

Each kind of interval is one function from (case, wording, day) to a
:class:`Balance`; savings have a file of their own, :mod:`.accrual`.

Care for people with a disability (Gehandicaptenzorg, article 10:7) gives career
advice once per three years, counted from the advice itself::

    >>> from dataclasses import replace
    >>> from .values import Agreement, Facts, Interval, Rule, Spell, Use
    >>> from .career import Career
    >>> from .law import Right
    >>> def ask(rule, day, *uses, start=date(2020, 9, 15)):
    ...     career = Career(Facts((Spell(start, start, None, "cao"),)))
    ...     case = Case(career, Right([rule]), uses, day)
    ...     found = BALANCES[rule.interval.kind](case, Wording(rule), day)
    ...     return found.left, found.since, found.ends
    >>> rule = Rule("r", Agreement("cao"), Decimal(1), "trajects",
    ...             interval=Interval("rolling_start", 36))
    >>> advice = Use("r", Decimal(1), date(2023, 5, 10))
    >>> ask(rule, date(2026, 5, 9), advice)
    (Decimal('0'), datetime.date(2023, 5, 10), datetime.date(2026, 5, 10))
    >>> ask(rule, date(2026, 5, 10), advice)
    (Decimal('1'), None, None)

Municipalities that count the three years from the end of the traject: while it runs,
nobody knows the day::

    >>> after = replace(rule, interval=Interval("rolling_completion", 36))
    >>> ask(after, date(2026, 5, 10), advice)
    (Decimal('0'), datetime.date(2023, 5, 10), None)
    >>> done = replace(advice, completed=date(2023, 12, 1))
    >>> ask(after, date(2026, 5, 10), done)
    (Decimal('0'), datetime.date(2023, 5, 10), datetime.date(2026, 12, 1))

The water boards give EUR 5,000 for each period of five years, the same for all. Who
used EUR 4,000 in the first one has the whole of the second::

    >>> budget = Rule("r", Agreement("cao"), Decimal(5000), currency="EUR",
    ...               interval=Interval("calendar_block", 60, date(2020, 1, 1)))
    >>> training = Use("r", Decimal(4000), date(2022, 2, 1))
    >>> ask(budget, date(2024, 12, 31), training)
    (Decimal('1000'), datetime.date(2020, 1, 1), datetime.date(2025, 1, 1))
    >>> ask(budget, date(2025, 1, 1), training)[0]
    Decimal('5000')

Where the budget is in proportion, who came on 15 September 2020 has 52 of the 60
months::

    >>> ask(replace(budget, prorate_part=True), date(2021, 1, 1))[0]
    Decimal('4333.33')

The Belgian electricians (Volta) count in years of employment: one talk in each five
years, from the first day of work::

    >>> talk = Rule("r", Agreement("cao"), Decimal(1), "vouchers",
    ...             interval=Interval("employment_years", 60))
    >>> first = Use("r", Decimal(1), date(2025, 9, 14))
    >>> ask(talk, date(2025, 9, 14), first)
    (Decimal('0'), datetime.date(2020, 9, 15), datetime.date(2025, 9, 15))
    >>> ask(talk, date(2025, 9, 15), first)[0]
    Decimal('1')

Universities give advice once (article 6.5)::

    >>> once = replace(rule, interval=Interval("once"))
    >>> ask(once, date(2050, 1, 1), advice)
    (Decimal('0'), datetime.date(2020, 9, 15), None)
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .case import Case, Counted
from .dates import add_months
from .law import Wording
from .values import (
    CALENDAR_BLOCK,
    EMPLOYMENT_YEARS,
    ONCE,
    ROLLING_COMPLETION,
    ROLLING_START,
    ZERO,
)


@dataclass(frozen=True)
class Balance:
    """What one interval grants and what was used of it.

    * ``since``, ``ends``: first day of the running interval, and the first day after
      it; ``ends`` is ``None`` when there is none or nobody knows it;
    * ``is_open``: an interval is running, or the block was used;
    * ``worth_on``, ``part``: the day and the part that ``granted`` rests on;
    * ``pending``: the interval waits for a traject to be completed;
    * ``counted_from``, ``months``: the day it is counted from, and its length;
    * ``previous``: first day, first day after and months of the last one before.
    """

    granted: Decimal
    worth_on: date
    used: Decimal = ZERO
    since: date | None = None
    ends: date | None = None
    is_open: bool = False
    part: tuple[int, int] | None = None
    pending: bool = False
    counted_from: date | None = None
    months: int | None = None
    used_on: date | None = None
    previous: tuple[date, date, int] | None = None

    @property
    def left(self) -> Decimal:
        """What remains, never less than nothing.

        >>> Balance(Decimal(1000), date(2026, 1, 1), Decimal(1200)).left
        Decimal('0')
        """
        return max(self.granted - self.used, ZERO)

    def gone(self) -> tuple[date | None, Decimal]:
        """Return the first day on which what is left is gone, and how much of it."""
        return self.ends, self.left if self.ends else ZERO


def months_from(case: Case, wording: Wording, day: date) -> int:
    """Return after how many months a right used on a day comes back.

    That is what the wordings said that counted on that day; the shortest, so that a
    text that was signed later makes nothing longer.
    """
    months = [
        law.rule.interval.months
        for law in case.right.laws(day)
        if law.rule.interval.kind != ONCE
    ]
    return min(months, default=wording.rule.interval.months)


def interval_end(case: Case, wording: Wording, day: date) -> tuple[date, int]:
    """Return the first day after an interval that is counted from a day.

    A later text that brings the right back sooner counts from its first day; one
    that makes the interval longer does not touch an interval that is running. The
    number of months that decided comes with it.
    """
    months = months_from(case, wording, day)
    end = add_months(day, months)
    for begin, after, law in case.right.segments(False, day):
        if begin >= end:
            break
        if law and law.rule.interval.kind != ONCE:
            sooner = max(begin, add_months(day, law.rule.interval.months))
            if sooner < end and (after is None or sooner < after):
                end, months = sooner, law.rule.interval.months
    return end, months


def rolling_from_start(case: Case, wording: Wording, day: date) -> Balance:
    """Count intervals that open with a first use and last a number of months.

    What the first use leaves can be used until the interval ends; then the right is
    whole again and the next use opens a new one.
    """
    group: list[Counted] = []
    end, months, previous = None, 0, None
    for use in case.counted(day):
        if end is None or use.on >= end:
            group = []
            end, months = interval_end(case, wording, use.on)
        group.append(use)
    if group and day >= end:
        previous, group = (group[0].on, end, months), []
    return _rolling(case, wording, day, group, end, months, previous)


def rolling_from_completion(case: Case, wording: Wording, day: date) -> Balance:
    """Count intervals that last until some months after the traject was completed.

    Whatever is used before that belongs to the interval, and makes it wait again.
    """
    group: list[Counted] = []
    end, months, previous = None, 0, None

    def over(on: date) -> bool:
        nonlocal end, months
        if any(use.completed is None or use.completed > on for use in group):
            end = None
            return False
        end, months = interval_end(case, wording, max(use.completed for use in group))
        return on >= end

    for use in case.counted(day):
        if group and over(use.on):
            group = []
        group.append(use)
    if group and over(day):
        previous, group = (group[0].on, end, months), []
    return _rolling(case, wording, day, group, end, months, previous)


def _rolling(
    case: Case,
    wording: Wording,
    day: date,
    group: list[Counted],
    end: date | None,
    months: int,
    previous: tuple[date, date, int] | None,
) -> Balance:
    """Return the balance of the open interval, or of none."""
    if not group:
        return Balance(case.worth(day, wording), day, previous=previous)
    since = group[0].on
    waits = wording.rule.interval.kind == ROLLING_COMPLETION
    worth = case.worth(since, wording)
    return Balance(
        max(worth, *(use.granted for use in group)),
        since,
        sum((use.quantity for use in group), ZERO),
        since,
        end,
        is_open=True,
        pending=end is None,
        counted_from=max(use.completed for use in group) if waits and end else since,
        months=months if end else wording.rule.interval.months,
        used_on=group[-1].on,
    )


def block(case: Case, wording: Wording, day: date) -> Balance:
    """Count what is used in the block, or the employment, that covers a day."""
    found = case.block(wording, day)
    if found is None:
        return Balance(case.worth(day, wording), day)
    start, end = found
    uses = case.counted(day)
    inside = [use for use in uses if start <= use.on < end]
    first = inside[0].on if inside else day
    part = case.part_of_block(wording, found, first)
    granted = case.worth(first, wording, part)
    kind = wording.rule.interval.kind
    begin = case.career.service_start(day) if kind == EMPLOYMENT_YEARS else date.min
    earlier = [use.on for use in uses if begin <= use.on < start]
    previous = None
    if earlier and kind != ONCE:
        last = case.block(wording, earlier[-1])
        if last:
            previous = (*last, wording.rule.interval.months)
    return Balance(
        max(granted, *(use.granted for use in inside)) if inside else granted,
        first,
        sum((use.quantity for use in inside), ZERO),
        start,
        None if end == date.max else end,
        is_open=bool(inside),
        part=part,
        counted_from=start,
        months=wording.rule.interval.months,
        used_on=inside[-1].on if inside else None,
        previous=previous,
    )


BALANCES = {
    ROLLING_START: rolling_from_start,
    ROLLING_COMPLETION: rolling_from_completion,
    CALENDAR_BLOCK: block,
    EMPLOYMENT_YEARS: block,
    ONCE: block,
}
