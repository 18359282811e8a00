"""The batch answers exactly as the engine does one by one, for any history."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..engine import values as v
from ..engine.batch import Batch, entitlements
from ..engine.dates import add_months
from ..engine.entitlement import entitlement
from ..engine.later import LaterEntitlement
from ..engine.rows import facts_of

TODAY = date(2026, 11, 21)
KEYS = ("cao/a", "cao/b", "own/a")
PAST = st.integers(0, 4000).map(lambda days: TODAY - timedelta(days=days))
NEAR = st.integers(-900, 900).map(lambda days: TODAY + timedelta(days=days))
FUTURE = st.integers(1, 900).map(lambda days: TODAY + timedelta(days=days))
MAYBE = st.booleans()
PARTS = st.sampled_from([0, 0.3, 0.9])
#: Mostly what is ordinary, so that the quick ways are tried as often as the rest.
RARELY = st.sampled_from((False,) * 9 + (True,))
HOURS = st.sampled_from([Decimal(hours) for hours in (12, 24, 36, 40)])
UNITS = st.sampled_from(
    [
        {"unit": v.AMOUNT, "currency": "EUR", "quantity": Decimal(900)},
        {"unit": v.HOURS, "quantity": Decimal(40)},
        {"unit": v.SESSIONS, "quantity": Decimal(5)},
    ]
)


@st.composite
def intervals(draw):
    kind = draw(st.sampled_from(v.INTERVAL_KINDS))
    origin = None
    if kind in (v.CALENDAR_BLOCK, v.ACCRUAL) and (
        kind == v.CALENDAR_BLOCK or draw(MAYBE)
    ):
        origin = draw(st.sampled_from([date(2018, 1, 1), date(2020, 8, 1)]))
    return v.Interval(
        kind,
        draw(st.sampled_from([1, 12, 36, 60])),
        origin,
        draw(st.sampled_from(v.TIMINGS)),
        draw(st.none() | st.just(Decimal(2000))),
        draw(st.none() | st.sampled_from([12, 36])),
        draw(st.sampled_from([0, 0, 1, 3])),
    )


@st.composite
def who_has_it(draw):
    return v.Eligibility(
        draw(st.sampled_from([0, 0, 12, 24])),
        draw(RARELY) and 120 or None,
        frozenset([v.FIXED_TERM]) if draw(RARELY) else frozenset(),
        draw(RARELY) and 24 or 0,
        Decimal(24) if draw(RARELY) else None,
        draw(MAYBE),
        draw(RARELY) and 21 or None,
        frozenset([v.STUDENT]) if draw(RARELY) else frozenset(),
    )


@st.composite
def rules_of(draw, key, agreement, improves=None):
    """One wording for some of the versions of an agreement."""
    terms = draw(UNITS)
    interval = draw(intervals())
    found = []
    for version in agreement.versions:
        if found and draw(RARELY):
            continue
        if found and draw(RARELY):
            interval = draw(intervals())
        values = dict(terms)
        if interval.kind == v.ACCRUAL and draw(RARELY):
            percent = Decimal("1.5")
            values = draw(
                st.sampled_from(
                    [
                        {
                            "unit": v.AMOUNT,
                            "currency": "EUR",
                            "quantity": percent,
                            "basis": v.SALARY_PERCENT,
                        },
                        {
                            "unit": v.HOURS,
                            "quantity": percent,
                            "basis": v.HOURS_PERCENT,
                        },
                    ]
                )
            )
        values["quantity"] *= draw(st.sampled_from([1, 1, 2]))
        found.append(
            v.Rule(
                key,
                agreement,
                version=version.key,
                interval=interval,
                eligibility=draw(who_has_it()),
                prorate_fte=draw(MAYBE),
                full_time_hours=draw(st.none() | st.just(Decimal(36))),
                prorate_part=draw(MAYBE),
                exit=draw(st.sampled_from(v.EXITS)),
                improves=improves,
                **values,
            )
        )
    return found


@st.composite
def agreements(draw, key, employer=None):
    versions = [v.Version("1", "", not draw(RARELY), draw(st.none() | PAST))]
    if draw(MAYBE):
        later = draw(NEAR)
        registered = draw(st.none() | st.just(add_months(later, 14)))
        versions.append(
            v.Version("2", "", not draw(RARELY), later, registered=registered)
        )
    if draw(RARELY):
        end = draw(NEAR)
        if end >= (versions[-1].valid_from or date.min):
            versions[-1] = replace(versions[-1], valid_to=end, after_effect=draw(MAYBE))
    return v.Agreement(key, key, tuple(versions), employer)


@st.composite
def houses(draw):
    """The rules of two agreements and a company."""
    cao = draw(agreements("cao"))
    own = draw(agreements("own", "1"))
    rules = draw(rules_of("cao/a", cao)) + draw(rules_of("cao/b", cao))
    rules += draw(rules_of("own/a", own))
    if draw(MAYBE):
        rules += draw(rules_of("own/b", own, improves="cao/a"))
    return rules


@st.composite
def people(draw, person):
    """The rows of one person."""
    employer = draw(st.sampled_from(["1", "1", "2", None]))
    birthday = draw(st.none() | st.just(date(2004, 2, 29)))
    contracts = sorted(draw(st.sets(PAST, min_size=1, max_size=2)))
    if draw(RARELY):
        contracts.append(draw(FUTURE))
    rows = []
    for number, start in enumerate(contracts):
        last = number + 1 == len(contracts)
        if last:
            end = draw(st.none() | NEAR) if draw(MAYBE) else None
        else:
            gap = draw(st.sampled_from([1, 3, 4, 5, 90]))
            end = contracts[number + 1] - timedelta(days=gap)
        if end is not None and end < start:
            end = start
        days = {start, *draw(st.sets(NEAR, max_size=2))}
        leaves = end if draw(RARELY) else None
        for day in sorted(one for one in days if one >= start):
            hours = None if draw(RARELY) else draw(HOURS)
            rows.append(
                (
                    person,
                    employer,
                    birthday,
                    day,
                    None if draw(RARELY) and draw(RARELY) else start,
                    end,
                    leaves,
                    draw(st.none() | MAYBE),
                    None if draw(RARELY) and draw(RARELY) else "cao",
                    draw(st.sampled_from([v.EMPLOYEE] * 8 + [v.STUDENT, None])),
                    hours,
                    hours and min(hours / 36, Decimal(1)),
                    None if draw(RARELY) else Decimal(3000),
                )
            )
    return rows


@st.composite
def used(draw):
    on = draw(PAST)
    expires = on + timedelta(days=90) if draw(RARELY) else None
    return v.Use(
        draw(st.sampled_from(KEYS)),
        Decimal(draw(st.sampled_from([0, 1, 5, 300, 900, 1000]))),
        on,
        draw(RARELY),
        Decimal(1000) if draw(RARELY) else None,
        draw(st.none() | st.integers(0, 400).map(lambda n: on + timedelta(days=n))),
        expires,
    )


@settings(max_examples=150)
@given(houses(), st.data())
def test_the_batch_answers_as_the_engine_does(rules, data):
    groups = [data.draw(people(number)) for number in range(4)]
    uses = {
        number: data.draw(st.lists(used(), max_size=3))
        for number in range(4)
        if data.draw(MAYBE)
    }
    day = data.draw(st.sampled_from([TODAY, TODAY, date(2024, 2, 29)]))
    found = entitlements(sum(groups, []), rules, uses, day)
    for number, rows in enumerate(groups):
        mine = uses.get(number, ())
        assert found[number] == entitlement(facts_of(rows), rules, mine, day)


@st.composite
def savings(draw):
    """A right that is saved up, of the kind that most people have."""
    kept = draw(st.none() | st.sampled_from([12, 36]))
    interval = v.Interval(
        v.ACCRUAL,
        draw(st.sampled_from([1, 12])),
        draw(st.none() | st.sampled_from([date(2018, 1, 1), date(2020, 8, 15)])),
        draw(st.sampled_from(v.TIMINGS)),
        draw(st.none() | st.just(Decimal(1500))) if kept is None else None,
        kept,
        draw(st.integers(0, 2)),
    )
    return v.Rule(
        "cao/a",
        v.Agreement("cao", versions=(v.Version("", "", True, draw(st.none() | PAST)),)),
        Decimal(100),
        currency="EUR",
        interval=interval,
        prorate_fte=True,
        prorate_part=draw(st.booleans()),
    )


@settings(max_examples=150)
@given(savings(), st.data())
def test_the_batch_counts_savings_as_the_engine_does(rule, data):
    starts = data.draw(st.lists(PAST, min_size=3, max_size=3))
    rows, uses = [], {}
    for person, start in enumerate(starts):
        changes = sorted({start, *data.draw(st.lists(NEAR, max_size=2))})
        rows += [
            row(
                person, start, data.draw(HOURS.filter(lambda h: h < 40)), valid_from=one
            )
            for one in changes
            if one >= start
        ]
        amounts = data.draw(st.lists(st.sampled_from([20, 150]), max_size=2))
        uses[person] = [
            v.Use("cao/a", Decimal(one), start + (TODAY - start) * data.draw(PARTS))
            for one in amounts
            if start < TODAY - timedelta(days=30)
        ]
    found = entitlements(rows, [rule], uses, TODAY)
    for person in uses:
        facts = facts_of([one for one in rows if one[0] == person])
        assert found[person] == entitlement(facts, [rule], uses[person], TODAY)


def row(person, start, hours=36, agreement="cao", **terms):
    """One row of somebody who began on a day."""
    values = {
        "employer": "1",
        "birthday": None,
        "valid_from": start,
        "start": start,
        "end": None,
        "leaves_on": None,
        "fixed_term": False,
        "agreement_key": agreement,
        "category": v.EMPLOYEE,
        "weekly_hours": Decimal(hours),
        "fte": Decimal(hours) / 36,
        "wage": Decimal(3000),
    }
    return (person, *{**values, **terms}.values())


CAO = v.Agreement("cao", "CAO", (v.Version(verified=True),))
BUDGET = v.Rule(
    "cao/a", CAO, Decimal(1000), currency="EUR", interval=v.Interval(months=60)
)


def test_everybody_is_answered_in_the_order_of_the_rows():
    rows = [
        row("Anna", date(2020, 1, 1)),
        row("Bas", date(2020, 1, 1), agreement="other"),
        row("Cor", date(2020, 1, 1), agreement=None),
        row("Dirk", date(2020, 1, 1), valid_from=None),
    ]
    found = entitlements(rows, [BUDGET], {}, TODAY)
    assert list(found) == ["Anna", "Bas", "Cor", "Dirk"]
    reasons = [answer.reasons[0].code for (answer,) in found.values()]
    assert reasons == [v.NEVER_USED, v.NO_RULE, v.NO_AGREEMENT, v.NO_START_DATE]


def test_terms_may_come_in_any_order():
    rows = [
        row("Anna", date(2020, 1, 1), valid_from=date(2024, 1, 1), hours=18),
        row("Anna", date(2020, 1, 1)),
    ]
    rule = replace(BUDGET, prorate_fte=True)
    ((answer,),) = entitlements(rows, [rule], {}, TODAY).values()
    assert answer.left == 500
    ((answer,),) = entitlements(rows, [rule], {}, date(2023, 1, 1)).values()
    assert answer.left == 1000


def test_reasons_are_worked_out_when_read_and_then_kept():
    batch = Batch([BUDGET], TODAY)
    asked = Counter()
    batch.engine = lambda *args: asked.update("x") or Batch.engine(batch, *args)
    (answer,) = batch.answers([row("Anna", date(2020, 1, 1))], ())
    assert isinstance(answer, LaterEntitlement)
    assert not asked
    assert answer.has_reason(v.NEVER_USED)
    assert answer.has_reason(v.NEVER_USED)
    assert asked["x"] == 1


@pytest.mark.parametrize("field", ["left", "status"])
def test_an_answer_of_the_batch_cannot_be_changed(field):
    ((answer,),) = entitlements(
        [row("Anna", date(2020, 1, 1))], [BUDGET], {}, TODAY
    ).values()
    with pytest.raises(AttributeError):
        setattr(answer, field, None)
    assert replace(answer, left=Decimal(1)).left == 1
    assert answer.left == 1000
