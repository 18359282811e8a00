"""The quick answer about savings.

The days on which lots come are worked out once for everybody whose periods begin on
the same day, and what a lot is worth once for everybody on the same terms. What is
left is counting, as :mod:`.accrual` does it.
"""

from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .amounts import amount, cap_of, needs_hours, needs_wage
from .career import Career
from .dates import add_months, begun_months, period_index, previous_day
from .eligibility import admits
from .quick_used import Counted, counted_uses
from .rows import NEVER, VALID_FROM, Position, spell_of
from .values import ACCRUAL, AT_START, AVAILABLE, ZERO, Facts, Rule, Spell, Use

NOBODY = Career(Facts())


class Day(NamedTuple):
    """A day on which a lot comes, and the period it is of."""

    day: date
    lapses: date
    rule: int
    first: date
    end: date


class Calendar(NamedTuple):
    """All lots for periods that begin on the same days; ``earned`` is in order."""

    earned: list[date]
    days: list[Day]

    def live(self, on_date: date) -> int:
        """Return the number of the first lot that has not lapsed on a day."""
        return bisect_right(self.days, on_date, key=lambda day: day.lapses)


class Worth(NamedTuple):
    """What some terms give for a period, and how much can be saved on them."""

    size: Decimal
    cap: Decimal | None
    spell: Spell


class Savings:
    """The savings of one right on one day."""

    def __init__(self, quick):
        self.quick = quick
        self.right = quick.right
        self.on_date = quick.on_date
        first = self.right.first_day
        self.first_day = first
        self.segments = []
        if first is not None and first <= self.on_date:
            self.segments = [
                (begin, after, law.rule)
                for begin, after, law in self.right.segments(False, first)
                if law is not None
            ]
        rules = [rule for _begin, _after, rule in self.segments]
        intervals = [rule.interval for rule in rules]
        kept = {one.saving_months for one in intervals}
        self.has_cap = any(one.cap is not None for one in intervals)
        self.lapses = kept != {None}
        #: whether there is a quick answer for anybody at all
        self.is_easy = (
            bool(rules)
            and not self.right.rewritten
            and all(one.kind == ACCRUAL for one in intervals)
            and all(rule.eligibility.min_age is None for rule in rules)
            and len(kept) == 1
            and not (self.has_cap and self.lapses)
        )
        self._parts: dict[tuple, Decimal] = {}
        self._calendars: dict[date | None, Calendar] = {}
        self._worths: dict[tuple, list[Worth] | None] = {}

    def answer(self, position: Position, terms, uses: list[Use]) -> dict | None:
        """Return the values of the answer, or ``None`` when the engine must be asked."""
        quick = self.quick
        if not self.is_easy:
            return None
        counted = counted_uses(uses, self.on_date) if uses else []
        runs = self._runs(position)
        if runs is None or counted is None:
            return None
        if self.has_cap and position.coming:
            return None
        if quick.is_over or not position.employed or terms.barred:
            return quick.common
        loss = quick.loss(position)
        if loss <= self.on_date:
            return quick.common
        if quick.who.min_service_months:
            if quick.opens(position, None) > self.on_date:
                return None
        entry = max(position.start, self.first_day)
        calendar = self.calendar(position.start)
        counted = [use for use in counted if use.on >= position.start]
        saved = Saved(self, calendar, runs, entry, counted)
        left = saved.balance + quick.rule.interval.advance_periods * terms.worth
        if left <= 0:
            return None
        return self._available(terms, saved, left, entry, loss)

    def _available(self, terms, saved, left, entry, loss) -> dict:
        found = {
            **self.quick.common,
            "status": AVAILABLE,
            "left": left,
            "granted": terms.worth,
            "since": entry,
            "next_date": saved.next_lot(loss),
        }
        if loss != NEVER or saved.end != NEVER:
            if loss <= saved.end:
                found["until"], found["lapsing"] = previous_day(loss), left
            else:
                found["until"] = previous_day(saved.end)
                found["lapsing"] = saved.lapsing
        return found

    def _runs(self, position: Position) -> list[tuple[date, list[Worth]]] | None:
        """Return (first day, what each wording gives) of the terms of an employment.

        ``None`` when some fact is not on record.
        """
        found: list[tuple[date, list[Worth]]] = []
        for row in position.rows:
            key = self.quick.key(row)
            if key not in self._worths:
                self._worths[key] = self._read(spell_of(row))
            worths = self._worths[key]
            begin = row[VALID_FROM]
            if begin <= position.start:
                found.clear()
            if worths is None:
                if self._is_before(position, row):
                    continue
                return None
            if not found or found[-1][1] is not worths:
                found.append((begin, worths))
        return found

    @staticmethod
    def _is_before(position: Position, row: tuple) -> bool:
        """Tell whether other terms replaced these before the employment began."""
        return any(
            row[VALID_FROM] < other[VALID_FROM] <= position.start
            for other in position.rows
        )

    def _read(self, spell: Spell) -> list[Worth] | None:
        rules = [rule for _begin, _after, rule in self.segments]
        if any(
            needs_hours(rule, spell)
            or needs_wage(rule, spell)
            or (rule.eligibility.min_hours is not None and spell.weekly_hours is None)
            for rule in rules
        ):
            return None
        return [
            Worth(
                amount(rule, spell)
                if admits(rule, spell, NOBODY, self.on_date)
                else ZERO,
                cap_of(rule, spell),
                spell,
            )
            for rule in rules
        ]

    def part(self, worth: Worth, rule: Rule, months: int) -> Decimal:
        """Return what is given for the last months of a period."""
        key = worth, id(rule), months
        if key not in self._parts:
            whole = rule.interval.months
            self._parts[key] = amount(rule, worth.spell, (months, whole))
        return self._parts[key]

    def calendar(self, start: date) -> Calendar:
        """Return the lots of all whose employment began on a day."""
        fixed = all(rule.interval.origin for _b, _a, rule in self.segments)
        key = None if fixed else start
        if key not in self._calendars:
            found = Calendar([], [])
            for index, (begin, after, rule) in enumerate(self.segments):
                self._fill(found, index, rule, begin, after, start if not fixed else None)
            self._calendars[key] = found
        return self._calendars[key]

    def _fill(self, calendar: Calendar, index: int, rule: Rule, begin, after, start):
        """Add the lots that are earned under one wording, up to the first to come."""
        interval = rule.interval
        origin = interval.origin or start
        if start is not None:
            begin = max(begin, start)
        elif begin == date.min:
            begin = date(1900, 1, 1)
        number = period_index(origin, interval.months, begin)
        while True:
            first = add_months(origin, number * interval.months)
            end = add_months(origin, (number + 1) * interval.months)
            number += 1
            at_start = interval.timing == AT_START
            day, earned = (first, first) if at_start else (end, previous_day(end))
            if after is not None and earned >= after:
                return
            if earned >= begin:
                kept = interval.saving_months
                lapses = NEVER if kept is None else add_months(day, kept)
                calendar.earned.append(earned)
                calendar.days.append(Day(day, lapses, index, first, end))
                if day > self.on_date:
                    return
            if end == NEVER:
                return


