"""One right on one day, for any number of people: what does not depend on the person.

A :class:`Quick` is made once for a right and a day. It holds the wording in force,
the day the text is over, and for each set of contract terms that it meets what they
give. With that it answers at once for whoever is in an ordinary position:

* employed in one unbroken employment that goes on, or out of employment;
* no terms to come that this right depends on;
* no unpaid voucher, and no traject that ends after the day.

For everybody else it returns ``None``, and the whole engine is asked. What it does
answer is the same, which a property test holds it to.
"""

from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from .amounts import amount, needs_hours, needs_wage
from .dates import add_months, begun_months, next_day, period_index, previous_day
from .eligibility import too_few, too_short, wrong_type
from .exits import leaving
from .law import Right
from .quick_saved import Savings
from .quick_used import used
from .rows import (
    BIRTHDAY,
    CATEGORY,
    END,
    FIXED,
    FTE,
    HOURS,
    LEAVES_ON,
    NEVER,
    START,
    VALID_FROM,
    WAGE,
    Position,
    spell_of,
)
from .telling import conditions
from .values import (
    ACCRUAL,
    AVAILABLE,
    CALENDAR_BLOCK,
    LAPSES,
    NOT_ELIGIBLE,
    NOT_YET,
    ONCE,
    ROLLING_COMPLETION,
    ROLLING_START,
    UNKNOWN,
    ZERO,
    Spell,
    Use,
)


class Terms(NamedTuple):
    """What a right makes of some contract terms on the day."""

    unknown: bool
    barred: bool
    worth: Decimal


