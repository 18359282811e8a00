"""What must hold for every history, whatever the kind of interval."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ..engine import values as v
from ..engine.dates import add_months, full_months
from ..engine.entitlement import entitlement, entitlement_of_right
from .naive_histories import Draw, History

ANY_DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
SEEDS = st.integers(0, 2**40)
KINDS = pytest.mark.parametrize("kind", v.INTERVAL_KINDS)
#: Later, and once a day within the months that follow.
LATER = st.integers(1, 500).map(timedelta)


def history_of(seed, kind) -> History:
    """Return the random history of a seed."""
    return Draw(Random(seed)).history(kind)


def calm_history_of(seed, kind) -> History:
    """One contract without changes, one text without end, no vouchers that expire."""
    history = history_of(seed, kind)
    assume(history.facts.spells)
    spell = replace(history.facts.spells[0], end=None, leaves_on=None)
    assume(spell.start)
    spell = replace(spell, agreement_key="cao", valid_from=spell.start)
    facts = replace(history.facts, spells=(spell,))
    rule = next(one for one in history.rules if one.key == "right")
    text = v.Agreement("cao", versions=(v.Version("v0", verified=True),))
    rule = replace(rule, agreement=text, version="v0", valid_from=None, valid_to=None)
    uses = [replace(use, expires=None, redeemed=v.ZERO) for use in history.uses]
    return History(facts, [rule], uses, history.on)


def known_uses(history):
    """What is known of the uses on the day asked about: nothing that comes later."""
    on = history.on
    return [
        replace(use, completed=None) if use.completed and use.completed > on else use
        for use in history.uses
        if use.on <= on
    ]


def ask(history, on=None, **changes):
    """Return the answers by right."""
    asked = replace(history, on=on or history.on, **changes)
    answers = entitlement(asked.facts, asked.rules, asked.uses, asked.on)
    return {answer.rule_key: answer for answer in answers}


# What an answer is.


@KINDS
@given(seed=SEEDS)
def test_an_answer_fits_together(kind, seed):
    for answer in ask(history_of(seed, kind)).values():
        assert answer.status in v.STATUSES
        assert answer.is_open == (answer.status == v.AVAILABLE) == bool(answer.left)
        assert answer.left >= 0
        assert 0 <= answer.lapsing <= answer.left
        assert bool(answer.lapsing) == (answer.until is not None)
        assert answer.reasons


@KINDS
@given(seed=SEEDS)
def test_never_more_than_is_granted_saved_and_in_advance(kind, seed):
    history = history_of(seed, kind)
    for key, answer in ask(history).items():
        terms = [rule.interval for rule in history.rules]
        if not answer.is_open:
            continue
        if kind != v.ACCRUAL:
            assert answer.left <= answer.granted
            recorded = [use.granted or 0 for use in history.uses]
            quantities = [rule.quantity + rule.rounding for rule in history.rules]
            assert answer.granted <= max(*recorded, *quantities, 1)
        elif all(one.cap is not None for one in terms):
            cap = max(rule.interval.cap + rule.rounding for rule in history.rules)
            advance = max(one.advance_periods for one in terms) * answer.granted
            assert answer.left <= cap + advance, key


# What must not matter.


@KINDS
@given(seed=SEEDS)
def test_the_order_of_what_goes_in_changes_nothing(kind, seed):
    history, random = history_of(seed, kind), Random(seed)
    spells = random.sample(history.facts.spells, len(history.facts.spells))
    days = [spell.valid_from for spell in spells]
    assume(len(set(days)) == len(days))
    other = replace(
        history,
        facts=replace(history.facts, spells=tuple(spells)),
        rules=random.sample(history.rules, len(history.rules)),
        uses=random.sample(history.uses, len(history.uses)),
    )
    assert ask(history) == ask(other)


@KINDS
@given(seed=SEEDS, days=st.lists(st.integers(-600, 600), min_size=1, max_size=4))
def test_what_was_asked_before_changes_nothing(kind, seed, days):
    history = history_of(seed, kind)
    first = ask(history)
    asked = [history.on + timedelta(days=number) for number in days]
    answers = [ask(history, day) for day in asked]
    assert ask(history) == first
    assert [ask(history, day) for day in reversed(asked)] == answers[::-1]


@KINDS
@given(seed=SEEDS, cents=st.integers(0, 100))
def test_splitting_a_use_on_one_day_changes_nothing(kind, seed, cents):
    history = history_of(seed, kind)
    assume(history.uses)
    whole, others = history.uses[0], history.uses[1:]
    part = Decimal(cents) / 100
    first = replace(
        whole, quantity=whole.quantity * part, redeemed=whole.redeemed * part
    )
    second = replace(
        whole,
        quantity=whole.quantity - first.quantity,
        redeemed=whole.redeemed - first.redeemed,
    )
    assert ask(history) == ask(history, uses=[second, *others, first])


@KINDS
@given(seed=SEEDS)
def test_uses_given_back_and_of_other_rights_leave_no_trace(kind, seed):
    history = history_of(seed, kind)
    kept = [use for use in history.uses if not use.returned]
    more = [
        replace(use, rule_key="another employer's", returned=False, granted=None)
        for use in history.uses
    ]
    gone = [replace(use, returned=True) for use in history.uses]
    assert ask(history) == ask(history, uses=kept)
    assert ask(history) == ask(history, uses=[*more, *kept, *gone])


@KINDS
@given(seed=SEEDS, days=LATER)
def test_what_comes_later_is_not_known_yet(kind, seed, days):
    history = history_of(seed, kind)
    later = v.Use("right", Decimal(5), history.on + days)
    known = known_uses(history)
    answers = ask(history, uses=known)
    assert answers == ask(history)
    assert answers == ask(history, uses=[later, *known])


# Time.


@KINDS
@given(seed=SEEDS, days=LATER)
def test_between_uses_nothing_is_lost_before_the_day_that_is_told(kind, seed, days):
    history = calm_history_of(seed, kind)
    history = replace(history, uses=known_uses(history))
    answer = ask(history)["right"]
    day = history.on + days
    if answer.until is not None:
        day = min(day, answer.until)
    assume(answer.is_open)
    assert ask(history, day)["right"].left >= answer.left
    if answer.until is not None:
        after = answer.until + timedelta(days=1)
        if answer.next_date is None or after < answer.next_date:
            assert ask(history, after)["right"].left < answer.left


@KINDS
@given(seed=SEEDS, sooner=st.floats(0, 1))
def test_the_promised_day_is_kept_and_is_the_first(kind, seed, sooner):
    history = history_of(seed, kind)
    history = replace(history, uses=known_uses(history))
    for answer in entitlement_answers(history):
        day = answer.next_date
        if day is None:
            continue
        assert day > history.on
        assert right_answer(history, answer, day).is_open
        if not answer.is_open:
            days = (day - history.on).days
            for other in (days - 1, int(sooner * (days - 1))):
                between = history.on + timedelta(days=other)
                assert not right_answer(history, answer, between).is_open


def entitlement_answers(history):
    """Return the answers for the rights that are known."""
    answers = entitlement(history.facts, history.rules, history.uses, history.on)
    return [answer for answer in answers if answer.rule_key]


def right_answer(history, answer, on):
    """Ask about the same right on another day, whatever the agreement says then."""
    rules = [r for r in history.rules if answer.rule_key in (r.key, r.improves)]
    return entitlement_of_right(history.facts, rules, history.uses, on)


def moved(value, years):
    """Return a value with every date in it some years later."""
    if isinstance(value, date):
        return value.replace(year=value.year + years)
    if is_dataclass(value):
        changes = {
            field.name: moved(getattr(value, field.name), years)
            for field in fields(value)
        }
        return replace(value, **changes)
    if isinstance(value, tuple | list):
        return type(value)(moved(one, years) for one in value)
    if isinstance(value, Mapping):
        return {name: moved(one, years) for name, one in value.items()}
    return value


@KINDS
@given(seed=SEEDS, years=st.integers(-4, 10).map(lambda number: 4 * number))
def test_four_years_earlier_or_later_is_the_same(kind, seed, years):
    """Every date of four years is the same date four years on, 29 February too."""
    history = history_of(seed, kind)
    here = ask(history)
    there = ask(moved(history, years))
    assert {key: moved(answer, years) for key, answer in here.items()} == there


def steady(value):
    """Return a value without dates that not every year has, or that lie about them."""
    if isinstance(value, date):
        if value.month == 2 and value.day > 20:
            return value.replace(day=20)
        if value.month == 3 and value.day < 8:
            return value.replace(day=8)
        return value.replace(day=min(value.day, 28))
    if is_dataclass(value):
        changes = {
            field.name: steady(getattr(value, field.name)) for field in fields(value)
        }
        return replace(value, **changes)
    if isinstance(value, tuple | list):
        return type(value)(steady(one) for one in value)
    return value


@KINDS
@given(seed=SEEDS, years=st.integers(-15, 40))
def test_any_years_earlier_or_later_is_the_same(kind, seed, years):
    """A day may lie before 1 March, so what ends is compared by the day after it."""
    history = steady(history_of(seed, kind))
    here, there = ask(history), ask(moved(history, years))
    assert {k: in_short(a, years) for k, a in here.items()} == {
        k: in_short(a, 0) for k, a in there.items()
    }


def in_short(answer, years):
    """Return what must move along with the dates."""
    after = answer.until + timedelta(days=1) if answer.until else None
    days = (answer.since, after, answer.next_date)
    return (
        *(answer.status, answer.left, answer.granted, answer.lapsing),
        *(moved(day, years) for day in days),
        [reason.code for reason in answer.reasons],
    )


# What nobody may lose.


@KINDS
@given(seed=SEEDS, since=st.integers(0, 900), late=st.integers(1, 400))
def test_a_text_that_comes_late_never_lowers_what_was_granted(kind, seed, since, late):
    history = calm_history_of(seed, kind)
    uses = [replace(use, on=history.on, completed=None) for use in history.uses[:1]]
    history = replace(history, uses=uses)
    (rule,) = history.rules
    versions = (
        v.Version("v0", verified=True),
        v.Version(
            "late",
            verified=True,
            valid_from=history.on - timedelta(days=since),
            registered=history.on + timedelta(days=late),
        ),
    )
    text = replace(rule.agreement, versions=versions)
    worse = replace(
        rule,
        agreement=text,
        version="late",
        quantity=rule.quantity / 3,
        interval=replace(rule.interval, saving_months=1 if rule.interval.cap else None),
    )
    before = ask(history)["right"]
    assume(before.status != v.UNKNOWN)
    after = ask(history, rules=[replace(rule, agreement=text), worse])["right"]
    assert after.granted >= before.granted
    assert after.left >= before.left


@KINDS
@given(seed=SEEDS, more=st.integers(0, 500))
def test_what_a_company_puts_on_top_never_gives_less(kind, seed, more):
    """Cap and lapsing together aside: a bigger lot may then push out a later one."""
    history = history_of(seed, kind)
    history = replace(
        history, rules=[rule for rule in history.rules if rule.improves is None]
    )
    first = next(rule for rule in history.rules if rule.key == "right")
    when = first.interval
    assume(when.cap is None or when.saving_months is None)
    house = v.Agreement("h", "h", (v.Version("", verified=True),), "we")
    company = replace(
        first,
        key="better",
        agreement=house,
        version="",
        improves="right",
        quantity=first.quantity + more,
        interval=replace(when, cap=None, saving_months=None),
        valid_from=None,
        valid_to=None,
    )
    before = ask(history)
    after = ask(history, rules=[*history.rules, company])
    assert before.keys() == after.keys()
    for key, answer in before.items():
        assert after[key].left >= answer.left


@KINDS
@given(seed=SEEDS)
def test_another_use_never_leaves_more(kind, seed):
    history = history_of(seed, kind)
    before = ask(history)
    more = v.Use("right", Decimal(1), history.on)
    for key, answer in ask(history, uses=[*history.uses, more]).items():
        assert answer.left <= before[key].left


# Months.


@given(ANY_DAYS, st.integers(0, 600))
def test_months_are_counted_back_as_they_were_added(start, months):
    end = add_months(start, months)
    assert full_months(start, end) == months
    assert full_months(start, end - timedelta(days=1)) == months - 1


@given(ANY_DAYS, st.integers(0, 300), st.integers(0, 300))
def test_more_months_are_never_earlier(start, some, more):
    assert add_months(start, some) <= add_months(start, some + more)
