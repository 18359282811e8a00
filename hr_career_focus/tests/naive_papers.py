"""What lies on the desk of the naive clerk: contracts and texts, day by day.

See :mod:`naive_entitlement`. Nothing here is shared with the engine but its words:
the calendar is another one, and quantities are counted in fractions.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from ..engine import values as v

ONE_DAY = timedelta(days=1)


def plus_months(day: date, months: int) -> date:
    """Return the same day of the month, some months on; else the last of the month."""
    year, month = day.year, day.month + months
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def period_around(day: date, anchor: date, months: int) -> tuple[date, date]:
    """Return the period ``day`` is in, and the first day after it."""
    periods = (12 * (day.year - anchor.year) + day.month - anchor.month) // months + 1
    while plus_months(anchor, periods * months) > day:
        periods -= 1
    first = plus_months(anchor, periods * months)
    return first, plus_months(anchor, (periods + 1) * months)


def months_left(first: date, end: date) -> int:
    """Count the months up to ``end``, one that has begun as a whole one."""
    months = 0
    while plus_months(first, months) < end:
        months += 1
    return months


def rounded(rule: v.Rule, number: Fraction) -> Decimal:
    """Round as the unit is rounded; nobody is given less than the smallest unit."""
    if rule.unit in v.COUNTED:
        whole = -(-number.numerator // number.denominator)
        return Decimal(max(whole, 1))
    step = rule.rounding if rule.unit == v.AMOUNT else v.CENT
    steps = number / Fraction(step) + Fraction(1, 2)
    return max(steps.numerator // steps.denominator, 1) * step


def best(one, other, choose=max):
    """Return the better of two limits, where no limit at all is the best."""
    return None if one is None or other is None else choose(one, other)


def comparable(rule):
    """Return what two rules must have in common to be better or worse."""
    when = rule.interval
    periods = (when.months, when.timing) if when.kind == v.ACCRUAL else None
    return rule.unit, rule.basis, rule.currency, when.kind, periods


def improved(rule: v.Rule, company: v.Rule) -> v.Rule:
    """Put a company rule on top of an agreement: term by term the better one."""
    who, theirs = rule.eligibility, company.eligibility
    hours = best(
        (who.min_hours, who.hours_exclusive) if who.min_hours is not None else None,
        (theirs.min_hours, theirs.hours_exclusive)
        if theirs.min_hours is not None
        else None,
        min,
    )
    when, then = rule.interval, company.interval
    return replace(
        rule,
        quantity=max(rule.quantity, company.quantity),
        interval=replace(
            when,
            months=min(when.months, then.months),
            cap=best(when.cap, then.cap),
            saving_months=best(when.saving_months, then.saving_months),
            advance_periods=max(when.advance_periods, then.advance_periods),
        ),
        eligibility=replace(
            who,
            min_service_months=min(who.min_service_months, theirs.min_service_months),
            min_age=best(who.min_age, theirs.min_age, min),
            min_hours=hours[0] if hours else None,
            hours_exclusive=hours[1] if hours else False,
            excluded=who.excluded & theirs.excluded,
            contract_types=who.contract_types | theirs.contract_types
            if who.contract_types and theirs.contract_types
            else frozenset(),
        ),
    )


class Papers:
    """What lies on the clerk's desk: the contracts and the texts, day by day."""

    def __init__(self, facts: v.Facts, rules: Iterable[v.Rule], forever=None):
        """With ``forever`` nothing ends any more after that day.

        The employment and the text of that day then go on, so that it can be told
        when an interval would have been over.
        """
        rules = list(rules)
        self.facts, self.forever = facts, forever
        self.wordings = [rule for rule in rules if rule.improves is None]
        self.company = [
            rule
            for rule in rules
            if rule.improves is not None and rule.agreement.employer == facts.employer
        ]
        self.key = self.wordings[0].key
        self.text_days = sorted(self._days_of_texts())
        days = {*self.text_days, *self._days_of_contracts()}
        self.days = sorted(days | {forever + ONE_DAY} if forever else days)
        self._looked_up, self._periods = {}, {}
        self._stretch = date.max, date.min, {}

    def _days_of_texts(self):
        for rule in (*self.wordings, *self.company):
            for dated in (rule, *rule.agreement.versions):
                if dated.valid_from is not None:
                    yield dated.valid_from
                if dated.valid_to is not None:
                    yield dated.valid_to + ONE_DAY
            for version in rule.agreement.versions:
                if version.registered is not None:
                    yield version.registered

    def _days_of_contracts(self):
        for spell in self.facts.spells:
            yield spell.valid_from
            if spell.start is not None:
                yield spell.start
            if spell.end is not None:
                yield spell.end + ONE_DAY

    def look_up(self, what, day, find):
        """Find something once for all days up to the next one that is named."""
        first, end, found = self._stretch
        if not first <= day < end:
            place = bisect_right(self.days, day)
            first = self.days[place - 1] if place else date.min
            end = self.days[place] if place < len(self.days) else date.max
            found = self._looked_up.setdefault(first, {})
            self._stretch = first, end, found
        if what not in found:
            found[what] = find(day)
        return found[what]

    def period(self, rule, service, day):
        """Return the period of a rule a day is in; turn the page when it is over."""
        anchor = rule.interval.origin or service
        place = anchor, rule.interval.months
        first, end = self._periods.get(place, (date.max, date.max))
        if not first <= day < end:
            first, end = period_around(day, *place)
            self._periods[place] = first, end
        return first, end

    # What the contracts say.

    def terms(self, day):
        return self.look_up("terms", day, self.facts.terms_on)

    def service(self, day):
        """First day of the employment that covers the day."""
        if self.forever is not None and day > self.forever:
            return self.service(self.forever)
        return self.look_up("service", day, self.facts.service_start)

    # What the texts say.

    def law(self, day):
        """The wording that is in force on a day, as we know it now."""
        rule = self.look_up("law", day, self._law)
        goes_on = self.forever is not None and self.forever < day
        if rule is None and goes_on and self.coming_law(day) is None:
            return self.text(day)
        return rule

    def known(self, day):
        """The wording that counted on the day itself."""
        return self.look_up("known", day, self._known)

    def _law(self, day):
        return self._wording(day, None)

    def _known(self, day):
        return self._wording(day, day)

    def _wording(self, day, known):
        for rule in self.wordings:
            if rule.in_force(day, known):
                for company in self.company:
                    if (
                        company.in_force(day, known)
                        and company.text.verified
                        and company.improves == rule.key
                        and comparable(company) == comparable(rule)
                    ):
                        rule = improved(rule, company)
                return rule
        return None

    def first_law(self):
        """First day on which any wording is in force."""
        days = (date.min, *self.text_days)
        return next((day for day in days if self.law(day)), date.max)

    def coming_law(self, day):
        """First later day on which a wording is in force."""
        return next((d for d in self.text_days if d > day and self._law(d)), None)

    def text(self, day):
        """The wording to judge by: of the day, else the next one, else the last."""
        return self.look_up("text", day, self._text)

    def _text(self, day):
        ahead = [d for d in self.text_days if d > day]
        behind = [d - ONE_DAY for d in reversed(self.text_days) if d <= day]
        found = (self._law(d) for d in (day, *ahead, *behind))
        never = max(self.wordings, key=lambda rule: rule.text.valid_from or date.min)
        return next((rule for rule in found if rule is not None), never)

    # What a day is worth.

    def gaps_for_worth(self, rule, day):
        """Facts a wording counts with that are not on record that day."""
        terms = self.terms(day)
        of_hours = rule.prorate_fte and rule.full_time_hours
        if (rule.basis == v.HOURS_PERCENT or of_hours) and terms.weekly_hours is None:
            yield v.HOURS_UNKNOWN
        if rule.prorate_fte and not rule.full_time_hours and terms.fte is None:
            yield v.HOURS_UNKNOWN
        if rule.basis == v.SALARY_PERCENT and terms.wage is None:
            yield v.WAGE_UNKNOWN

    def gaps_for_admission(self, rule, day):
        """Facts a wording asks for that are not on record that day."""
        terms, who = self.terms(day), rule.eligibility
        if who.min_hours is not None and terms.weekly_hours is None:
            yield v.HOURS_UNKNOWN
        if who.min_age is not None and self.facts.birthday is None:
            yield v.BIRTHDAY_UNKNOWN
        if who.excluded and terms.category is None:
            yield v.CATEGORY_UNKNOWN

    def exclusions(self, rule, day):
        """Which conditions on the contract somebody does not meet that day."""
        found = self.look_up(
            ("exclusions", id(rule)), day, lambda day: list(self._exclude(rule, day))
        )
        return list(found)

    def _exclude(self, rule, day):
        terms, who = self.terms(day), rule.eligibility
        if terms.category is not None and terms.category in who.excluded:
            yield v.CATEGORY_EXCLUDED
        if who.contract_types and terms.contract_type not in who.contract_types:
            yield v.CONTRACT_TYPE_EXCLUDED
        if (
            terms.contract_type == v.FIXED_TERM
            and None not in (terms.start, terms.end)
            and terms.end < plus_months(terms.start, who.min_term_months) - ONE_DAY
        ):
            yield v.TERM_TOO_SHORT
        hours = terms.weekly_hours
        if None not in (who.min_hours, hours) and (
            hours < who.min_hours or (who.hours_exclusive and hours == who.min_hours)
        ):
            yield v.HOURS_TOO_FEW

    def fte(self, rule, day):
        """The part of full time somebody works, for this rule."""
        terms = self.terms(day)
        if not rule.prorate_fte:
            return Fraction(1)
        if rule.full_time_hours:
            part = Fraction(terms.weekly_hours or 0) / Fraction(rule.full_time_hours)
        else:
            part = Fraction(terms.fte or 0)
        return min(part, Fraction(1))

    def amount(self, rule, day, part=1):
        """What one wording gives for a period, to somebody with the terms of a day."""
        place = "amount", id(rule), part
        return self.look_up(place, day, lambda day: self._amount(rule, day, part))

    def _amount(self, rule, day, part):
        terms, months = self.terms(day), rule.interval.months
        number = Fraction(rule.quantity)
        if rule.basis == v.FIXED:
            number *= self.fte(rule, day)
        elif rule.basis == v.SALARY_PERCENT:
            number *= Fraction(terms.wage or 0) * months / 100
        else:
            number *= Fraction(terms.weekly_hours or 0) * 52 * months / (12 * 100)
        return rounded(rule, number * (part if rule.prorate_part else 1))

    def both(self, day, text=None):
        """The wordings somebody can rely on for what a day gives."""
        found = self.look_up("both", day, self._both)
        return list(found) or [text]

    def _both(self, day):
        rules = (self.law(day), self.known(day))
        return [rule for rule in rules if rule is not None]

    def worth(self, day, text, part=1):
        """The better of what the law gives and of what counted on the day itself."""
        return max(self.amount(rule, day, part) for rule in self.both(day, text))

    def gaps(self, day, text):
        """What must be known before a day's worth can be told."""
        place = "gaps", id(text)
        return self.look_up(place, day, lambda day: self._gaps(day, text))

    def _gaps(self, day, text):
        rules = self.both(day, text)
        return frozenset(gap for r in rules for gap in self.gaps_for_worth(r, day))