class Lot(NamedTuple):
    """A quantity that came on a day."""

    day: date
    lapses: date
    size: Decimal
    cap: Decimal | None


class Saved:
    """What one person saved: ``balance``, and what lapses (``lapsing``) on ``end``."""

    def __init__(self, savings: Savings, calendar, runs, entry, uses: list[Counted]):
        self.savings = savings
        self.calendar = calendar
        self.pieces = self._pieces(runs)
        self.balance = ZERO
        self.end, self.lapsing = NEVER, ZERO
        self.low = bisect_left(calendar.earned, entry)
        self.high = len(calendar.days)
        while self.high > self.low and self._is_coming(self.high - 1):
            self.high -= 1
        self.first = self._first_lot(entry)
        if uses:
            self._live(uses)
        elif savings.has_cap:
            self._fill_up()
        else:
            self._add_up()

    def _is_coming(self, index: int) -> bool:
        return self.calendar.days[index].day > self.savings.on_date

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
        rule = self._rule_on(entry)
        interval = rule.interval
        days = self.calendar.days
        if interval.timing == AT_START:
            if self.low < len(days) and days[self.low].first == entry:
                return None
            origin = interval.origin or entry
            index = period_index(origin, interval.months, entry)
            first = add_months(origin, index * interval.months)
            end = add_months(origin, (index + 1) * interval.months)
            day = entry
        else:
            if self.low >= self.high or days[self.low].first >= entry:
                return None
            day, _lapses, _rule, first, end = days[self.low]
            self.low += 1
        kept = interval.saving_months
        lapses = NEVER if kept is None else add_months(day, kept)
        _begin, worth, _rule = self._piece(entry if day == entry else previous_day(end))
        size = worth.size
        if size and rule.prorate_part and first < entry:
            size = self.savings.part(worth, rule, begun_months(entry, end))
        return Lot(day, lapses, size, worth.cap)

    def _rule_on(self, day: date) -> Rule:
        return next(
            rule
            for begin, after, rule in self.savings.segments
            if begin <= day and (after is None or day < after)
        )

    def _add_up(self) -> None:
        """Count lots that no cap cuts and nobody used."""
        on_date, days = self.savings.on_date, self.calendar.days
        lots = []
        if self.first and self.first.lapses > on_date:
            self.balance = self.first.size
            lots.append(self.first)
        if self.savings.lapses:
            self.low = max(self.low, self.calendar.live(on_date))
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

    def next_lot(self, loss: date) -> date | None:
        """Return the day on which more comes, if the right is still open then."""
        if self.high >= len(self.calendar.days):
            return None
        day = self.calendar.days[self.high]
        if day.day >= loss:
            return None
        _begin, worth, _rule = self._piece(self.calendar.earned[self.high])
        if worth.cap is not None and worth.cap <= self.balance:
            return None
        return day.day if worth.size else None
