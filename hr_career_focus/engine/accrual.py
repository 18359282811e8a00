"""Rights that are saved up: a quantity for each period, kept for a while.

What a text once gave is not rewritten by a later one: each quantity, or *lot*, is
what the wording of its own day gave, on the terms of that day. A lot that comes at
the end of a period is that of the last day of the period.

The housing corporations (Woondiensten, chapter 10): EUR 900 a year for 36 hours, at
most EUR 4,500, and up to three years in advance. Eva comes on 15 March 2024 for 36
hours, with ten months of the year left::

    >>> from dataclasses import replace
    >>> from .values import Agreement, Facts, Interval, Rule, Spell, Use
    >>> from .career import Career
    >>> from .law import Right
    >>> def ask(rule, day, *uses, start=date(2024, 3, 15), wage=None):
    ...     terms = Spell(start, start, None, "cao", weekly_hours=Decimal(36),
    ...                   fte=Decimal(1), wage=wage)
    ...     case = Case(Career(Facts((terms,))), Right([rule]), uses, day)
    ...     found = accrual(case, Wording(rule), day)
    ...     return f"{found.balance:.2f}", f"{found.left:.2f}"
    >>> budget = Rule(
    ...     "r", Agreement("cao"), Decimal(900), currency="EUR",
    ...     interval=Interval("accrual", 12, date(2020, 1, 1), cap=Decimal(4500),
    ...                       advance_periods=3),
    ...     prorate_fte=True, full_time_hours=Decimal(36), prorate_part=True)
    >>> ask(budget, date(2024, 3, 15))
    ('750.00', '3450.00')
    >>> ask(budget, date(2025, 1, 1))
    ('1650.00', '4350.00')

After five years the cap is reached, and nothing is added any more::

    >>> ask(budget, date(2031, 1, 1)), ask(budget, date(2040, 1, 1))
    (('4500.00', '7200.00'), ('4500.00', '7200.00'))

In 2025 she uses EUR 3,000 for a course. That is EUR 1,350 in advance, which the next
years pay back::

    >>> course = Use("r", Decimal(3000), date(2025, 6, 1))
    >>> ask(budget, date(2025, 6, 1), course)
    ('-1350.00', '1350.00')
    >>> ask(budget, date(2027, 1, 1), course)
    ('450.00', '3150.00')

Social work (3.3): 1.5 % of the wage at the end of each month, kept for three years.
After 36 months, the first month lapses when a new one comes::

    >>> career = Rule(
    ...     "r", Agreement("cao"), Decimal("1.5"), currency="EUR",
    ...     basis="salary_percent",
    ...     interval=Interval("accrual", 1, date(2020, 1, 1), "at_end",
    ...                       saving_months=36))
    >>> wage = Decimal(3000)
    >>> ask(career, date(2024, 1, 31), start=date(2024, 1, 1), wage=wage)
    ('0.00', '0.00')
    >>> ask(career, date(2024, 2, 1), start=date(2024, 1, 1), wage=wage)
    ('45.00', '45.00')
    >>> ask(career, date(2030, 1, 1), start=date(2024, 1, 1), wage=wage)
    ('1620.00', '1620.00')

Primary education (8A): 40 hours a year, kept for three years. Hours used are the
oldest ones first::

    >>> hours = Rule(
    ...     "r", Agreement("cao"), Decimal(40), "hours",
    ...     interval=Interval("accrual", 12, date(2020, 8, 1), saving_months=36))
    >>> ask(hours, date(2026, 8, 1), start=date(2024, 8, 1))
    ('120.00', '120.00')
    >>> coaching = Use("r", Decimal(50), date(2026, 9, 1))
    >>> ask(hours, date(2027, 7, 31), coaching, start=date(2024, 8, 1))
    ('70.00', '70.00')
    >>> ask(hours, date(2027, 8, 1), coaching, start=date(2024, 8, 1))
    ('110.00', '110.00')
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from heapq import merge
from itertools import chain, count, islice
from typing import NamedTuple

from .amounts import amount, cap_of
from .case import Case, Counted
from .dates import add_months, begun_months, period_index, previous_day
from .eligibility import admits
from .law import Wording
from .values import ACCRUAL, AT_START, ZERO, Rule

#: How many lots ahead the engine looks for the next one.
LOTS_AHEAD = 60
#: Longer than anything is kept, in months.
FOREVER = 12 * 9999


class Offer(NamedTuple):
    """What one wording gives on a day, kept for a number of months.

    The cap has not been looked at yet.
    """

    day: date
    earned: date
    size: Decimal
    cap: Decimal | None
    kept: int


class Lot(NamedTuple):
    """What is left of a quantity, and the day on which the rest is gone."""

    rest: Decimal
    lapses: date


@dataclass(frozen=True)
class Savings:
    """What is saved on a day.

    * ``granted``: a full period of now; ``advance``: what can be used before it is
      earned; ``balance``: what is saved, below zero when used in advance;
    * ``since``: the day saving began, ``part``: of the first period;
    * ``lapses``, ``lapsing``: the next day on which something lapses, and how much;
    """

    granted: Decimal
    worth_on: date
    balance: Decimal = ZERO
    advance: Decimal = ZERO
    since: date | None = None
    part: tuple[int, int] | None = None
    used: bool = False
    lapses: date | None = None
    lapsing: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What can be used, never less than nothing."""
        return max(self.balance + self.advance, ZERO)

    def gone(self) -> tuple[date | None, Decimal]:
        """Return the next day on which something lapses, and how much."""
        return self.lapses, self.lapsing