class Quick:
    """One right on one day, ready to answer for anybody in an ordinary position."""

    def __init__(self, right: Right, on_date: date):
        self.right = right
        self.key_of_right = right.key
        self.on_date = on_date
        self.wording = right.text(on_date)[0]
        self.rule = rule = self.wording.rule
        self.kind = rule.interval.kind
        self.who = rule.eligibility
        self.text_end = self._text_end()
        self.is_over = not right.law(on_date) and not right.next_begin(on_date)
        #: whether there is a quick answer for anybody at all
        self.is_steady = rule.text.verified and (
            self.is_over or self.text_end is not None
        )
        self.run_start = right.run_start(on_date) or date.min
        #: what every answer about this right says
        self.common = {
            "rule_key": rule.key,
            "status": NOT_ELIGIBLE,
            "unit": rule.unit,
            "currency": rule.currency,
            "conditions": conditions(rule),
            "version": rule.version,
        }
        #: class of the answers, which the batch gives it
        self.kind_of_answer: type | None = None
        self.rules = [one.rule for one in right.all_wordings()] or [rule]
        self._columns = itemgetter(VALID_FROM, *self._columns_that_matter())
        self._form = any(
            one.eligibility.contract_types or one.eligibility.min_term_months
            for one in self.rules
        )
        self._terms: dict[tuple, Terms] = {}
        self._savings = Savings(self) if self.kind == ACCRUAL else None
        self._starts: dict[date, tuple[date, date]] = {}
        self._served: dict[date, date] = {}

    def _text_end(self) -> date | None:
        """Return the first day without the right, None when more changes than that."""
        now = self.right.laws(self.on_date)
        if now != [self.wording]:
            return None
        end = NEVER
        for day in self.right.known_breaks:
            if day <= self.on_date:
                continue
            if not self.right.law(day):
                end = min(end, day)
            elif self.right.laws(day) != now or end != NEVER:
                return None
        return end

    def _columns_that_matter(self) -> list[int]:
        columns = set()
        for rule in self.rules:
            who = rule.eligibility
            if who.excluded:
                columns.add(CATEGORY)
            if who.min_hours is not None or rule.basis == "hours_percent":
                columns.add(HOURS)
            if rule.prorate_fte:
                columns.add(FTE if rule.full_time_hours is None else HOURS)
            if rule.basis == "salary_percent":
                columns.add(WAGE)
            if rule.exit == LAPSES:
                columns.add(LEAVES_ON)
        return sorted(columns)

    def key(self, row: tuple) -> tuple:
        """Return what this right depends on in the terms of a row."""
        found = self._columns(row)
        found = found[1:] if type(found) is tuple else ()
        if not self._form:
            return found
        fixed, end = row[FIXED], row[END]
        fixed = end is not None if fixed is None else fixed
        return (*found, row[START], end) if fixed else found

    def terms(self, key: tuple, row: tuple) -> Terms:
        """Return what this right makes of the terms of a row."""
        known = self._terms.get(key)
        if known is None:
            known = self._terms[key] = self._read(spell_of(row))
        return known

    def _read(self, spell: Spell) -> Terms:
        who = self.who
        laws = [law.rule for law in self.right.laws(self.on_date)] or [self.rule]
        unknown = (
            any(needs_hours(one, spell) or needs_wage(one, spell) for one in laws)
            or (who.min_hours is not None and spell.weekly_hours is None)
            or (bool(who.excluded) and spell.category is None)
        )
        barred = (
            spell.category in who.excluded
            or wrong_type(who, spell)
            or too_short(who, spell)
            or too_few(who, spell.weekly_hours)
            or bool(leaving(self.rule, spell))
        )
        worth = ZERO if unknown else max(amount(one, spell) for one in laws)
        return Terms(unknown, barred, worth)

    def answer(self, position: Position, uses: list[Use]) -> dict | None:
        """Return the values of the answer without its reasons, if it is an easy one."""
        key = self.key(position.terms)
        terms = self.terms(key, position.terms)
        if position.coming and not self._goes_on(position, key, terms):
            return None
        birthday = position.rows[0][BIRTHDAY]
        if terms.unknown or (self.who.min_age is not None and birthday is None):
            return {"status": UNKNOWN}
        if self.kind == ACCRUAL:
            return self._savings.answer(position, terms, uses)
        if self.is_over or not position.employed or terms.barred:
            return None if uses else {}
        loss = self.loss(position)
        if loss <= self.on_date:
            return None if uses else {}
        opens = self.opens(position, birthday)
        if uses:
            return used(self, position, terms, uses, opens, loss)
        if opens > self.on_date:
            return self.too_early(position, terms, opens, loss)
        return self.unused(position, terms, opens, loss)

    def _goes_on(self, position: Position, key: tuple, terms: Terms) -> bool:
        """Tell whether the terms to come neither take the right away nor bring it."""
        for row in position.coming:
            later = self.key(row)
            if later == key:
                continue
            then = self.terms(later, row)
            if terms.unknown or terms.barred or then.unknown or then.barred:
                return False
        return True

    def loss(self, position: Position) -> date:
        """Return the first day on which the right is over for somebody."""
        end = position.end
        loss = self.text_end if end is NEVER else min(self.text_end, next_day(end))
        months = self.who.max_service_months
        return loss if months is None else min(loss, add_months(position.start, months))

    def opens(self, position: Position, birthday: date | None) -> date:
        """Return the day from which service and age are enough."""
        months, start = self.who.min_service_months, position.start
        if not months:
            opens = start
        else:
            opens = self._served.get(start)
            if opens is None:
                opens = self._served[start] = add_months(start, months)
        if self.who.min_age is not None:
            opens = max(opens, add_months(birthday, 12 * self.who.min_age))
        return opens

    def block(self, position: Position) -> tuple[date, date]:
        """Return first day and first day after of the block of the day."""
        if self.kind == ONCE:
            return position.start, NEVER
        if self.kind == CALENDAR_BLOCK:
            origin = self.rule.interval.origin
        else:
            origin = position.start
        found = self._starts.get(origin)
        if found is None:
            months = self.rule.interval.months
            index = period_index(origin, months, self.on_date)
            found = self._starts[origin] = (
                add_months(origin, index * months),
                add_months(origin, (index + 1) * months),
            )
        return found

    def worth(self, position: Position, terms: Terms, block) -> Decimal:
        """Return what a block of the day gives, in proportion where that is asked."""
        if self.kind != CALENDAR_BLOCK or not self.rule.prorate_part:
            return terms.worth
        if position.start <= block[0]:
            return terms.worth
        months = self.rule.interval.months
        left = begun_months(position.start, block[1])
        if left >= months:
            return terms.worth
        return amount(self.rule, spell_of(position.terms), (left, months))

    def too_early(self, position, terms, opens, loss) -> dict:
        worth = terms.worth
        if self.kind == CALENDAR_BLOCK:
            worth = self.worth(position, terms, self.block(position))
        return {
            "status": NOT_YET,
            "granted": worth,
            "next_date": opens if opens < loss else None,
        }

    def unused(self, position, terms, opens, loss) -> dict:
        """Return the answer for somebody of whom no use counts any more."""
        ends, since, worth = NEVER, max(opens, self.run_start), terms.worth
        if self.kind not in (ROLLING_START, ROLLING_COMPLETION):
            since, ends = block = self.block(position)
            worth = self.worth(position, terms, block)
        found = {
            "status": AVAILABLE,
            "left": worth,
            "granted": worth,
            "since": since,
        }
        if loss != NEVER or ends != NEVER:
            found["until"] = previous_day(min(loss, ends))
            found["lapsing"] = worth
            found["next_date"] = ends if ends < loss else None
        return found
