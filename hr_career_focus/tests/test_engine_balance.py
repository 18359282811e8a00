"""In balance, and what finance may see of it, without Odoo."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from ..engine import balance
from ..engine.dates import add_months
from ..engine.settlement import LEAST_VOUCHERS
from ..engine.spend import Spend
from ..engine.voucher import RIGHT, Refused, Voucher

PROVIDER = 7
JUNE = date(2026, 6, 1)
START = date(2024, 1, 1)


def serial_of(voucher, settlement):
    return f"{voucher}/{settlement}"


def issue(today=JUNE, value=500, unit="amount", months=12):
    return Voucher.issue(
        unit=unit,
        value=Decimal(value),
        currency="EUR",
        company=1,
        pot=RIGHT,
        today=today,
        months=months,
    )


def spend(once, today=JUNE, amount=100, **values):
    return Spend.now(once, PROVIDER, Decimal(amount), today, vat=Decimal(17), **values)


def used(number, today=JUNE, settlement="s", **values):
    """Return vouchers used once each, in one settlement."""
    found = {}
    for at in range(number):
        one = spend(f"o{at}", today, **values)
        found[f"v{at}"] = issue(today).redeem(one, today).settle([one.ref], settlement)
    return found


def paid(vouchers, ref="s", number=None, **values):
    uses = [
        one for some in vouchers.values() for one in some.live if one.settlement == ref
    ]
    inside = [
        key for key, one in vouchers.items() if any(u.settlement for u in one.live)
    ]
    number = len(inside) if number is None else number
    kept = {
        "company": 1,
        "provider": PROVIDER,
        "currency": "EUR",
        "first": JUNE,
        "last": JUNE,
        "closed": date(2026, 7, 20),
        "minimum": LEAST_VOUCHERS,
        "total": sum((one.amount for one in uses), Decimal(0)),
        "vat": sum((one.vat for one in uses), Decimal(0)),
        "serials": tuple(serial_of(key, ref) for key in inside) if number else (),
        "sound": True,
    }
    return balance.Paid(ref=ref, number=number, **{**kept, **values})


# -- what must fit ---------------------------------------------------------------------


def test_what_fits_has_no_fault():
    vouchers = used(5)
    assert balance.faults(vouchers, [paid(vouchers)], serial_of) == []
    few = used(2)
    assert balance.faults(few, [paid(few, number=0)], serial_of) == []


def codes(vouchers, *settlements):
    return [one.code for one in balance.faults(vouchers, settlements, serial_of)]


def test_each_fault_is_found():
    vouchers = used(5)
    whole = paid(vouchers)
    assert codes(vouchers, replace(whole, total=Decimal(501))) == [balance.SUM]
    assert codes(vouchers, replace(whole, vat=Decimal(1))) == [balance.SUM]
    assert codes(vouchers, replace(whole, sound=False)) == [balance.SIGNATURE]
    assert codes(vouchers, replace(whole, provider=8)) == [balance.PLACE]
    assert codes(vouchers, replace(whole, last=add_months(JUNE, -1))) == [balance.PLACE]
    assert codes(vouchers) == [balance.NOWHERE]
    forged = (*whole.serials[1:], "made up")
    assert codes(vouchers, replace(whole, serials=forged)) == [balance.SERIALS]


def test_a_voucher_that_was_deleted_is_missed():
    """Its line stands for nothing any more."""
    vouchers = used(6)
    whole = paid(vouchers)
    del vouchers["v0"]
    assert {balance.SERIALS, balance.SUM, balance.NUMBER} <= set(codes(vouchers, whole))


def test_a_use_that_was_taken_out_is_missed():
    vouchers = used(6)
    whole = paid(vouchers)
    vouchers["v1"] = issue()
    assert {balance.SERIALS, balance.SUM, balance.NUMBER} <= set(codes(vouchers, whole))


def test_few_are_one_to_four_and_no_more():
    vouchers = used(5)
    assert codes(vouchers, paid(vouchers, number=0)) == [balance.NUMBER]


def test_a_use_outside_the_time_of_its_voucher():
    late = add_months(JUNE, 20)
    forged = replace(issue(), uses=(spend("x", late),))
    assert codes({"v": forged}) == [balance.LATE]


# -- the identity, whatever happens ----------------------------------------------------

acts = st.lists(
    st.tuples(
        st.sampled_from(["issue", "redeem", "undo", "void", "again"]),
        st.integers(0, 30),
        st.integers(0, 2),
        st.integers(1, 600),
    ),
    max_size=60,
)


def play(steps):
    """Let things happen month after month; return the vouchers and the last month."""
    vouchers, today, numbers = [], START, count()
    for what, which, wait, amount in steps:
        today = add_months(today, wait)
        if what == "issue" or not vouchers:
            vouchers.append(issue(today, amount, months=which % 7 + 1))
            continue
        at = which % len(vouchers)
        one = vouchers[at]
        try:
            if what == "redeem":
                one = one.redeem(spend(str(next(numbers)), today, amount), today)
            elif what == "undo" and one.live:
                one = one.undo(one.live[0].ref, today)
            elif what == "void":
                one = one.void(today)
            elif what == "again":
                one, new = one.again(today)
                vouchers.append(new)
        except (Refused, ValueError):
            continue
        vouchers[at] = one
    return vouchers, today


@given(acts, st.integers(0, 40), st.integers(0, 40))
def test_in_balance_in_every_period(steps, first, length):
    vouchers, _today = play(steps)
    start = add_months(START, first)
    end = add_months(start, length)
    one = balance.sheet(vouchers, start, end)
    assert one.is_balanced
    # What is open at the end is what the next period opens with.
    following = balance.sheet(vouchers, add_months(end, 1), add_months(end, 12))
    assert following.is_balanced
    assert following.opening == one.open


@given(acts)
def test_what_was_said_of_a_month_stays(steps):
    """Nothing that happens later changes a period that is over."""
    vouchers, today = play(steps)
    later, end = play([*steps, ("void", 0, 2, 1), ("undo", 0, 0, 1), ("undo", 1, 0, 1)])
    until = add_months(today, -1)
    if vouchers and end > today:
        said = [balance.sheet(some, START, until) for some in (vouchers, later)]
        # Up to the month before the last act both say the same.
        before = [one for one in later if one.issued <= until]
        assert said[0] == balance.sheet(before, START, until)


# -- what finance sees -----------------------------------------------------------------


def year(number, at, lapse=0, settle=0, unit="amount"):
    """Return vouchers of one year: some void in it, some settled in it."""
    found, some = {}, []
    today = date(at, 3, 1)
    for place in range(number):
        one = issue(today, unit=unit, value=500 if unit == "amount" else 5, months=200)
        if place < settle:
            quantity = Decimal(100 if unit == "amount" else 1)
            use = Spend.now(f"{at}{place}", PROVIDER, quantity, today, amount=quantity)
            one = one.redeem(use, today).settle([use.ref], f"s{at}{unit}")
        elif place < settle + lapse:
            one = one.void(today)
        found[f"{unit}{at}-{place}"] = one
    if settle:
        values = {"closed": date(at, 6, 20), "number": settle}
        some.append(paid(found, f"s{at}{unit}", **values))
    return found, some


def published(*years, last=2027):
    vouchers, settlements = {}, []
    for found, some in years:
        vouchers |= found
        settlements += some
    return balance.published(vouchers, settlements, last)


def test_a_year_of_enough_is_shown():
    [row] = published(year(20, 2026, lapse=6, settle=7), last=2026)
    assert row == (2026, 2026, 0, 10000, 700, 3000, 6300)


def test_four_new_ones_are_shown_with_the_next_year():
    assert published(year(4, 2026), last=2026) == []
    [row] = published(year(4, 2026), year(5, 2027))
    assert (row.first, row.last, row.issued) == (2026, 2027, 4500)


def test_four_void_ones_stay_in_open_until_there_are_five():
    rows = published(year(9, 2026, lapse=4), year(9, 2027, lapse=1))
    assert [row.lapsed for row in rows] == [None, 2500]
    assert [row.open for row in rows] == [4500, 6500]


def test_settled_hours_are_not_found_by_subtraction():
    """All settlements less what is settled in money gives the others: five or none."""
    hours, paid_hours = year(3, 2026, settle=3, unit="hours")
    assert published(year(9, 2026, settle=6), (hours, paid_hours), last=2026) == []
    hours, paid_hours = year(5, 2026, settle=5, unit="hours")
    [row] = published(year(9, 2026, settle=6), (hours, paid_hours), last=2026)
    assert row.settled == 600


plans = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 6)),
    min_size=1,
    max_size=6,
)


@given(plans)
def test_each_figure_stands_for_five(plan):
    """And open is always what the others leave: it tells nothing of its own."""
    years = [
        year(number, 2020 + at, min(lapse, number), min(settle, number))
        for at, (number, lapse, settle) in enumerate(plan)
    ]
    last = 2019 + len(plan)
    rows = published(*years, last=last)
    vouchers = {key: one for found, _some in years for key, one in found.items()}
    opening, since = 0, 0
    for row in rows:
        inside = [
            one for one in vouchers.values() if row.first <= one.issued.year <= row.last
        ]
        assert len(inside) >= LEAST_VOUCHERS
        assert row.opening == opening
        shown = row.lapsed or 0
        assert row.open == opening + row.issued - row.settled - shown
        if row.lapsed is not None:
            void = [one for one in vouchers.values() if one.voided]
            assert (
                len([o for o in void if since < o.voided.year <= row.last])
                >= LEAST_VOUCHERS
            )
            since = row.last
        opening = row.open
    # The rows follow each other without a gap.
    for one, other in zip(rows, rows[1:], strict=False):
        assert other.first == one.last + 1
