"""What becomes of a right, and of a traject that runs, when somebody leaves.

Kim leaves on 30 June 2026 and has a voucher since March. Where what was begun may be
finished, Kim may still redeem it in July; where a right is there until the last day,
only in June; where it lapses, not any more once the leaving is on record::

    >>> from decimal import Decimal
    >>> from .values import Agreement
    >>> terms = Spell(date(2020, 1, 1), date(2020, 1, 1), date(2026, 6, 30),
    ...               leaves_on=date(2026, 6, 30), fixed_term=False)
    >>> use = Use("r", Decimal(1000), date(2026, 3, 1))
    >>> def ask(policy, day):
    ...     rule = Rule("r", Agreement("cao"), Decimal(1000), currency="EUR",
    ...                 exit=policy)
    ...     why = may_finish(Facts((terms,)), [rule], use, day)
    ...     return why and why.code
    >>> june, july = date(2026, 6, 30), date(2026, 7, 1)
    >>> ask("running_finishes", june), ask("running_finishes", july)
    (None, None)
    >>> ask("until_last_day", june), ask("until_last_day", july)
    (None, 'employment_ended')
    >>> ask("lapses", june), ask("lapses", july)
    (None, 'leaving')
"""

from collections.abc import Iterable
from datetime import date

from .career import Career
from .law import Right
from .values import (
    EMPLOYMENT_ENDED,
    LAPSES,
    LEAVING,
    NO_START_DATE,
    RUNNING_FINISHES,
    Facts,
    Reason,
    Rule,
    Spell,
    Use,
)


def leaving(rule: Rule, terms: Spell) -> list[Reason]:
    """Return why somebody who leaves begins nothing new, if that is so."""
    if rule.exit != LAPSES or terms.leaves_on is None:
        return []
    data = {"leaves_on": terms.leaves_on}
    return [Reason(LEAVING, rule.clause, data)]


def may_finish(
    facts: Facts, rules: Iterable[Rule], use: Use, on_date: date
) -> Reason | None:
    """Return why a use that was granted may not be carried on, ``None`` if it may.

    The wording of the day of the use decides, or the later one that is better: what
    somebody was promised when it was granted holds.

    :param rules: all wordings of the right, and company rules that improve it
    """
    right = Right(rules, facts.employer)
    career = Career(facts)
    wordings = right.laws(use.on) + right.laws(on_date)
    wording = (wordings or [right.text(on_date)[0]])[0]
    employed = career.employed(use.on)
    if employed is None:
        if not career.occupations:
            return Reason(NO_START_DATE, wording.rule.clause)
        last = career.last_end(on_date)
    else:
        last = employed[1]
    if last is None or on_date <= last:
        return None
    policies = {wording.rule.exit for wording in wordings or [wording]}
    if RUNNING_FINISHES in policies and employed:
        return None
    if policies == {LAPSES}:
        data = {"leaves_on": last, "ended_on": last}
        return Reason(LEAVING, wording.rule.clause, data)
    return Reason(EMPLOYMENT_ENDED, wording.rule.clause, {"ended_on": last})
