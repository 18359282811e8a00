"""Two readings of the same rules agree on 20,000 random histories.

One is the engine, the other the clerk of :mod:`naive_entitlement`, who walks through
the days one by one. They share the words (`values`) and nothing else.
"""

import random
from collections import Counter

import pytest

from ..engine import values as v
from ..engine.entitlement import entitlement
from .naive_entitlement import answers
from .naive_histories import Draw

HISTORIES = 20_000
SEED = 20261121
#: How many days the clerk looks ahead: far in every sixth history, for it takes long.
NEAR, FAR = 60, 450

#: Codes that can decide an answer; the others accompany it.
DECIDING = (
    *(v.NO_AGREEMENT, v.NO_START_DATE, v.NOT_VERIFIED, v.HOURS_UNKNOWN),
    *(v.WAGE_UNKNOWN, v.BIRTHDAY_UNKNOWN, v.CATEGORY_UNKNOWN, v.NO_RULE),
    *(v.NOT_EMPLOYED_YET, v.EMPLOYMENT_ENDED, v.EMPLOYMENT_ENDS_FIRST, v.LEAVING),
    *(v.RULE_STARTS_LATER, v.RULE_ENDED, v.RULE_ENDS_FIRST, v.SERVICE_TOO_SHORT),
    *(v.SERVICE_TOO_LONG, v.TOO_YOUNG, v.CATEGORY_EXCLUDED, v.TERM_TOO_SHORT),
    *(v.CONTRACT_TYPE_EXCLUDED, v.HOURS_TOO_FEW, v.INTERVAL_RUNNING),
    *(v.COMPLETION_PENDING, v.BLOCK_USED, v.USED_ONCE, v.NOTHING_SAVED),
    *(v.NEVER_USED, v.PARTLY_USED, v.INTERVAL_OVER, v.SAVED, v.IN_ADVANCE),
)
ACCOMPANYING = (
    *(v.SERVICE_MET, v.AFTER_EFFECT, v.COMPANY_IMPROVES, v.GRANTED_EARLIER),
    *(v.PART_TIME, v.PART_PERIOD),
)


def in_short(answer, code, last_page):
    """What two answers must have in common; days after the last page are unseen."""
    days = (answer.since, answer.until, answer.next_date)
    since, until, next_date = (d if d and d < last_page else None for d in days)
    return {
        "right": answer.rule_key,
        "status": answer.status,
        "left": answer.left,
        "granted": answer.granted,
        "reason": code,
        "since": since,
        "until": until,
        "lapsing": answer.lapsing if until else v.ZERO,
        "next_date": next_date,
    }


def difference(history, counted, pages=FAR):
    """Return what differs between the two readings of one history, if anything."""
    asked = history.facts, history.rules, history.uses, history.on
    ours, theirs = entitlement(*asked), answers(*asked, pages)
    if len(ours) != len(theirs):
        return f"{[a.rule_key for a in ours]} is not {[a.rule_key for a in theirs]}"
    for answer, naive in zip(ours, theirs, strict=True):
        counted[answer.status] += 1
        counted.update("decides:" + reason.code for reason in answer.reasons[:1])
        counted.update({reason.code for reason in answer.reasons})
        page = naive.last_page
        far = answer.next_date is not None and answer.next_date >= page
        counted["until"] += answer.until is not None and answer.until < page
        counted["next date"] += answer.next_date is not None and not far
        one = in_short(answer, answer.reasons[0].code, page)
        other = in_short(naive, far and naive.waits_for or naive.code, page)
        wrong = {k: (one[k], other[k]) for k in one if one[k] != other[k]}
        if wrong:
            return "\n".join(
                f"{name}: engine {here}, naive {there}"
                for name, (here, there) in wrong.items()
            )
    counted.update({rule.interval.kind for rule in history.rules})
    return None


@pytest.fixture(scope="module")
def compared():
    """All histories, compared: how often what was seen, and what differed."""
    draw, counted, different = Draw(random.Random(SEED)), Counter(), []
    for number in range(HISTORIES):
        history = draw.history()
        found = difference(history, counted, NEAR if number % 6 else FAR)
        if found:
            different.append(f"history {number}\n{found}\n{history!r}")
    return counted, different


def test_both_readings_give_the_same_answers(compared):
    _counted, different = compared
    assert not different, f"{len(different)} differ:\n" + "\n\n".join(different[:3])


@pytest.mark.parametrize("status", v.STATUSES)
def test_every_status_was_met(compared, status):
    assert compared[0][status] >= 500


@pytest.mark.parametrize("kind", v.INTERVAL_KINDS)
def test_every_kind_of_interval_was_met(compared, kind):
    assert compared[0][kind] >= 2000


@pytest.mark.parametrize("code", DECIDING)
def test_every_reason_decided_sometimes(compared, code):
    assert compared[0]["decides:" + code] >= 20


@pytest.mark.parametrize("code", ACCOMPANYING)
def test_every_other_reason_was_met(compared, code):
    assert compared[0][code] >= 100


def test_days_ahead_were_met(compared):
    assert compared[0]["until"] >= 1500
    assert compared[0]["next date"] >= 1500
