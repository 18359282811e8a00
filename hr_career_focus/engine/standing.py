"""How somebody stands towards a right on a day: the answer before it is told.

A :class:`Standing` tells what is not known, what excludes, and what stands in the way
for now. When there is nothing of these, the right is open.
"""

from dataclasses import dataclass
from datetime import date

from .accrual import Savings, accrual
from .case import Case
from .dates import add_months
from .doubts import doubts
from .eligibility import exclusions
from .exits import leaving
from .intervals import BALANCES, Balance
from .law import Wording
from .values import (
    ACCRUAL,
    CALENDAR_BLOCK,
    EMPLOYMENT_ENDED,
    NOT_EMPLOYED_YET,
    ROLLING_COMPLETION,
    ROLLING_START,
    RULE_ENDED,
    RULE_STARTS_LATER,
    SERVICE_TOO_SHORT,
    TOO_YOUNG,
    Reason,
)

#: Kinds whose balance does not depend on an employment.
WITHOUT_EMPLOYMENT = (ROLLING_START, ROLLING_COMPLETION, CALENDAR_BLOCK)


@dataclass(frozen=True)
class Standing:
    """Doubts come first, then what excludes, then what only takes time."""

    wording: Wording
    balance: Balance | Savings
    doubts: list[Reason]
    bars: list[Reason]
    waits: list[tuple[date, Reason]]
    used_up: bool

    @property
    def is_open(self) -> bool:
        """Tell whether something can be used."""
        return not (self.doubts or self.bars or self.waits or self.used_up)


def balance_of(case: Case, wording: Wording, day: date) -> Balance | Savings:
    """Return what is left on a day, by the kind of interval of a wording."""
    kind = wording.rule.interval.kind
    if kind == ACCRUAL:
        return accrual(case, wording, day)
    return BALANCES[kind](case, wording, day)


def standing(case: Case, day: date) -> Standing:
    """Return how somebody stands on a day, when nothing more is used."""
    wording, _counts_on = case.right.text(day)
    balance = balance_of(case, wording, day)
    unknown = doubts(case, wording, day, balance.worth_on)
    if unknown:
        return Standing(wording, balance, unknown, [], [], False)
    bars = _bars(case, wording, day)
    if bars:
        return Standing(wording, balance, [], bars, [], False)
    employed = case.career.employed(day) is not None
    counts = employed or wording.rule.interval.kind in WITHOUT_EMPLOYMENT
    used_up = counts and not balance.left
    return Standing(wording, balance, [], [], _waits(case, wording, day), used_up)


def is_barred(case: Case, day: date) -> bool:
    """Tell whether something else than what was used is in the way on a day."""
    wording, _counts_on = case.right.text(day)
    terms = case.terms(day)
    if not wording.rule.text.verified or terms.start is None:
        return True
    return bool(_bars(case, wording, day) or _waits(case, wording, day))


def is_open(case: Case, day: date) -> bool:
    """Tell whether the right is open on a day, when nothing more is used."""
    return not is_barred(case, day) and standing(case, day).is_open


def has_left(case: Case, day: date) -> bool:
    """Tell whether the interval, block or savings of a day leave something."""
    return balance_on(case, day).left > 0


def balance_on(case: Case, day: date) -> Balance | Savings:
    """Return what is left on a day, by the wording to answer with."""
    wording, _counts_on = case.right.text(day)
    return balance_of(case, wording, day)


def _bars(case: Case, wording: Wording, day: date) -> list[Reason]:
    """Return why there is no right at all on a day."""
    rule, career = wording.rule, case.career
    if not case.right.law(day) and not case.right.next_begin(day):
        data = {
            "ended_on": case.right.last_day(day),
            "agreement": rule.agreement.name,
        }
        return [Reason(RULE_ENDED, rule.clause, data)]
    if career.service_start(day) is None and career.next_start(day) is None:
        data = {"ended_on": career.last_end(day)}
        return [Reason(EMPLOYMENT_ENDED, rule.clause, data)]
    terms = case.terms(day)
    found = exclusions(rule, terms, career, day)
    if career.service_start(day) is not None:
        found += leaving(rule, terms)
    return found


def _waits(case: Case, wording: Wording, day: date) -> list[tuple[date, Reason]]:
    """Return what stands in the way for now, besides what was used."""
    rule, career = wording.rule, case.career
    who = rule.eligibility
    found = []

    def tell(until, code, **data):
        found.append((until, Reason(code, rule.clause, data)))

    if not case.right.law(day):
        begin = case.right.next_begin(day)
        tell(begin, RULE_STARTS_LATER, starts_on=begin)
    start = career.service_start(day)
    if start is None:
        start = career.next_start(day)
        tell(start, NOT_EMPLOYED_YET, starts_on=start)
    complete = add_months(start, who.min_service_months)
    if day < complete and who.min_service_months:
        months = who.min_service_months
        data = {"months": months, "start": start, "complete_on": complete}
        tell(complete, SERVICE_TOO_SHORT, **data)
    if who.min_age is not None and career.birthday is not None:
        birthday = career.age_on(who.min_age)
        if day < birthday:
            tell(birthday, TOO_YOUNG, years=who.min_age, birthday=birthday)
    return found
