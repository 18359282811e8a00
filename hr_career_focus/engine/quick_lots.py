"""What one person saved of a right, counted from lots that are worked out before.

It counts as :mod:`.accrual` does: what lapses goes first, then a lot comes, then what
was used is taken from the oldest.
"""

from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .dates import add_months, begun_months, period_index, previous_day
from .quick_used import Counted
from .rows import NEVER
from .values import AT_START, ZERO, Rule, Spell


class Day(NamedTuple):
    """A day on which a lot comes, and the period it is of."""

    day: date
    lapses: date
    rule: int
    first: date
    end: date


class Calendar:
    """All lots for periods that begin on the same days; ``earned`` is in order.

    Lots from number ``low`` are still kept, those from ``high`` are to come. Who came
    by the day ``settled`` has no part of a period among them; ``old`` is the wording
    of the oldest.
    """

    def __init__(self, on_date: date):
        self.on_date = on_date
        self.earned: list[date] = []
        self.days: list[Day] = []

    def close(self) -> None:
        """Find out what is still kept, when all lots are there."""
        days = self.days
        self.low = bisect_right(days, self.on_date, key=lambda one: one.lapses)
        self.high = bisect_right(days, self.on_date, key=lambda one: one.day)
        self.settled, self.old = date.min, 0
        if self.low < len(days):
            oldest = days[self.low]
            self.old = oldest.rule
            if oldest.day != oldest.first:
                self.settled = oldest.first
            elif self.low:
                self.settled = self.earned[self.low - 1]


class Worth(NamedTuple):
    """What some terms give for a period, and how much can be saved on them."""

    size: Decimal
    cap: Decimal | None
    spell: Spell


class Lot(NamedTuple):
    """A quantity that came on a day."""

    day: date
    lapses: date
    size: Decimal
    cap: Decimal | None


class First(NamedTuple):
    """The period in which somebody came: its lot, and the months of a part of it.

    ``months`` is ``None`` for a lot that is whole all the same.
    """

    rule: Rule
    day: date
    lapses: date
    earned: date
    months: int | None
    is_one_of_them: bool


def first_period(rule: Rule, calendar: Calendar, start: date, entry: date):
    """Return the :class:`First` of all who began on a day, None if theirs is whole."""
    interval = rule.interval
    days, low = calendar.days, bisect_left(calendar.earned, entry)
    at_start = interval.timing == AT_START
    if at_start:
        if low < len(days) and days[low].first == entry:
            return None
        origin = interval.origin or start
        index = period_index(origin, interval.months, entry)
        first = add_months(origin, index * interval.months)
        end = add_months(origin, (index + 1) * interval.months)
        day = entry
    else:
        if low >= calendar.high or days[low].first >= entry:
            return None
        day, _lapses, _rule, first, end = days[low]
    kept = interval.saving_months
    return First(
        rule,
        day,
        NEVER if kept is None else add_months(day, kept),
        entry if day == entry else previous_day(end),
        begun_months(entry, end) if rule.prorate_part and first < entry else None,
        not at_start,
    )


