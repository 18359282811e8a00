"""The quick answer about savings.

The days on which lots come are worked out once for everybody whose periods begin on
the same day, and what a lot is worth once for everybody on the same terms. What is
left is counting, as :mod:`.accrual` does it.
"""

from bisect import bisect_left
from datetime import date
from decimal import Decimal

from .accrual import LOTS_AHEAD
from .amounts import amount, cap_of, needs_hours, needs_wage
from .career import Career
from .dates import add_months, period_index, previous_day
from .eligibility import admits
from .quick_lots import Calendar, Day, First, Saved, Worth, first_period
from .quick_used import counted_uses
from .rows import NEVER, VALID_FROM, Position, spell_of
from .values import ACCRUAL, AT_START, AVAILABLE, ZERO, Facts, Rule, Spell, Use

NOBODY = Career(Facts())
#: There is no answer this way; another one may do.
OTHERWISE = object()


class Savings:
    """The savings of one right on one day."""

    def __init__(self, quick):
        self.quick = quick
        self.right = quick.right
        self.on_date = quick.on_date
        first = self.right.first_day
        self.first_day = first
        self.segments: list[tuple[date, date | None, Rule]] = []
        if first is not None and first <= self.on_date:
            for begin, after, law in self.right.segments(False, first):
                if law is None:
                    continue
                last = self.segments[-1] if self.segments else (None, None, None)
                if last[1] == begin and last[2] == law.rule:
                    begin = self.segments.pop()[0]
                self.segments.append((begin, after, law.rule))
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
        self.has_origin = all(one.origin for one in intervals)
        #: the period in which everybody came who began on a day
        self._firsts: dict[date, First | None] = {}
        self._parts: dict[tuple, Decimal] = {}
        self._sizes: dict[tuple, Decimal] = {}
        self._calendars: dict[date | None, Calendar] = {}
        self._worths: dict[tuple, list[Worth] | None] = {}

    def answer(self, position: Position, terms, uses: list[Use]) -> dict | None:
        """Return the values of the answer, ``None`` when the engine must be asked."""
        quick = self.quick
        if not self.is_easy:
            return None
        if position.coming and quick.rule.interval.advance_periods:
            # What is used in advance may have to be paid back under the terms to come.
            return None
        if not uses:
            quickest = self._filled if self.has_cap else self._plain
            found = quickest(position, terms)
            if found is not OTHERWISE:
                return found
        counted = counted_uses(uses, self.on_date) if uses else []
        runs = self._runs(position)
        if runs is None or counted is None:
            return None
        if quick.is_over or not position.employed or terms.barred:
            return {}
        loss = quick.loss(position)
        if loss <= self.on_date:
            return {}
        months = quick.who.min_service_months
        if months and quick.opens(position, None) > self.on_date:
            return None
        entry = max(position.start, self.first_day)
        calendar = self.calendar(position.start)
        counted = [use for use in counted if use.on >= position.start]
        saved = Saved(self, calendar, runs, position.start, counted)
        left = saved.balance + quick.rule.interval.advance_periods * terms.worth
        if left <= 0:
            return None
        found = self._available(terms, saved, left, entry, loss)
        if position.coming and saved.is_full():
            found["next_date"] = self._room(runs, saved.balance, position.start, loss)
        return found

    def _room(self, runs, balance: Decimal, start: date, loss: date) -> date | None:
        """Return the day of the next lot when terms to come have a higher cap."""
        interval = self.segments[-1][2].interval
        origin = interval.origin or start
        last = add_months(self.on_date, LOTS_AHEAD * interval.months)
        for (begin, worths), after in zip(runs, (*runs[1:], None), strict=True):
            worth = worths[-1]
            if begin <= self.on_date or worth.cap <= balance:
                continue
            number = period_index(origin, interval.months, begin)
            while True:
                first = add_months(origin, number * interval.months)
                end = add_months(origin, (number + 1) * interval.months)
                number += 1
                at_start = interval.timing == AT_START
                day, earned = (first, first) if at_start else (end, previous_day(end))
                if earned >= begin:
                    break
            if (after is None or earned < after[0]) and day < last:
                return day if day < loss else None
        return None

    def _plain(self, position: Position, terms) -> dict | None | object:
        """Return the answer for who used nothing and came before what is still kept.

        Lots that are still kept are then whole ones, so it is enough to count them.
        """
        quick = self.quick
        calendar = self.calendar(position.start)
        entry = max(position.start, self.first_day)
        if (
            entry > calendar.settled
            or calendar.old < len(self.segments) - 1
            or quick.is_over
            or terms.barred
            or not position.employed
            or quick.who.min_service_months
        ):
            return OTHERWISE
        loss = quick.loss(position)
        counted = self._count(position, terms, calendar)
        if counted is None or loss <= self.on_date:
            return OTHERWISE
        balance, oldest, size = counted
        left = balance + quick.rule.interval.advance_periods * terms.worth
        if left <= 0:
            return None
        found = {
            "status": AVAILABLE,
            "left": left,
            "granted": terms.worth,
            "since": entry,
        }
        high = calendar.high
        if size and high < len(calendar.days) and calendar.days[high].day < loss:
            found["next_date"] = calendar.days[high].day
        end, lapsing = oldest or (NEVER, ZERO)
        if loss != NEVER or end != NEVER:
            found["until"] = previous_day(min(loss, end))
            found["lapsing"] = left if loss <= end else lapsing
        return found

    def _filled(self, position: Position, terms) -> dict | None | object:
        """Return the answer for who used nothing of what a cap limits."""
        quick = self.quick
        if (
            len(self.segments) > 1
            or position.coming
            or quick.is_over
            or terms.barred
            or not position.employed
            or quick.who.min_service_months
        ):
            return OTHERWISE
        loss = quick.loss(position)
        if loss <= self.on_date:
            return OTHERWISE
        start = position.start
        calendar = self.calendar(start)
        entry = max(start, self.first_day)
        level = self._level(position.rows, calendar, start, entry)
        if level is None:
            return None
        balance, (size, cap, _spell) = level
        high = calendar.high
        left = balance + quick.rule.interval.advance_periods * terms.worth
        if left <= 0:
            return None
        fresh = None
        if high < len(calendar.days) and size and (cap is None or cap > balance):
            fresh = calendar.days[high].day
            if fresh >= loss:
                fresh = None
        values = {
            "status": AVAILABLE,
            "left": left,
            "granted": terms.worth,
            "since": entry,
            "next_date": fresh,
        }
        if loss != NEVER:
            values["until"], values["lapsing"] = previous_day(loss), left
        return values

    def _level(self, rows, calendar: Calendar, start: date, entry: date):
        """Return what is saved under the cap, and what the last terms give.

        ``None`` when some fact is not on record.
        """
        earned, high = calendar.earned, calendar.high
        number = bisect_left(earned, entry)
        first = self.first_period(start, entry)
        if first is not None and first.is_one_of_them:
            number += 1
        balance, worth = ZERO, None
        for row, coming in zip(rows, (*rows[1:], None), strict=True):
            after = coming and coming[VALID_FROM]
            if after and after <= start:
                continue
            found = self._worths_of(self.quick.key(row), row)
            if found is None:
                return None
            worth = found[0]
            size, cap, _spell = worth
            if first is not None and (after is None or first.earned < after):
                balance = self.first_size(first, worth)
                if cap is not None and balance > cap:
                    balance = cap
                first = None
            stop = bisect_left(earned, after, number, high) if after else high
            if stop > number:
                full = balance + (stop - number) * size
                if cap is not None and full > cap:
                    full = max(balance, cap)
                balance, number = full, stop
        return balance, worth

    def first_period(self, start: date, entry: date) -> First | None:
        """Return the period in which all came who began on a day, unless whole."""
        if start not in self._firsts:
            calendar = self.calendar(start)
            rule = next(
                rule
                for begin, after, rule in self.segments
                if begin <= entry and (after is None or entry < after)
            )
            self._firsts[start] = first_period(rule, calendar, start, entry)
        return self._firsts[start]

    def first_size(self, first: First, worth: Worth) -> Decimal:
        """Return what the period in which somebody came gives."""
        if not worth.size or first.months is None:
            return worth.size
        return self.part(worth, first.rule, first.months)

    def _worths_of(self, key: tuple, row: tuple) -> list[Worth] | None:
        """Return what each wording gives on the terms of a row."""
        if key not in self._worths:
            self._worths[key] = self._read(spell_of(row))
        return self._worths[key]

    def _count(self, position: Position, terms, calendar: Calendar) -> tuple | None:
        """Return what is saved, what lapses first, and the size of the next lot.

        ``None`` when some fact is not on record.
        """
        earned, days = calendar.earned, calendar.days
        number, high = calendar.low, calendar.high
        window = earned[number] if number < len(earned) else self.on_date
        horizon = earned[high] if high < len(earned) else self.on_date
        balance, oldest, size = ZERO, None, ZERO
        rows = position.rows
        for row, coming in zip(rows, (*rows[1:], None), strict=True):
            key = self.quick.key(row)
            if None in key:
                return None
            after = coming and coming[VALID_FROM]
            if after and after <= window:
                continue
            if row[VALID_FROM] > horizon and row is not rows[0]:
                break
            size = terms.worth if row is position.terms else self._size(key, row)
            stop = bisect_left(earned, after, number, high) if after else high
            if stop > number:
                if size and oldest is None:
                    oldest = days[number].lapses, size
                balance += (stop - number) * size
                number = stop
        return balance, oldest, size

    def _size(self, key: tuple, row: tuple) -> Decimal:
        """Return what the wording of now gives on some terms, with facts complete."""
        size = self._sizes.get(key)
        if size is None:
            rule, spell = self.segments[-1][2], spell_of(row)
            size = ZERO
            if admits(rule, spell, NOBODY, self.on_date):
                size = amount(rule, spell)
            self._sizes[key] = size
        return size

    def _available(self, terms, saved, left, entry, loss) -> dict:
        found = {
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
            worths = self._worths_of(key, row)
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
            or (rule.eligibility.excluded and spell.category is None)
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
        key = None if self.has_origin else start
        if key not in self._calendars:
            found = Calendar(self.on_date)
            for index, (begin, after, rule) in enumerate(self.segments):
                self._fill(found, index, rule, begin, after, key)
            found.close()
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
