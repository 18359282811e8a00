"""What must be on record before anybody may answer.

Nobody guesses: without the hours there is no part of full time, without the wage no
percentage of it. What is needed depends on the wording, so a missing wage is no
obstacle to a right that everybody has the same of.
"""

from collections.abc import Callable
from datetime import date

from .amounts import needs_hours, needs_wage
from .case import Case
from .law import Wording
from .values import (
    ACCRUAL,
    BIRTHDAY_UNKNOWN,
    CATEGORY_UNKNOWN,
    HOURS_UNKNOWN,
    NO_START_DATE,
    NOT_VERIFIED,
    WAGE_UNKNOWN,
    Reason,
    Rule,
    Spell,
)


def doubts(case: Case, wording: Wording, day: date, worth_on: date) -> list[Reason]:
    """Return what is not known, the first one deciding.

    :param worth_on: the day on which the running interval was granted
    """
    rule = wording.rule
    terms = case.terms(day)
    unverified = not_verified(rule)
    if unverified:
        return unverified
    found = no_start_date(rule) if terms.start is None else []
    who = rule.eligibility
    needed = list(_worths(case, wording, day, worth_on))
    earned = list(_earned(case, day)) if rule.interval.kind == ACCRUAL else []
    hours = _first(needs_hours, needed + earned)
    if hours is None:
        hours = _first(_needs_min_hours, [(day, rule, terms), *earned])
    if hours is not None:
        found.append(Reason(HOURS_UNKNOWN, rule.clause, {"on": hours}))
    wage = _first(needs_wage, needed + earned)
    if wage is not None:
        found.append(Reason(WAGE_UNKNOWN, rule.clause, {"on": wage}))
    if case.career.birthday is None:
        ages = [who.min_age, *(one.eligibility.min_age for _on, one, _s in earned)]
        years = next((age for age in ages if age is not None), None)
        if years is not None:
            found.append(Reason(BIRTHDAY_UNKNOWN, rule.clause, {"years": years}))
    if _first(_needs_category, [(day, rule, terms), *earned]):
        found.append(Reason(CATEGORY_UNKNOWN, rule.clause))
    return found


def not_verified(rule: Rule) -> list[Reason]:
    """Return that nobody compared a wording with the text, if that is so."""
    if rule.text.verified:
        return []
    return [Reason(NOT_VERIFIED, rule.clause, {"agreement": rule.agreement.name})]


def no_start_date(rule: Rule) -> list[Reason]:
    """Return that the first day of the contract is not on record."""
    return [Reason(NO_START_DATE, rule.clause)]


Needed = list[tuple[date, Rule, Spell]]


def _first(needs: Callable[[Rule, Spell], bool], needed: Needed) -> date | None:
    """Return the first day on which a fact is needed and not on record."""
    return next((on for on, rule, terms in needed if needs(rule, terms)), None)


def _needs_min_hours(rule: Rule, terms: Spell) -> bool:
    return rule.eligibility.min_hours is not None and terms.weekly_hours is None


def _needs_category(rule: Rule, terms: Spell) -> bool:
    return bool(rule.eligibility.excluded) and terms.category is None


def _worths(case: Case, wording: Wording, day: date, worth_on: date) -> Needed:
    """Return (day, rule, terms) of the quantities that the answer rests on."""
    return [(day, wording.rule, case.terms(day))] + [
        (worth_on, law.rule, case.terms(worth_on))
        for law in case.laws(worth_on, wording)
    ]


def _earned(case: Case, day: date) -> Needed:
    """Return (day, rule, terms) of what was earned in the employment of a day."""
    start = case.career.service_start(day)
    if start is None:
        return []
    return [
        (begin, law.rule, case.terms(begin))
        for begin in case.pieces(start, day)
        for law in case.right.laws(begin)
    ]
