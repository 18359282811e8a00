"""What must hold for every history, found by trying many."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from ..engine import values as v
from ..engine.dates import add_months, full_months
from ..engine.entitlement import entitlement_of_rule

# Without 29 to 31 every anniversary falls on the same day of the month.
SAFE_DAYS = st.builds(
    date, st.integers(2000, 2060), st.integers(1, 12), st.integers(1, 28)
)
ANY_DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
CENTS = st.integers(0, 300_000).map(lambda cents: Decimal(cents).scaleb(-2))
GRANTS = st.integers(1, 300_000).map(lambda cents: Decimal(cents).scaleb(-2))


def uses_on(days):
    """Uses of the rule under test, some of them given back."""
    return st.lists(
        st.builds(v.Use, st.just("r"), CENTS, days, returned=st.booleans()),
        max_size=8,
    )


@st.composite
def rules(draw, days=ANY_DAYS):
    """A rule of the first kind, with or without limits in time."""
    first = draw(st.none() | days)
    last = draw(st.none() | days)
    assume(not (first and last) or first <= last)
    text = v.Agreement(
        "a", "Agreement", True, first, last, after_effect=draw(st.booleans())
    )
    return v.Rule(
        "r",
        text,
        draw(GRANTS),
        currency="EUR",
        interval=v.Interval(months=draw(st.integers(1, 120))),
        eligibility=v.Eligibility(draw(st.integers(0, 60))),
    )


@st.composite
def histories(draw, days=ANY_DAYS):
    """Contracts one after another, with gaps, the last one perhaps open-ended."""
    ordered = sorted(draw(st.lists(days, min_size=1, max_size=6, unique=True)))
    spells = [
        v.Spell(start, start, end, "a")
        for start, end in zip(ordered[::2], [*ordered[1::2], None], strict=False)
    ]
    return v.Facts(tuple(spells))


@given(histories(), rules(), uses_on(ANY_DAYS), ANY_DAYS)
def test_never_negative_and_never_more_than_the_rule_gives(facts, rule, uses, on):
    answer = entitlement_of_rule(facts, rule, uses, on)
    assert 0 <= answer.left <= rule.quantity
    assert answer.status in v.STATUSES
    assert answer.is_open == (answer.status == v.AVAILABLE)
    assert answer.is_open == bool(answer.left)
    assert answer.reasons


@given(histories(), rules(), uses_on(ANY_DAYS), ANY_DAYS, st.randoms())
def test_the_order_of_uses_changes_nothing(facts, rule, uses, on, random):
    shuffled = random.sample(uses, len(uses))
    assert entitlement_of_rule(facts, rule, uses, on) == entitlement_of_rule(
        facts, rule, shuffled, on
    )


@given(histories(), rules(), uses_on(ANY_DAYS), ANY_DAYS, st.data())
def test_splitting_a_use_on_one_day_changes_nothing(facts, rule, uses, on, data):
    assume(uses)
    index = data.draw(st.integers(0, len(uses) - 1))
    whole = uses[index]
    cents = int(whole.quantity.scaleb(2))
    part = Decimal(data.draw(st.integers(0, cents))).scaleb(-2)
    halves = [
        replace(whole, quantity=part),
        replace(whole, quantity=whole.quantity - part),
    ]
    split = uses[:index] + halves + uses[index + 1 :]
    assert entitlement_of_rule(facts, rule, uses, on) == entitlement_of_rule(
        facts, rule, split, on
    )


@given(histories(), rules(), uses_on(ANY_DAYS), ANY_DAYS)
def test_uses_given_back_leave_no_trace(facts, rule, uses, on):
    kept = [use for use in uses if not use.returned]
    assert entitlement_of_rule(facts, rule, uses, on) == entitlement_of_rule(
        facts, rule, kept, on
    )


@given(histories(), rules(), uses_on(ANY_DAYS), ANY_DAYS, CENTS)
def test_another_use_never_leaves_more(facts, rule, uses, on, quantity):
    """Except that a use before all others may move the intervals: not that one."""
    first = min((use.on for use in uses if not use.returned), default=on)
    assume(first <= on)
    before = entitlement_of_rule(facts, rule, uses, on)
    more = [*uses, v.Use("r", quantity, on)]
    after = entitlement_of_rule(facts, rule, more, on)
    assert after.left <= before.left


@st.composite
def running_histories(draw):
    """An employment that goes on, uses in it, and a day after them."""
    start = draw(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
    days = st.integers(0, 3000).map(lambda n: start + timedelta(days=n))
    on = draw(days)
    uses = draw(
        st.lists(
            st.builds(
                v.Use, st.just("r"), CENTS, st.dates(start, on), returned=st.booleans()
            ),
            max_size=6,
        )
    )
    end = draw(st.none() | st.integers(0, 4000))
    text = v.Agreement(
        "a", verified=True, valid_to=None if end is None else on + timedelta(days=end)
    )
    rule = v.Rule(
        "r",
        text,
        draw(GRANTS),
        currency="EUR",
        interval=v.Interval(months=draw(st.integers(1, 120))),
        eligibility=v.Eligibility(draw(st.integers(0, 60))),
    )
    return v.Facts((v.Spell(start, start, None, "a"),)), rule, uses, on


@given(running_histories())
def test_the_promised_day_is_kept_and_is_the_first(history):
    """Where a refusal names a day, the right is open then and not a day before."""
    facts, rule, uses, on = history
    answer = entitlement_of_rule(facts, rule, uses, on)
    if answer.is_open:
        return
    day = answer.next_date
    if day is None:
        assert answer.has_reason(v.RULE_ENDS_FIRST)
        return
    assert day > on
    assert entitlement_of_rule(facts, rule, uses, day).is_open
    eve = entitlement_of_rule(facts, rule, uses, day - timedelta(days=1))
    assert not eve.is_open


@given(running_histories())
def test_the_last_day_to_use_the_rest_is_the_last(history):
    """What is left stays as it is until then; the day after it is gone or fresh."""
    facts, rule, uses, on = history
    answer = entitlement_of_rule(facts, rule, uses, on)
    if not answer.is_open or answer.until is None:
        return
    last = entitlement_of_rule(facts, rule, uses, answer.until)
    assert last.left == answer.left
    day = answer.until + timedelta(days=1)
    after = entitlement_of_rule(facts, rule, uses, day)
    assert after.is_open == (answer.next_date == day)
    if after.is_open:
        assert after.left == rule.quantity


def moved(value, months):
    """Return a value with every date in it moved."""
    if isinstance(value, date):
        return add_months(value, months)
    if isinstance(value, v.Facts):
        return v.Facts(tuple(moved(spell, months) for spell in value.spells))
    if isinstance(value, v.Spell | v.Use | v.Rule | v.Agreement):
        changes = {
            name: moved(getattr(value, name), months)
            for name in value.__dataclass_fields__
            if isinstance(getattr(value, name), date | v.Agreement)
        }
        return replace(value, **changes)
    raise TypeError(type(value))


def in_short(answer, months=0):
    """Return what must move along with the dates."""
    return (
        answer.status,
        answer.left,
        *(
            moved(day, months) if day else None
            for day in (answer.since, answer.until, answer.next_date)
        ),
        [reason.code for reason in answer.reasons],
    )


@given(
    histories(),
    rules(),
    uses_on(ANY_DAYS),
    ANY_DAYS,
    st.integers(-20, 8).map(lambda n: n * 48),
)
def test_four_years_earlier_or_later_is_the_same(facts, rule, uses, on, months):
    """Every date of four years is the same date four years on, 29 February too."""
    here = entitlement_of_rule(facts, rule, uses, on)
    there = entitlement_of_rule(
        moved(facts, months),
        moved(rule, months),
        [moved(use, months) for use in uses],
        moved(on, months),
    )
    assert in_short(here, months) == in_short(there)


@given(SAFE_DAYS, rules(SAFE_DAYS), uses_on(SAFE_DAYS), SAFE_DAYS, st.integers(-30, 30))
def test_any_years_earlier_or_later_is_the_same(start, rule, uses, on, years):
    """Days 1 to 28 of a month exist in every year; ``until`` may be 29 February."""
    facts = v.Facts((v.Spell(start, start, None, "a"),))
    months = 12 * years
    here = entitlement_of_rule(facts, rule, uses, on)
    there = entitlement_of_rule(
        moved(facts, months),
        moved(rule, months),
        [moved(use, months) for use in uses],
        moved(on, months),
    )
    without_until = (replace(here, until=None), replace(there, until=None))
    assert in_short(without_until[0], months) == in_short(without_until[1])


@given(ANY_DAYS, st.integers(0, 600))
def test_months_are_counted_back_as_they_were_added(start, months):
    end = add_months(start, months)
    assert full_months(start, end) == months
    assert full_months(start, end - timedelta(days=1)) == months - 1


@given(ANY_DAYS, st.integers(0, 300), st.integers(0, 300))
def test_more_months_are_never_earlier(start, some, more):
    assert add_months(start, some) <= add_months(start, some + more)
