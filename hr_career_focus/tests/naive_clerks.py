"""The notes of the naive clerk: one way of keeping them for each kind of interval.

See :mod:`naive_entitlement`. Each clerk is woken every ``morning`` and tells in the
evening, by :class:`Note`, what the notes say.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..engine import values as v
from .naive_papers import (
    ONE_DAY,
    months_left,
    period_around,
    plus_months,
    rounded,
)

ALWAYS = 99999


@dataclass
class Note:
    """What the notes say in the evening of a day."""

    granted: Decimal
    left: Decimal
    #: Why something, or nothing, is left.
    code: str
    since: date | None = None
    #: First day after the block.
    end: date | None = None
    #: Granted already, so that no later text changes it.
    fixed: bool = False
    #: Which facts are missing to tell it.
    gaps: frozenset = frozenset()
    #: The day on which saved quantity is lost next, and how much it is.
    lapse: tuple | None = None


class Rolling:
    """An interval that begins with the first use after the last interval."""

    keeps_notes = True

    def __init__(self, papers, book, text):
        self.papers, self.book, self.text = papers, book, text
        self.opened = self.last_end = None
        self.uses = []

    def morning(self, day):
        if self.opened is not None and self.is_over(day):
            self.opened, self.last_end, self.uses = None, day, []
        for use in self.book.get(day, ()):
            self.opened = self.opened or day
            self.uses.append(use)

    def is_pending(self, day):
        """Whether a traject still has to be completed before the months count."""
        return self.text.interval.kind == v.ROLLING_COMPLETION and any(
            use.completed is None or use.completed > day for use in self.uses
        )

    def is_over(self, day):
        if self.is_pending(day):
            return False
        start = self.opened
        if self.text.interval.kind == v.ROLLING_COMPLETION:
            start = max(use.completed for use in self.uses)
        rules = self.papers.both(start, self.text)
        rules.append(self.papers.law(day) or rules[0])
        return any(day >= plus_months(start, rule.interval.months) for rule in rules)

    def note(self, day):
        papers, start = self.papers, self.opened or day
        gaps = papers.gaps(start, self.text)
        worth = papers.worth(start, self.text)
        if self.opened is None:
            code = v.INTERVAL_OVER if self.last_end else v.NEVER_USED
            return Note(worth, worth, code, self.last_end, gaps=gaps)
        granted = max(worth, *(use.granted or v.ZERO for use in self.uses))
        left = max(granted - sum(use.quantity for use in self.uses), v.ZERO)
        closed = v.COMPLETION_PENDING if self.is_pending(day) else v.INTERVAL_RUNNING
        code = v.PARTLY_USED if left else closed
        return Note(granted, left, code, self.opened, fixed=True, gaps=gaps)


class Blocks:
    """Blocks of the calendar or of the employment, or one block for ever."""

    keeps_notes = False

    def __init__(self, papers, book, text):
        self.papers, self.text = papers, text
        self.uses = [use for day in sorted(book) for use in book[day]]

    def morning(self, day):
        """There is nothing to keep: the uses of the block are all that counts."""

    def block(self, day, text):
        """First day of the block, and the first day after it."""
        service = self.papers.service(day)
        if text.interval.kind == v.CALENDAR_BLOCK:
            return period_around(day, text.interval.origin, text.interval.months)
        if text.interval.kind == v.ONCE or service is None:
            return service, None
        return period_around(day, service, text.interval.months)

    def note(self, day):
        papers, text = self.papers, self.papers.text(day)
        first, end = self.block(day, text)
        if first is None:
            worth = papers.worth(day, text)
            return Note(worth, worth, v.NEVER_USED, gaps=papers.gaps(day, text))
        here = first
        if text.interval.kind == v.CALENDAR_BLOCK:
            here = date.min
        elif text.interval.kind == v.EMPLOYMENT_YEARS:
            here = papers.service(day)
        before = [use for use in self.uses if here <= use.on < first]
        inside = [use for use in self.uses if first <= use.on <= day]
        start = inside[0].on if inside else day
        part = 1
        if text.interval.kind == v.CALENDAR_BLOCK and papers.service(start):
            months = months_left(max(papers.service(start), first), end)
            part = min(Fraction(months, text.interval.months), 1)
        granted = max(
            papers.worth(start, text, part),
            *(use.granted or v.ZERO for use in inside),
            v.ZERO,
        )
        left = max(granted - sum(use.quantity for use in inside), v.ZERO)
        if not left:
            code = v.USED_ONCE if text.interval.kind == v.ONCE else v.BLOCK_USED
        elif inside:
            code = v.PARTLY_USED
        else:
            code = v.INTERVAL_OVER if before else v.NEVER_USED
        gaps = papers.gaps(start, text)
        return Note(granted, left, code, first, end, bool(inside), gaps)


class Savings:
    """An account that fills period by period, for one employment."""

    keeps_notes = True

    def __init__(self, papers, book, text):
        self.papers, self.book, self.text = papers, book, text
        self.service = None
        self.used = False
        self.added = v.ZERO

    def begin(self, service):
        """A new employment: an empty account."""
        self.service = service
        self.entry = max(service, self.papers.first_law())
        self.lots = []  # [first day on which it is lost, what is left of it]
        self.debt = v.ZERO
        self.used = False
        self.gaps = set()

    def balance(self):
        return sum((rest for _day, rest in self.lots), v.ZERO) - self.debt

    def morning(self, day):
        service = self.papers.service(day)
        self.added = v.ZERO
        if service != self.service:
            self.service = service
            if service is not None:
                self.begin(service)
        if service is None:
            return
        self.gaps |= self.papers.look_up("all gaps", day, self.all_gaps)
        self.lots = [lot for lot in self.lots if day < lot[0]]
        if day > self.entry:
            self.add(day, self.best_lot(day, day - ONE_DAY, v.AT_END))
        if day >= self.entry:
            self.add(day, self.best_lot(day, day, v.AT_START))
        for use in self.book.get(day, ()):
            self.used = True
            self.take(use.quantity)

    def all_gaps(self, day):
        papers = self.papers
        rules = [rule for rule in papers.both(day) if rule is not None]
        return {
            gap
            for rule in rules
            for find in (papers.gaps_for_worth, papers.gaps_for_admission)
            for gap in find(rule, day)
        }

    def best_lot(self, day, earned, timing):
        """The best a wording gives on a day: how much, and for how many months."""
        found = []
        for rule in self.papers.both(earned):
            if rule is None or rule.interval.timing != timing:
                continue
            first, end = self.papers.period(rule, self.service, earned)
            lot_days = (first, self.entry) if timing == v.AT_START else (end,)
            if day in lot_days and self.admits(rule, earned):
                amount = self.lot(rule, earned, first, end)
                found.append((amount, rule.interval.saving_months or ALWAYS))
        return max(found, default=None)

    def lot(self, rule, earned, first, end):
        """What one wording gives for the period, as far as there is room for it."""
        part = 1
        if first < self.entry:
            months = months_left(self.entry, end)
            part = min(Fraction(months, rule.interval.months), 1)
        amount, cap = self.papers.amount(rule, earned, part), rule.interval.cap
        if cap is None:
            return amount
        if rule.prorate_fte:
            cap = rounded(rule, Fraction(cap) * self.papers.fte(rule, earned))
        return max(min(amount, cap - self.balance()), v.ZERO)

    def admits(self, rule, day):
        birthday, age = self.papers.facts.birthday, rule.eligibility.min_age
        young = None not in (birthday, age) and day < plus_months(birthday, 12 * age)
        return not young and not any(self.papers.exclusions(rule, day))

    def add(self, day, lot):
        if lot is None:
            return
        amount, months = lot
        self.added += amount
        paid = min(self.debt, amount)
        self.debt -= paid
        lost = date.max if months == ALWAYS else plus_months(day, months)
        self.lots.append([lost, amount - paid])

    def take(self, quantity):
        for lot in self.lots:
            taken = min(lot[1], quantity)
            lot[1] -= taken
            quantity -= taken
        self.debt += quantity

    def note(self, day):
        papers, text = self.papers, self.papers.text(day)
        worth = papers.worth(day, text)
        gaps = papers.gaps(day, text)
        if self.service is None:
            return Note(worth, worth, v.NEVER_USED, gaps=gaps)
        balance = self.balance()
        left = max(balance + text.interval.advance_periods * worth, v.ZERO)
        code = v.SAVED if balance > 0 else v.IN_ADVANCE
        if not left:
            code = v.NOTHING_SAVED
        lost = min((day for day, rest in self.lots if rest), default=date.max)
        lapse = None
        if lost < date.max:
            lapse = lost, sum(rest for day, rest in self.lots if day == lost)
        gaps |= self.gaps
        return Note(worth, left, code, self.entry, None, True, gaps, lapse)


CLERKS = {
    v.ROLLING_START: Rolling,
    v.ROLLING_COMPLETION: Rolling,
    v.CALENDAR_BLOCK: Blocks,
    v.EMPLOYMENT_YEARS: Blocks,
    v.ONCE: Blocks,
    v.ACCRUAL: Savings,
}
