"""What somebody may use of a right, how much is left, since when, and why.

:func:`entitlement` is a pure function of the facts, the rules, the uses and the day
asked about. It knows no clock and keeps no balance: asked again about the same day it
gives the same answer, whenever that is and whatever else was asked before.

The agreement of a broadcaster gives everybody EUR 1,000 for career guidance, once
every 60 months, after a year of service::

    >>> from decimal import Decimal
    >>> from .values import Agreement, Eligibility, Interval, Spell
    >>> text = Agreement("omroep", "Broadcasting", verified=True)
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

from collections.abc import Iterable
from datetime import date

from .dates import ONE_DAY, add_months, full_months
from .intervals import Balance, balance_of
from .values import (
    AFTER_EFFECT,
    AVAILABLE,
    EMPLOYMENT_ENDED,
    INTERVAL_OVER,
    INTERVAL_RUNNING,
    NEVER_USED,
    NO_AGREEMENT,
    NO_RULE,
    NO_START_DATE,
    NOT_ELIGIBLE,
    NOT_EMPLOYED_YET,
    NOT_VERIFIED,
    NOT_YET,
    PARTLY_USED,
    RULE_ENDED,
    RULE_ENDS_FIRST,
    RULE_STARTS_LATER,
    SERVICE_MET,
    SERVICE_TOO_SHORT,
    UNKNOWN,
    USED_UP,
    Entitlement,
    Facts,
    Reason,
    Rule,
    Use,
)


def entitlement(
    facts: Facts, rules: Iterable[Rule], uses: Iterable[Use], on_date: date
) -> tuple[Entitlement, ...]:
    """Answer for every rule of the agreement a person falls under on a day.

    The order of the answers is the order of ``rules``. When it cannot be known which
    rules apply there is exactly one answer, with an empty ``rule_key``: nobody is
    left without an answer.

    :param rules: rules of any agreements; those of another agreement are skipped
    :param uses: what this person used, of any rule, in any order
    """
    terms = facts.terms_on(on_date)
    if terms is None:
        return (_whole(UNKNOWN, NO_START_DATE),)
    if terms.agreement_key is None:
        return (_whole(UNKNOWN, NO_AGREEMENT),)
    uses = tuple(uses)
    answers = tuple(
        entitlement_of_rule(facts, rule, uses, on_date)
        for rule in rules
        if rule.agreement.key == terms.agreement_key
    )
    return answers or (_whole(NOT_ELIGIBLE, NO_RULE),)


def entitlement_of_rule(
    facts: Facts, rule: Rule, uses: Iterable[Use], on_date: date
) -> Entitlement:
    """Answer for one rule, taking for granted that its agreement applies."""
    doubt = _doubt(facts, rule, on_date)
    if doubt:
        return _refusal(rule, UNKNOWN, [doubt])
    balance = balance_of(rule, uses, on_date)
    ended = _ended(facts, rule, on_date)
    if ended:
        return _refusal(rule, NOT_ELIGIBLE, [ended])
    blocks = _blocks(facts, rule, balance, on_date)
    if blocks:
        return _not_now(rule, balance, blocks)
    return _grant(facts, rule, balance, on_date)


def _whole(status: str, code: str) -> Entitlement:
    """Return the one answer for all rights of a person together."""
    return Entitlement("", status, reasons=(Reason(code),))


def _doubt(facts: Facts, rule: Rule, on_date: date) -> Reason | None:
    """Return what must be known before anybody may answer, if it is not."""
    if not rule.agreement.verified:
        return Reason(NOT_VERIFIED, rule.clause, {"agreement": rule.agreement.name})
    terms = facts.terms_on(on_date)
    if terms is None or terms.start is None:
        return Reason(NO_START_DATE, rule.clause)
    return None


def _ended(facts: Facts, rule: Rule, on_date: date) -> Reason | None:
    """Return why the right is over for good, if it is."""
    last_day = rule.last_day()
    if last_day and on_date > last_day:
        return Reason(RULE_ENDED, rule.clause, {"ended_on": last_day})
    if facts.service_start(on_date) is None and facts.next_start(on_date) is None:
        end = facts.last_end(on_date)
        return Reason(EMPLOYMENT_ENDED, rule.clause, {"ended_on": end})
    return None


def _blocks(
    facts: Facts, rule: Rule, balance: Balance, on_date: date
) -> list[tuple[date, Reason]]:
    """Return what stands in the way for now, each with the day it is out of it.

    What lasts longest decides and comes first.
    """
    found = []
    if not balance.left and balance.ends:
        found.append((balance.ends, _interval_reason(rule, balance)))
    start = facts.service_start(on_date)
    if start is None:
        start = facts.next_start(on_date)
        reason = Reason(NOT_EMPLOYED_YET, rule.clause, {"starts_on": start})
        found.append((start, reason))
    needed = rule.eligibility.min_service_months
    complete = add_months(start, needed)
    if needed and on_date < complete:
        data = {"months": needed, "start": start, "complete_on": complete}
        found.append((complete, Reason(SERVICE_TOO_SHORT, rule.clause, data)))
    first_day = rule.first_day()
    if first_day and on_date < first_day:
        reason = Reason(RULE_STARTS_LATER, rule.clause, {"starts_on": first_day})
        found.append((first_day, reason))
    return sorted(found, key=lambda block: block[0], reverse=True)


def _not_now(
    rule: Rule, balance: Balance, blocks: list[tuple[date, Reason]]
) -> Entitlement:
    """Return a refusal for now, with the day on which nothing blocks any more."""
    day, deciding = blocks[0]
    status = USED_UP if deciding.code == INTERVAL_RUNNING else NOT_YET
    reasons = [reason for _day, reason in blocks]
    next_date = _unless_over(rule, day)
    if next_date is None:
        data = {"ended_on": rule.last_day()}
        reasons.insert(0, Reason(RULE_ENDS_FIRST, rule.clause, data))
    return _refusal(rule, status, reasons, balance, next_date)


def _interval_reason(rule: Rule, balance: Balance) -> Reason:
    """Return the reason that an interval is used up until it ends."""
    data = {
        "granted": balance.granted,
        "used": balance.used,
        "since": balance.since,
        "months": rule.interval.months,
        "ends": balance.ends,
    }
    return Reason(INTERVAL_RUNNING, rule.clause, data)


def _unless_over(rule: Rule, day: date) -> date | None:
    """Return ``day``, or nothing when the rule is over before it."""
    last_day = rule.last_day()
    return None if last_day and day > last_day else day


def _refusal(
    rule: Rule,
    status: str,
    reasons: list[Reason],
    balance: Balance | None = None,
    next_date: date | None = None,
) -> Entitlement:
    """Return an answer that leaves nothing to use now."""
    return Entitlement(
        rule.key,
        status,
        unit=rule.unit,
        currency=rule.currency,
        granted=balance.granted if balance else rule.quantity,
        since=balance.since if balance else None,
        next_date=next_date,
        reasons=tuple(reasons),
    )


def _grant(facts: Facts, rule: Rule, balance: Balance, on_date: date) -> Entitlement:
    """Return an answer that leaves something to use, with every reason for it."""
    start = facts.service_start(on_date)
    last_day = rule.last_day()
    reasons = [_balance_reason(rule, balance)]
    needed = rule.eligibility.min_service_months
    if needed:
        data = {
            "months": needed,
            "start": start,
            "served": full_months(start, on_date),
        }
        reasons.append(Reason(SERVICE_MET, rule.clause, data))
    if rule.in_after_effect(on_date):
        data = {"ended_on": rule.agreement.valid_to, "agreement": rule.agreement.name}
        reasons.append(Reason(AFTER_EFFECT, rule.clause, data))
    opened = [add_months(start, needed), rule.first_day()]
    if balance.previous:
        opened.append(add_months(balance.previous, rule.interval.months))
    ends = [balance.ends - ONE_DAY if balance.ends else None, last_day]
    return Entitlement(
        rule.key,
        AVAILABLE,
        left=balance.left,
        unit=rule.unit,
        currency=rule.currency,
        granted=balance.granted,
        since=balance.since or max(day for day in opened if day),
        until=min((day for day in ends if day), default=None),
        next_date=_unless_over(rule, balance.ends) if balance.ends else None,
        reasons=tuple(reasons),
    )


def _balance_reason(rule: Rule, balance: Balance) -> Reason:
    """Return where what is left comes from."""
    if balance.ends:
        data = {
            "granted": balance.granted,
            "used": balance.used,
            "since": balance.since,
            "ends": balance.ends,
        }
        return Reason(PARTLY_USED, rule.clause, data)
    if balance.previous:
        data = {
            "since": balance.previous,
            "ended_on": add_months(balance.previous, rule.interval.months),
            "months": rule.interval.months,
        }
        return Reason(INTERVAL_OVER, rule.clause, data)
    return Reason(NEVER_USED, rule.clause)
