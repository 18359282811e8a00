"""What somebody may use of a right, how much is left, since when, and why.

:func:`entitlement` is a pure function of the facts, the rules, the uses and the day
asked about. It knows no clock and keeps no balance: asked again about the same day it
gives the same answer, whenever that is and whatever else was asked before.

The agreement of a broadcaster gives everybody EUR 1,000 for career guidance, once
every 60 months, after a year of service::

    >>> from decimal import Decimal
    >>> from .values import Agreement, Eligibility, Interval, Spell, Version
    >>> text = Agreement("omroep", "Broadcasting", (Version(verified=True),))
    >>> rule = Rule(
    ...     "guidance", text, Decimal(1000), currency="EUR", clause="article 12",
    ...     interval=Interval(months=60),
    ...     eligibility=Eligibility(min_service_months=12),
    ... )
    >>> anna = Facts((Spell(date(2020, 1, 1), date(2020, 1, 1), None, "omroep"),))
    >>> def ask(day, *uses, facts=anna):
    ...     answer, = entitlement(facts, [rule], uses, day)
    ...     return answer.status, answer.left, answer.next_date

After eleven months it is too early; the answer says from when::

    >>> ask(date(2020, 12, 1))
    ('not_yet', Decimal('0'), datetime.date(2021, 1, 1))

After a year all of it is there::

    >>> ask(date(2021, 1, 1))
    ('available', Decimal('1000'), None)

Anna uses everything on 1 March 2023. In month 59 she is refused with the date, in
month 60 the right is whole again::

    >>> all_of_it = Use("guidance", Decimal(1000), date(2023, 3, 1))
    >>> ask(date(2028, 2, 29), all_of_it)
    ('used_up', Decimal('0'), datetime.date(2028, 3, 1))
    >>> ask(date(2028, 3, 1), all_of_it)
    ('available', Decimal('1000'), None)

Had she used EUR 360, the other EUR 640 would be hers until then, and a fresh
EUR 1,000 from that day on::

    >>> a_part = Use("guidance", Decimal(360), date(2023, 3, 1))
    >>> ask(date(2028, 2, 29), a_part)
    ('available', Decimal('640'), datetime.date(2028, 3, 1))
    >>> ask(date(2028, 3, 1), a_part)
    ('available', Decimal('1000'), None)

A traject cancelled before it began gives everything back::

    >>> cancelled = Use("guidance", Decimal(1000), date(2023, 3, 1), returned=True)
    >>> ask(date(2024, 1, 1), cancelled)
    ('available', Decimal('1000'), None)

Without a start date nobody guesses::

    >>> ask(date(2024, 1, 1), facts=Facts())
    ('unknown', Decimal('0'), None)
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from .accrual import Savings, next_quantity
from .career import Career
from .case import Case
from .dates import add_months, previous_day
from .doubts import no_start_date, not_verified
from .exits import may_finish
from .intervals import Balance
from .law import Right
from .search import LOTS_AHEAD, first_day, fixed_days, grid_days
from .standing import (
    Standing,
    balance_on,
    has_left,
    is_barred,
    is_open,
    standing,
)
from .telling import conditions, refusal_of_interval, remarks, service_met, sources
from .values import (
    AVAILABLE,
    EMPLOYMENT_ENDS_FIRST,
    NO_AGREEMENT,
    NO_RULE,
    NO_START_DATE,
    NOT_ELIGIBLE,
    NOT_YET,
    NOTHING_SAVED,
    RULE_ENDS_FIRST,
    UNKNOWN,
    USED_UP,
    ZERO,
    Entitlement,
    Facts,
    Reason,
    Rule,
    Use,
)

__all__ = [
    "entitlement",
    "entitlement_of_right",
    "entitlement_of_rule",
    "may_finish",
]


def entitlement(
    facts: Facts, rules: Iterable[Rule], uses: Iterable[Use], on_date: date
) -> tuple[Entitlement, ...]:
    """Answer for every right that a person has on a day.

    These are the rights of the agreement on the contract and the company's own ones,
    in the order in which they first appear in ``rules``. When it cannot be known
    which rights apply, or there are none, one answer without a right says so: nobody
    is left without an answer.

    :param rules: all wordings of any rights; those of another agreement are skipped
    :param uses: what this person used, of any right, in any order
    """
    career = Career(facts)
    terms = career.terms_on(on_date)
    if terms is None:
        return (whole(UNKNOWN, NO_START_DATE),)
    uses = tuple(uses)
    answers = [
        answer_of(Case(career, right, uses, on_date))
        for right in rights_of(rules, terms.agreement_key, facts.employer)
    ]
    if terms.agreement_key is None:
        answers.insert(0, whole(UNKNOWN, NO_AGREEMENT))
    return tuple(answers) or (whole(NOT_ELIGIBLE, NO_RULE),)


def entitlement_of_right(
    facts: Facts, rules: Iterable[Rule], uses: Iterable[Use], on_date: date
) -> Entitlement:
    """Answer for one right, taking for granted that its agreement applies.

    :param rules: all wordings of the right, and company rules that improve it
    """
    career = Career(facts)
    right = Right(rules, facts.employer)
    if career.terms_on(on_date) is None:
        rule = right.text(on_date)[0].rule
        return _answer(rule, UNKNOWN, not_verified(rule) or no_start_date(rule))
    return answer_of(Case(career, right, uses, on_date))


def entitlement_of_rule(
    facts: Facts, rule: Rule, uses: Iterable[Use], on_date: date
) -> Entitlement:
    """Answer for one right of which there is one wording."""
    return entitlement_of_right(facts, (rule,), uses, on_date)


def whole(status: str, code: str) -> Entitlement:
    """Return the one answer for all rights of a person together."""
    return Entitlement("", status, reasons=(Reason(code),))


def rights_of(
    rules: Iterable[Rule], agreement_key: str | None, employer: str | None
) -> list[Right]:
    """Return the rights of an agreement and those of the company itself."""
    rules = tuple(rules)
    wordings: dict[str, list[Rule]] = {}
    for rule in rules:
        owner = rule.agreement.employer
        applies = (
            rule.agreement.key == agreement_key if owner is None else owner == employer
        )
        if applies and rule.improves is None:
            wordings.setdefault(rule.key, []).append(rule)
    better = [rule for rule in rules if rule.improves in wordings]
    return [Right(found + better, employer) for found in wordings.values()]


def answer_of(case: Case) -> Entitlement:
    """Return the answer for one right on the day the case is asked about."""
    day = case.on_date
    stand = standing(case, day)
    rule = stand.wording.rule
    if stand.doubts:
        return _answer(rule, UNKNOWN, stand.doubts)
    if stand.bars:
        return _answer(rule, NOT_ELIGIBLE, stand.bars, next_date=next_open(case, day))
    if stand.is_open:
        return _grant(case, stand, day)
    return _not_now(case, stand, day)


def _answer(rule: Rule, status: str, reasons: Iterable[Reason], **values):
    return Entitlement(
        rule.key,
        status,
        unit=rule.unit,
        currency=rule.currency,
        reasons=tuple(reasons),
        conditions=conditions(rule),
        version=rule.version,
        **values,
    )


def next_open(case: Case, day: date) -> date | None:
    """Return the first later day on which the right is open, if there is one."""
    last = max((end for _start, end in case.career.occupations), default=date.min)
    if last <= day or not (case.right.law(day) or case.right.next_begin(day)):
        return None
    fixed = fixed_days(case, day)
    for begin, end in zip([day, *fixed], [*fixed, None], strict=True):
        if is_barred(case, begin):
            continue
        if begin > day and is_open(case, begin):
            return begin
        for later in grid_days(case, begin, end):
            if is_open(case, later):
                return later
    return None


def _not_now(case: Case, stand: Standing, day: date) -> Entitlement:
    """Return a refusal for now: what lasts longest decides and comes first."""
    rule, balance = stand.wording.rule, stand.balance
    obstacles: list[tuple[date | None, Reason]] = list(stand.waits)
    interval = None
    if stand.used_up:
        going = case.going_on(day)
        until = first_day(going, day, lambda later: has_left(going, later))
        interval = refusal_of_interval(case, stand, day, until)
        obstacles.append((until, interval))
    obstacles.sort(key=lambda one: one[0] or date.max, reverse=True)
    latest, deciding = obstacles[0]
    reasons = [reason for _until, reason in obstacles]
    saved = isinstance(balance, Savings)
    used_up = deciding is interval and (
        deciding.code != NOTHING_SAVED or (saved and balance.used)
    )
    next_date = next_open(case, day)
    if next_date is None and latest is not None:
        reasons[:0] = _ends_first(case, rule, latest)
    return _answer(
        rule,
        USED_UP if used_up else NOT_YET,
        reasons + remarks(case, stand, day),
        granted=balance.granted,
        since=balance.since if used_up else None,
        next_date=next_date,
    )


def _ends_first(case: Case, rule: Rule, day: date) -> list[Reason]:
    """Return what is over before the day on which the right would be open."""
    found = []
    if not case.right.law(day):
        found.append((case.right.last_day(day), RULE_ENDS_FIRST))
    if case.career.service_start(day) is None:
        found.append((case.career.last_end(day), EMPLOYMENT_ENDS_FIRST))
    ends = [one for one in found if one[0] is not None]
    if not ends:
        return []
    ended_on, code = min(ends, key=lambda one: one[0])
    return [Reason(code, rule.clause, {"ended_on": ended_on})]


def _grant(case: Case, stand: Standing, day: date) -> Entitlement:
    """Return an answer that leaves something to use, with every reason for it."""
    rule, balance = stand.wording.rule, stand.balance
    coming = (None, None)
    if isinstance(balance, Savings):
        coming = next_quantity(case, day)
        fresh, since = coming[0], balance.since
    else:
        fresh = balance.ends
        since = balance.since or _opened(case, rule, balance, day)
    if fresh and not standing(case, fresh).is_open:
        fresh = None
    until, lapsing = _until(case, stand, day)
    return _answer(
        rule,
        AVAILABLE,
        sources(case, stand, day, coming)
        + service_met(case, rule, day)
        + remarks(case, stand, day),
        left=balance.left,
        granted=balance.granted,
        since=since,
        until=until,
        lapsing=lapsing,
        next_date=fresh,
    )


def _opened(case: Case, rule: Rule, balance: Balance, day: date) -> date:
    """Return since when a right has been open that no use ever touched."""
    who = rule.eligibility
    days = [add_months(case.career.service_start(day), who.min_service_months)]
    if who.min_age is not None:
        days.append(case.career.age_on(who.min_age))
    run = case.right.run_start(day)
    if run:
        days.append(run)
    if balance.previous:
        days.append(balance.previous[1])
    return max(days)


def _until(case: Case, stand: Standing, day: date) -> tuple[date | None, Decimal]:
    """Return the last day on which all that is left can be used, and what lapses."""
    balance = stand.balance
    left = balance.left
    end, gone = balance.gone()
    unopened = isinstance(balance, Balance) and not balance.is_open
    laws = case.laws(day, stand.wording)
    for later in _days_of_loss(case, day, balance):
        if end is not None and later > end:
            break
        then = standing(case, later)
        if not then.is_open:
            return previous_day(later), left
        if later == end:
            break
        rest = then.balance.left
        if unopened and rest < left and case.laws(later, then.wording) != laws:
            return previous_day(later), left - rest
    if end is None:
        return None, ZERO
    return previous_day(end), gone if standing(case, end).is_open else left


def _days_of_loss(case: Case, day: date, balance: Balance | Savings) -> Iterator[date]:
    """Yield the later days on which something may be lost, oldest first.

    Who has only an advance saves something later. When a text to come gives no advance
    any more, the right is over on the day on which the last of it lapses.
    """
    only_advance = isinstance(balance, Savings) and balance.balance <= 0
    since = day
    for later in (*fixed_days(case, day), None):
        for _lot in range(LOTS_AHEAD if only_advance else 0):
            lapses = balance_on(case, since).gone()[0]
            if lapses is None or (later is not None and lapses >= later):
                break
            yield lapses
            since = lapses
        if later is not None:
            yield later
            since = later
