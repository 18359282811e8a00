"""Which wording of a right counts on a day, with what the company adds to it.

A :class:`Right` is all wordings of one right. It knows two things about a day: what
counts for it now (:meth:`Right.law`), and what counted on the day itself, before a
text that was signed later reached back to it (:meth:`Right.known`).

The broadcasters' agreement of 2017-2018 stayed in force in 2019. The one over
2019-2021 was signed in November 2020, so who asked in 2019 had the right of the old
text, and keeps it::

    >>> from decimal import Decimal
    >>> from .values import Agreement, Interval, Version
    >>> text = Agreement("omroep", "Omroep", (
    ...     Version("17", valid_to=date(2018, 12, 31), after_effect=True),
    ...     Version("19", valid_from=date(2019, 1, 1), registered=date(2020, 11, 5)),
    ... ))
    >>> old = Rule("r", text, Decimal(1000), currency="EUR", version="17")
    >>> new = replace(old, quantity=Decimal(800), version="19")
    >>> right = Right((old, new))
    >>> right.law(date(2019, 6, 1)).rule.quantity
    Decimal('800')
    >>> right.known(date(2019, 6, 1)).rule.quantity
    Decimal('1000')
    >>> [wording.rule.version for wording in right.laws(date(2020, 11, 5))]
    ['19']

A company that gives more on top is better term by term, and never worse::

    >>> own = Agreement("house", "House rules", (Version(verified=True),), "1")
    >>> more = replace(
    ...     old, key="plus", agreement=own, version="", quantity=Decimal(1500),
    ...     interval=Interval(months=72), improves="r",
    ... )
    >>> found = Right((old, new, more), "1").law(date(2019, 6, 1))
    >>> found.rule.quantity, found.rule.interval.months, found.improved_by
    (Decimal('1500'), 12, ('House rules',))

Another employer's rules are not for you::

    >>> Right((old, new, more), "2").law(date(2019, 6, 1)).rule.quantity
    Decimal('800')
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .dates import next_day, previous_day
from .values import ACCRUAL, Interval, Rule


@dataclass(frozen=True)
class Wording:
    """A rule as it applies on a day, and the company rules that made it better."""

    rule: Rule
    improved_by: tuple[str, ...] = ()


class Right:
    """All wordings of one right, and the company rules that improve it.

    ``breaks`` are the days on which another wording may begin to count.
    """

    def __init__(self, rules: Iterable[Rule], employer: str | None = None):
        rules = tuple(rules)
        own = [rule for rule in rules if rule.improves is None]
        self.key = own[0].key
        self.wordings = tuple(rule for rule in own if rule.key == self.key)
        self.better = tuple(
            rule
            for rule in rules
            if rule.improves == self.key and rule.agreement.employer == employer
        )
        everything = self.wordings + self.better
        self.breaks = _breaks(everything)
        registered = {
            version.registered
            for rule in everything
            for version in rule.agreement.versions
            if version.registered is not None
        }
        self.known_breaks = sorted(registered.union(self.breaks))
        self._law: dict[int, Wording | None] = {}
        self._known: dict[int, Wording | None] = {}
        #: whether a text reaches back to days on which another one counted
        self.rewritten = any(
            self.known(day) not in (None, self.law(day))
            for day in (date.min, *self.known_breaks)
        )
        #: first day on which the right exists, None when it never does
        self.first_day = next(
            (day for day in (date.min, *self.breaks) if self.law(day)), None
        )

    def law(self, day: date) -> Wording | None:
        """Return the wording that counts for a day, with all texts of now."""
        index = bisect_right(self.breaks, day)
        if index not in self._law:
            self._law[index] = self._wording(day, None)
        return self._law[index]

    def known(self, day: date) -> Wording | None:
        """Return the wording that counted on the day itself."""
        index = bisect_right(self.known_breaks, day)
        if index not in self._known:
            self._known[index] = self._wording(day, day)
        return self._known[index]

    def laws(self, day: date) -> list[Wording]:
        """Return the law on a day and, when it is another, what was known then."""
        law, known = self.law(day), self.known(day)
        found = [law] if law else []
        if known and known != law:
            found.append(known)
        return found

    def text(self, day: date) -> tuple[Wording, date]:
        """Return the wording to answer with on a day, and a day on which it counts.

        It is the one in force, else the first to come, else the last there was.
        """
        law = self.law(day)
        if law:
            return law, day
        coming = self.next_begin(day)
        if coming:
            return self.law(coming), coming
        last = self.last_day(day)
        if last:
            return self.law(last), last
        return Wording(self.wordings[-1]), day

    def next_begin(self, day: date) -> date | None:
        """Return the first day after a day without the right on which it exists."""
        index = bisect_right(self.breaks, day)
        return next((begin for begin in self.breaks[index:] if self.law(begin)), None)

    def last_day(self, day: date) -> date | None:
        """Return the last day up to a day on which the right existed."""
        if self.law(day):
            return day
        for begin in reversed(self.breaks[: bisect_right(self.breaks, day)]):
            if self.law(previous_day(begin)):
                return previous_day(begin)
        return None

    def run_start(self, day: date) -> date | None:
        """Return the first day since which the right exists without a gap.

        ``None`` when it always did.
        """
        first = None
        for begin in reversed(self.breaks[: bisect_right(self.breaks, day)]):
            first = begin
            if not self.law(previous_day(begin)):
                return first
        return None

    def segments(self, known: bool, since: date):
        """Yield (first day, first day after or None, wording) from a day on."""
        breaks = self.known_breaks if known else self.breaks
        ask = self.known if known else self.law
        begin = since
        for end in (*breaks[bisect_right(breaks, since) :], None):
            yield begin, end, ask(begin)
            begin = end

    def all_wordings(self) -> list[Wording]:
        """Return every wording that counts on some day, with its improvements."""
        days = (date.min, *self.known_breaks)
        found: list[Wording] = []
        for day in days:
            found += [one for one in self.laws(day) if one not in found]
        return found

    def _wording(self, day: date, known: date | None) -> Wording | None:
        rule = next((one for one in self.wordings if one.in_force(day, known)), None)
        if rule is None:
            return None
        names = []
        for more in self.better:
            if not (more.text.verified and more.in_force(day, known)):
                continue
            merged = improved(rule, more)
            if merged != rule:
                names.append(more.agreement.name)
                rule = merged
        return Wording(rule, tuple(names))


def _breaks(rules: Iterable[Rule]) -> list[date]:
    """Return the days on which some wording begins, or the day after it ends."""
    days = set()
    for rule in rules:
        for one in (rule, *rule.agreement.versions):
            if one.valid_from is not None:
                days.add(one.valid_from)
            if one.valid_to is not None and one.valid_to != date.max:
                days.add(next_day(one.valid_to))
    return sorted(days)


def improved(rule: Rule, more: Rule) -> Rule:
    """Return a right with each term as good as the better of the two.

    Only what can be compared is: unit, currency, what the quantity is a number of and
    the kind of interval must be the same, and the periods of savings as well. Else the
    company rule improves nothing.
    """
    if _kind_of(rule) != _kind_of(more):
        return rule
    return replace(
        rule,
        quantity=max(rule.quantity, more.quantity),
        interval=_better_interval(rule.interval, more.interval),
        eligibility=_better_eligibility(rule.eligibility, more.eligibility),
    )


def _kind_of(rule: Rule) -> tuple:
    """Return what must be the same in two rules to compare them."""
    interval = rule.interval
    periods = (interval.months, interval.timing) if interval.kind == ACCRUAL else ()
    return rule.unit, rule.currency, rule.basis, interval.kind, *periods


def _better_interval(one: Interval, more: Interval) -> Interval:
    return replace(
        one,
        months=min(one.months, more.months),
        saving_months=_most(one.saving_months, more.saving_months),
        advance_periods=max(one.advance_periods, more.advance_periods),
        cap=_most(one.cap, more.cap),
    )


def _better_eligibility(one, more):
    limits = [
        (limit.min_hours, limit.hours_exclusive)
        for limit in (one, more)
        if limit.min_hours is not None
    ]
    hours, exclusive = min(limits) if len(limits) == 2 else (None, one.hours_exclusive)
    ages = (one.min_age, more.min_age)
    some = one.contract_types and more.contract_types
    return replace(
        one,
        min_service_months=min(one.min_service_months, more.min_service_months),
        contract_types=one.contract_types | more.contract_types if some else some,
        min_hours=hours,
        hours_exclusive=exclusive,
        min_age=None if None in ages else min(ages),
        excluded=one.excluded & more.excluded,
    )


def _most(one, more):
    """Return the larger; ``None`` is without limit."""
    return None if one is None or more is None else max(one, more)
