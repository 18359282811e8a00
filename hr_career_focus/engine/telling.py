"""The reasons for an answer: where what is left comes from, and what goes with it."""

from datetime import date
from decimal import Decimal

from .accrual import Savings, next_quantity
from .amounts import amount, full_time_part
from .case import Case
from .dates import full_months
from .intervals import Balance
from .law import Wording
from .standing import Standing
from .values import (
    AFTER_EFFECT,
    BLOCK_USED,
    BY_EMPLOYEE,
    COMPANY_IMPROVES,
    COMPLETION_PENDING,
    CONDITION_COACH,
    CONDITION_CONSULTATION,
    CONDITION_EXIT,
    CONDITION_OUTPUT,
    CONDITION_PAYER,
    FIXED,
    GRANTED_EARLIER,
    IN_ADVANCE,
    INTERVAL_OVER,
    INTERVAL_RUNNING,
    NEVER_USED,
    NO_CONSULTATION,
    NO_OUTPUT_RULE,
    NOTHING_SAVED,
    ONCE,
    PAID_BY_EMPLOYER,
    PART_PERIOD,
    PART_TIME,
    PARTLY_USED,
    ROLLING_COMPLETION,
    ROLLING_START,
    SAVED,
    SERVICE_MET,
    UNTIL_LAST_DAY,
    USED_ONCE,
    Reason,
    Rule,
)

#: The neutral term of each condition, which needs no telling.
NEUTRAL = (
    (CONDITION_COACH, "coach_choice", BY_EMPLOYEE),
    (CONDITION_CONSULTATION, "consultation", NO_CONSULTATION),
    (CONDITION_PAYER, "payer", PAID_BY_EMPLOYER),
    (CONDITION_EXIT, "exit", UNTIL_LAST_DAY),
    (CONDITION_OUTPUT, "output", NO_OUTPUT_RULE),
)


def conditions(rule: Rule) -> tuple[Reason, ...]:
    """Return what goes with a right, as far as it is not the neutral term.

    Municipalities designate the expert (employer), banks want to be consulted::

        >>> from .values import Agreement
        >>> rule = Rule("r", Agreement("gemeenten"), Decimal(1), "trajects",
        ...             coach_choice="employer")
        >>> [(one.code, one.data["value"]) for one in conditions(rule)]
        [('condition_coach', 'employer')]
    """
    return tuple(
        Reason(code, rule.clause, {"value": getattr(rule, name)})
        for code, name, neutral in NEUTRAL
        if getattr(rule, name) != neutral
    )


def refusal_of_interval(
    case: Case, stand: Standing, day: date, enough_on: date | None
) -> Reason:
    """Return the reason that an interval, block or savings leave nothing."""
    rule, balance = stand.wording.rule, stand.balance
    if isinstance(balance, Savings):
        next_lot, quantity = next_quantity(case, day)
        data = {
            "balance": balance.balance,
            "since": balance.since,
            "next_lot": next_lot,
            "quantity": quantity,
            "enough_on": enough_on,
        }
        return Reason(NOTHING_SAVED, rule.clause, data)
    data = {
        "granted": balance.granted,
        "used": balance.used,
        "since": balance.since,
    }
    kind = rule.interval.kind
    if kind == ONCE:
        data["used_on"] = balance.used_on
        return Reason(USED_ONCE, rule.clause, data)
    data["months"] = balance.months
    if balance.pending:
        return Reason(COMPLETION_PENDING, rule.clause, data)
    data["ends"] = balance.ends
    if kind not in (ROLLING_START, ROLLING_COMPLETION):
        return Reason(BLOCK_USED, rule.clause, data)
    data["counted_from"] = balance.counted_from
    return Reason(INTERVAL_RUNNING, rule.clause, data)


def sources(
    case: Case,
    stand: Standing,
    day: date,
    coming: tuple[date | None, Decimal | None],
) -> list[Reason]:
    """Return where what is left comes from, the deciding reason first.

    :param coming: day and size of the next quantity that is saved
    """
    rule, balance = stand.wording.rule, stand.balance
    if isinstance(balance, Savings):
        return _of_savings(rule, balance, coming)
    if balance.is_open:
        data = {
            "granted": balance.granted,
            "used": balance.used,
            "since": balance.since,
            "ends": balance.ends,
        }
        return [Reason(PARTLY_USED, rule.clause, data)]
    if balance.previous:
        since, end, months = balance.previous
        data = {"since": since, "ended_on": end, "months": months}
        return [Reason(INTERVAL_OVER, rule.clause, data)]
    return [Reason(NEVER_USED, rule.clause)]


def _of_savings(
    rule: Rule, balance: Savings, coming: tuple[date | None, Decimal | None]
) -> list[Reason]:
    found = []
    data = {
        "balance": balance.balance,
        "since": balance.since,
        "next_lot": coming[0],
        "quantity": coming[1],
    }
    if balance.balance > 0:
        found.append(Reason(SAVED, rule.clause, data))
    if balance.left > balance.balance:
        data = {"advance": balance.advance, **data}
        found.append(Reason(IN_ADVANCE, rule.clause, data))
    return found


def service_met(case: Case, rule: Rule, day: date) -> list[Reason]:
    """Return that somebody has served long enough, where that is asked."""
    needed = rule.eligibility.min_service_months
    if not needed:
        return []
    start = case.career.service_start(day)
    data = {"months": needed, "start": start, "served": full_months(start, day)}
    return [Reason(SERVICE_MET, rule.clause, data)]


def remarks(case: Case, stand: Standing, day: date) -> list[Reason]:
    """Return what made the quantity what it is."""
    wording, balance = stand.wording, stand.balance
    rule = wording.rule
    found = []

    def tell(code, **data):
        found.append(Reason(code, rule.clause, data))

    text = rule.text
    if case.right.law(day) and text.valid_to is not None and day > text.valid_to:
        tell(AFTER_EFFECT, agreement=rule.agreement.name, ended_on=text.valid_to)
    for name in wording.improved_by:
        tell(COMPANY_IMPROVES, agreement=name)
    now = _worth_by_law(case, wording, balance)
    if balance.granted > now:
        tell(GRANTED_EARLIER, granted=balance.granted, worth=now)
    part, whole = full_time_part(rule, case.terms(balance.worth_on))
    if rule.basis == FIXED and part < whole:
        fte = part if whole == 1 else round(part / whole, 4)
        tell(PART_TIME, fte=fte, on=balance.worth_on)
    if balance.part and rule.prorate_part:
        left, months = balance.part
        entry = _entry(case, balance)
        tell(PART_PERIOD, months_left=left, months=months, since=entry)
    return found


def _worth_by_law(case: Case, wording: Wording, balance: Balance | Savings) -> Decimal:
    """Return what the text of now gives for the day something was granted."""
    day = balance.worth_on
    law = case.right.law(day) or wording
    part = None
    if isinstance(balance, Balance) and law.rule.prorate_part:
        part = balance.part
    return amount(law.rule, case.terms(day), part)


def _entry(case: Case, balance: Balance | Savings) -> date | None:
    if isinstance(balance, Savings):
        return balance.since
    return case.career.service_start(balance.worth_on)