class Saved:
    """What one person saved: ``balance``, and what lapses (``lapsing``) on ``end``."""

    def __init__(self, savings, calendar, runs, start, uses: list[Counted]):
        entry = max(start, savings.first_day)
        self.savings = savings
        self.start = start
        self.calendar = calendar
        self.pieces = self._pieces(runs)
        self.balance = ZERO
        self.end, self.lapsing = NEVER, ZERO
        self.low = bisect_left(calendar.earned, entry)
        self.high = max(self.low, calendar.high)
        self.first = self._first_lot(entry)
        if uses:
            self._live(uses)
        elif savings.has_cap:
            self._fill_up()
        else:
            self._add_up()

    def _pieces(self, runs) -> list[tuple[date, Worth, Rule]]:
        """Return since when which lots are earned: first day, worth and rule."""
        segments = self.savings.segments
        if len(segments) == 1:
            rule = segments[0][2]
            return [(begin, worths[0], rule) for begin, worths in runs]
        found = []
        for index, (begin, after, rule) in enumerate(segments):
            for number, (since, worths) in enumerate(runs):
                low = begin if not number else max(begin, since)
                ends = [after] if after else []
                if number + 1 < len(runs):
                    ends.append(runs[number + 1][0])
                if all(low < end for end in ends):
                    found.append((low, worths[index], rule))
        return found

    def _piece(self, day: date) -> tuple[date, Worth, Rule]:
        found = self.pieces[0]
        for piece in self.pieces:
            if piece[0] <= day:
                found = piece
        return found

    def _stretches(self):
        """Yield (first number, number after the last, worth) of the lots up to now."""
        earned, low = self.calendar.earned, self.low
        last = len(self.pieces) - 1
        for number, (_begin, worth, _rule) in enumerate(self.pieces):
            high = self.high
            if number < last:
                high = min(high, bisect_left(earned, self.pieces[number + 1][0]))
            if low < high:
                yield low, high, worth
                low = high

    def _first_lot(self, entry: date) -> Lot | None:
        """Return the lot of the period in which somebody came, if it is not whole.

        It is taken out of the others.
        """
        found = self.savings.first_period(self.start, entry)
        if found is None:
            return None
        if found.is_one_of_them:
            self.low += 1
        _begin, worth, _rule = self._piece(found.earned)
        size = self.savings.first_size(found, worth)
        return Lot(found.day, found.lapses, size, worth.cap)

    def _add_up(self) -> None:
        """Count lots that no cap cuts and nobody used."""
        on_date, days = self.savings.on_date, self.calendar.days
        lots = []
        if self.first and self.first.lapses > on_date:
            self.balance = self.first.size
            lots.append(self.first)
        if self.savings.lapses:
            self.low = max(self.low, self.calendar.low)
        for low, high, worth in self._stretches():
            self.balance += (high - low) * worth.size
            if worth.size:
                lots += [Lot(*days[low][:2], worth.size, None)]
                if low + 1 < high:
                    lots += [Lot(*days[low + 1][:2], worth.size, None)]
        if self.savings.lapses:
            self._next_lapse([(lot.size, lot.lapses) for lot in lots])

    def _fill_up(self) -> None:
        """Count lots that fill what a cap leaves, and that nobody used."""
        balance = ZERO
        if self.first:
            cap = self.first.cap
            balance = self.first.size if cap is None else min(self.first.size, cap)
        for low, high, worth in self._stretches():
            full = balance + (high - low) * worth.size
            if worth.cap is not None:
                full = max(balance, min(full, worth.cap))
            balance = full
        self.balance = balance

    def _live(self, uses: list[Counted]) -> None:
        """Live through lots and uses, the oldest lot first."""
        balance, head, coming = ZERO, 0, 0
        queue: list[list] = []

        def lapse(day):
            nonlocal balance, head
            while head < len(queue) and queue[head][1] <= day:
                balance -= queue[head][0]
                head += 1

        def take(quantity):
            nonlocal balance, head
            balance -= quantity
            while head < len(queue) and quantity:
                rest = queue[head][0]
                if rest > quantity:
                    queue[head][0] = rest - quantity
                    return
                quantity -= rest
                head += 1

        for day, lapses, size, cap in self._lots():
            while coming < len(uses) and uses[coming].on < day:
                lapse(uses[coming].on)
                take(uses[coming].quantity)
                coming += 1
            lapse(day)
            if cap is not None and size:
                size = max(min(size, cap - balance), ZERO)
            rest = size if balance >= 0 else size + balance
            balance += size
            if rest > 0:
                queue.append([rest, lapses])
        for use in uses[coming:]:
            lapse(use.on)
            take(use.quantity)
        lapse(self.savings.on_date)
        self.balance = balance
        self._next_lapse(queue[head:])

    def _lots(self):
        if self.first:
            yield self.first
        days = self.calendar.days
        for low, high, worth in self._stretches():
            for index in range(low, high):
                day = days[index]
                yield day.day, day.lapses, worth.size, worth.cap

    def _next_lapse(self, lots) -> None:
        self.end = min((lapses for size, lapses in lots if size), default=NEVER)
        if self.end != NEVER:
            self.lapsing = sum(
                (size for size, lapses in lots if lapses == self.end), ZERO
            )

    def is_full(self) -> bool:
        """Tell whether the cap leaves no room for the next lot."""
        if self.high >= len(self.calendar.days):
            return False
        return self._cuts(self._piece(self.calendar.earned[self.high])[1])

    def _cuts(self, worth: Worth) -> bool:
        return worth.cap is not None and worth.cap <= self.balance

    def next_lot(self, loss: date) -> date | None:
        """Return the day on which more comes, if the right is still open then."""
        if self.high >= len(self.calendar.days):
            return None
        day = self.calendar.days[self.high].day
        if day >= loss:
            return None
        worth = self._piece(self.calendar.earned[self.high])[1]
        return day if worth.size and not self._cuts(worth) else None