class Purse:
    """What somebody saves, in the order of time: lots in, uses out.

    ``balance`` is what is saved, or below zero what was used in advance.
    """

    def __init__(self):
        self.lots: list[Lot] = []
        self.balance = ZERO
        self._next_lapse = date.max

    def lapse(self, day: date) -> None:
        """Take out what lapses up to and on a day."""
        if day < self._next_lapse:
            return
        self.balance -= sum((lot.rest for lot in self.lots if lot.lapses <= day), ZERO)
        self.lots = [lot for lot in self.lots if lot.lapses > day]
        self._next_lapse = min((lot.lapses for lot in self.lots), default=date.max)

    def put(self, offers: list[Offer]) -> Decimal:
        """Add the largest quantity that is offered, as far as its cap leaves room."""
        best, size = offers[0], self._under(offers[0])
        for offer in offers[1:]:
            other = self._under(offer)
            if (other, offer.kept) > (size, best.kept):
                best, size = offer, other
        rest = size if self.balance >= 0 else size + self.balance
        self.balance += size
        if rest > 0:
            lapses = add_months(best.day, best.kept)
            self.lots.append(Lot(rest, lapses))
            self._next_lapse = min(self._next_lapse, lapses)
        return size

    def _under(self, offer: Offer) -> Decimal:
        """Return how much of an offer its cap leaves."""
        if offer.cap is None or not offer.size:
            return offer.size
        return max(min(offer.size, offer.cap - self.balance), ZERO)

    def take(self, quantity: Decimal) -> None:
        """Use the oldest lots first; what is not there becomes a debt."""
        self.balance -= quantity
        while self.lots and quantity:
            rest, lapses = self.lots[0]
            if rest > quantity:
                self.lots[0] = Lot(rest - quantity, lapses)
                return
            quantity -= rest
            del self.lots[0]


def accrual(case: Case, wording: Wording, day: date) -> Savings:
    """Return what is saved on a day, in the employment of that day."""
    granted = case.worth(day, wording)
    start = case.career.service_start(day)
    first_day = case.right.first_day
    if start is None or first_day is None or first_day > day:
        return Savings(granted, day)
    entry = max(start, first_day)
    uses, purse, _coming = _replay(case, start, entry, day)
    lapses = min((lot.lapses for lot in purse.lots), default=date.max)
    lapsing = sum((lot.rest for lot in purse.lots if lot.lapses == lapses), ZERO)
    return Savings(
        granted,
        day,
        purse.balance,
        wording.rule.interval.advance_periods * granted,
        entry,
        part_of_period(wording.rule, start, entry, day),
        bool(uses),
        None if lapses == date.max else lapses,
        ZERO if lapses == date.max else lapsing,
    )


def next_quantity(case: Case, day: date) -> tuple[date | None, Decimal | None]:
    """Return day and size of the next lot above zero in the employment of a day."""
    employed = case.career.employed(day)
    if employed is None or case.right.first_day is None:
        return None, None
    start, last = employed
    entry = max(start, case.right.first_day)
    _uses, purse, coming = _replay(case, start, entry, day)
    for offers in islice(coming, LOTS_AHEAD):
        found = offers[0].day
        if found > last:
            break
        purse.lapse(found)
        size = purse.put(offers)
        if size:
            return found, size
    return None, None


