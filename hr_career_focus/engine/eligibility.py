"""Who has the right: what is not known, what excludes, and what is only too early.

Each function returns reasons in the order of the text that decides, see
:mod:`.reasons`.

The universities (article 6.5) give advice to people with a fixed term of two years
or more. A contract from 1 September 2024 to 31 August 2026 is two years, to the day::

    >>> from decimal import Decimal
    >>> from .values import Agreement, Eligibility, Facts
    >>> rule = Rule("r", Agreement("nu"), Decimal(1), "trajects",
    ...             eligibility=Eligibility(
    ...                 contract_types=frozenset({FIXED_TERM}), min_term_months=24))
    >>> def ask(last_day):
    ...     terms = Spell(date(2024, 9, 1), date(2024, 9, 1), last_day)
    ...     found = exclusions(rule, terms, Career(Facts((terms,))), date(2025, 1, 1))
    ...     return [reason.code for reason in found]
    >>> ask(date(2026, 8, 31)), ask(date(2026, 8, 30)), ask(None)
    ([], ['term_too_short'], ['contract_type_excluded'])

The electrical retail trade asks for more than 15 hours a week; 15 is too few::

    >>> retail = Eligibility(min_hours=Decimal(15), hours_exclusive=True)
    >>> too_few(retail, Decimal(15)), too_few(retail, Decimal("15.5"))
    (True, False)
"""

from datetime import date
from decimal import Decimal

from .career import Career
from .dates import add_months, previous_day
from .values import (
    CATEGORY_EXCLUDED,
    CONTRACT_TYPE_EXCLUDED,
    FIXED_TERM,
    HOURS_TOO_FEW,
    SERVICE_TOO_LONG,
    TERM_TOO_SHORT,
    Eligibility,
    Reason,
    Rule,
    Spell,
)


def too_few(who: Eligibility, hours: Decimal | None) -> bool:
    """Tell whether the hours of a week are too few; hours not on record are not."""
    if who.min_hours is None or hours is None:
        return False
    return hours < who.min_hours or (who.hours_exclusive and hours == who.min_hours)


def too_short(who: Eligibility, terms: Spell) -> bool:
    """Tell whether a fixed term is too short. Permanent contracts have no term."""
    if not who.min_term_months or terms.contract_type != FIXED_TERM:
        return False
    if terms.start is None or terms.end is None:
        return False
    return terms.end < previous_day(add_months(terms.start, who.min_term_months))


def wrong_type(who: Eligibility, terms: Spell) -> bool:
    """Tell whether the form of contract does not have the right."""
    return bool(who.contract_types) and terms.contract_type not in who.contract_types


def admits(rule: Rule, terms: Spell, career: Career, day: date) -> bool:
    """Tell whether somebody earns a right on a day, whatever the length of service."""
    who = rule.eligibility
    if who.min_age is not None:
        birthday = career.age_on(who.min_age)
        if birthday is not None and day < birthday:
            return False
    return not (
        terms.category in who.excluded
        or wrong_type(who, terms)
        or too_short(who, terms)
        or too_few(who, terms.weekly_hours)
    )


def exclusions(rule: Rule, terms: Spell, career: Career, day: date) -> list[Reason]:
    """Return why somebody does not have the right on a day."""
    who = rule.eligibility
    found = []

    def tell(code, **data):
        found.append(Reason(code, rule.clause, data))

    if terms.category in who.excluded:
        tell(CATEGORY_EXCLUDED, category=terms.category)
    if wrong_type(who, terms):
        tell(
            CONTRACT_TYPE_EXCLUDED,
            contract_type=terms.contract_type,
            contract_types=tuple(sorted(who.contract_types)),
        )
    if too_short(who, terms):
        months = who.min_term_months
        tell(TERM_TOO_SHORT, months=months, start=terms.start, end=terms.end)
    if too_few(who, terms.weekly_hours):
        tell(
            HOURS_TOO_FEW,
            hours=terms.weekly_hours,
            min_hours=who.min_hours,
            exclusive=who.hours_exclusive,
        )
    start = career.service_start(day)
    if who.max_service_months is not None and start is not None:
        full = add_months(start, who.max_service_months)
        if day >= full:
            months, last = who.max_service_months, previous_day(full)
            tell(SERVICE_TOO_LONG, months=months, start=start, ended_on=last)
    return found