def _replay(
    case: Case, start: date, entry: date, day: date
) -> tuple[list[Counted], Purse, Iterator[list[Offer]]]:
    """Live through an employment up to a day: lapse, then lots, then uses."""
    uses = [use for use in case.counted(day) if use.on >= start]
    purse = Purse()
    coming = offers_of(case, start, entry)
    ahead = next(coming, None)
    for until, use in (*((use.on, use) for use in uses), (day, None)):
        while ahead and ahead[0].day <= until:
            purse.lapse(ahead[0].day)
            purse.put(ahead)
            ahead = next(coming, None)
        purse.lapse(until)
        if use:
            purse.take(use.quantity)
    return uses, purse, chain([ahead] if ahead else [], coming)


def offers_of(case: Case, start: date, entry: date) -> Iterator[list[Offer]]:
    """Yield what is offered on each day a lot may come, oldest first.

    It is worked out once for a case, however often it is asked.
    """
    if start not in case.offers:
        case.offers[start] = [], _offers(case, start, entry)
    found, coming = case.offers[start]
    for index in count():
        if index == len(found):
            offers = next(coming, None)
            if offers is None:
                return
            found.append(offers)
        yield found[index]


def _offers(case: Case, start: date, entry: date) -> Iterator[list[Offer]]:
    """Yield the offers of the law and of what was known on the day itself.

    Both are asked on their own; from the two for one day the larger one counts.
    """
    if not case.right.rewritten:
        yield from ([offer] for offer in _stream(case, start, entry, False))
        return
    pending: list[Offer] = []
    for offer in merge(
        _stream(case, start, entry, False),
        _stream(case, start, entry, True),
        key=lambda offer: offer[:2],
    ):
        if pending and pending[0][:2] != offer[:2]:
            yield pending
            pending = []
        pending.append(offer)
    if pending:
        yield pending


def _stream(case: Case, start: date, entry: date, known: bool) -> Iterator[Offer]:
    """Yield the offers of the wordings of each day, oldest first."""
    for begin, after, wording in case.right.segments(known, entry):
        if wording is None and after is None and case.forever:
            wording, _day = case.right.text(begin)
        if wording is None or wording.rule.interval.kind != ACCRUAL:
            continue
        rule = wording.rule
        kept = rule.interval.saving_months or FOREVER
        sizes: dict[tuple, tuple[Decimal, Decimal | None]] = {}
        for day, earned, part in _days(rule, start, entry, begin, after):
            terms = case.terms(earned)
            found = sizes.get((id(terms), part))
            if found is None:
                found = amount(rule, terms, part), cap_of(rule, terms)
                sizes[id(terms), part] = found
            size, cap = found
            if not admits(rule, terms, case.career, earned):
                size = ZERO
            yield Offer(day, earned, size, cap, kept)


def _days(
    rule: Rule, start: date, entry: date, begin: date, after: date | None
) -> Iterator[tuple[date, date, tuple[int, int] | None]]:
    """Yield (day, day earned, part) of the lots that are earned under one wording."""
    interval = rule.interval
    origin = interval.origin or start
    index = period_index(origin, interval.months, begin)
    while True:
        first = add_months(origin, index * interval.months)
        end = add_months(origin, (index + 1) * interval.months)
        if end == date.max:
            return
        part = None
        if rule.prorate_part and first < entry < end:
            part = begun_months(entry, end), interval.months
        if interval.timing == AT_START:
            day = earned = max(first, entry)
        else:
            day, earned = end, previous_day(end)
        if after is not None and earned >= after:
            return
        if earned >= begin and end > entry:
            yield day, earned, part
        index += 1


def part_of_period(
    rule: Rule, start: date, entry: date, day: date
) -> tuple[int, int] | None:
    """Return the part of the running period of somebody who came during it."""
    if not rule.prorate_part:
        return None
    months = rule.interval.months
    origin = rule.interval.origin or start
    index = period_index(origin, months, day)
    first = add_months(origin, index * months)
    if entry <= first:
        return None
    left = begun_months(entry, add_months(origin, (index + 1) * months))
    return (left, months) if left < months else None
