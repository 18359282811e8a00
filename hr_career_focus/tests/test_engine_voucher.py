"""The code and the state of a voucher: whatever happens, the sums fit."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ..engine import voucher_code as codes
from ..engine.codes import AMOUNT, HOURS, SESSIONS
from ..engine.dates import add_months
from ..engine.spend import INVOICE_LONGEST, ROOM, Spend, filled
from ..engine.voucher import (
    FULL,
    GONE,
    OTHER_PROVIDER,
    RIGHT,
    SETTLED,
    TOO_MUCH,
    UNFIT,
    Refused,
    Voucher,
)
from ..vault import sealing

TODAY = date(2026, 6, 15)
signs = st.sampled_from(codes.SIGNS)
drawn = st.text(signs, min_size=codes.DRAWN, max_size=codes.DRAWN)


def issue(value=500, unit=AMOUNT, **values):
    return Voucher.issue(
        unit=unit,
        value=Decimal(value),
        currency="EUR",
        company=1,
        pot=RIGHT,
        today=TODAY,
        **{"months": 12, **values},
    )


def spend(quantity, once="once", provider=7, today=TODAY, **values):
    return Spend.now(once, provider, Decimal(quantity), today, **values)


def refusal(act, *args):
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code


# -- the code ------------------------------------------------------------------------


@given(drawn)
def test_what_is_shown_is_read(text):
    code = codes.complete(text)
    assert codes.read(codes.shown(code)) == code
    assert codes.read(f" {codes.shown(code).lower()}\n") == code


@given(drawn, st.integers(0, 31), signs)
def test_one_wrong_sign_is_found(text, at, sign):
    code = codes.complete(text)
    assume(code[at] != sign)
    with pytest.raises(codes.CodeError) as caught:
        codes.read(code[:at] + sign + code[at + 1 :])
    assert caught.value.reason == codes.CHECK


@given(drawn, st.integers(0, 31), st.integers(0, 31))
def test_two_signs_that_changed_places_are_found(text, one, other):
    code = codes.complete(text)
    assume(code[one] != code[other])
    swapped = list(code)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    with pytest.raises(codes.CodeError):
        codes.read("".join(swapped))


@given(
    st.text(max_size=80)
    | st.text(st.sampled_from(codes.SIGNS + " -#0O1Iß"), max_size=60)
)
def test_any_text_is_a_code_or_no_code(text):
    """Never another error: not of letters that grow, nor of signs that are digits."""
    try:
        code = codes.read(text)
    except codes.CodeError:
        return
    assert codes.complete(code[: codes.DRAWN]) == code


def test_where_a_code_is_wrong():
    for text, reason, group in (
        ("2345-67O9", codes.SIGN, 2),
        ("2345-678-9ACD", codes.LENGTH, 2),
        ("", codes.LENGTH, None),
        ("2" * 401, codes.LENGTH, None),
        ("٣" * 32, codes.SIGN, 1),
    ):
        with pytest.raises(codes.CodeError) as caught:
            codes.read(text)
        assert (caught.value.reason, caught.value.group) == (reason, group), text


def test_a_code_is_drawn_anew():
    """And from all of the signs, at each place that is drawn."""
    found = [codes.draw() for _nr in range(2000)]
    assert len(set(found)) == len(found)
    for at in range(codes.DRAWN):
        assert {code[at] for code in found} == set(codes.SIGNS)


# -- the state -----------------------------------------------------------------------


def test_what_is_refused():
    fresh = issue()
    spent = fresh.redeem(spend(500), TODAY)
    alone = replace(fresh, splits=False).redeem(spend(100), TODAY)
    over = date(2027, 7, 1)
    assert fresh.left(date(2027, 6, 30)) == 500
    for code, voucher, taken, day in (
        (GONE, fresh, spend(1), over),
        (GONE, fresh.void(TODAY), spend(1), TODAY),
        (GONE, spent, spend(1, "other"), TODAY),
        (TOO_MUCH, fresh, spend("500.01"), TODAY),
        (OTHER_PROVIDER, alone, spend(1, "other", 8), TODAY),
        (OTHER_PROVIDER, fresh.redeem(spend(1), TODAY), spend(1, "once", 8), TODAY),
        (UNFIT, fresh, spend(1, amount=Decimal(2)), TODAY),
        (UNFIT, issue(3, SESSIONS), spend("1.5"), TODAY),
    ):
        assert refusal(voucher.redeem, taken, day) == code, (code, voucher)
    # And what is not.
    assert alone.redeem(spend(1, "other", 7), TODAY).left(TODAY) == 399
    assert issue(3, HOURS).redeem(spend("1.5"), TODAY).left(TODAY) == Decimal("1.5")


def test_too_much_says_what_is_left():
    with pytest.raises(Refused) as caught:
        issue(10).redeem(spend(11), TODAY)
    assert caught.value.left == 10


def test_the_first_provider_only_counts_while_it_took_something():
    alone = issue(splits=False).redeem(first := spend(100), TODAY)
    freed = alone.undo(first.ref, TODAY)
    assert freed.redeem(spend(1, "other", 8), TODAY).left(TODAY) == 499


def test_sent_twice_is_spent_once():
    once = issue().redeem(spend(100), TODAY)
    assert once.redeem(spend(100), TODAY) == once
    # Also when nothing is left, and after it was undone.
    full = issue(100).redeem(taken := spend(100), TODAY)
    assert full.redeem(spend(100), TODAY) == full
    undone = full.undo(taken.ref, TODAY)
    assert undone.redeem(spend(100), TODAY) == undone


def test_settled_is_not_undone():
    taken = spend(100)
    voucher = issue().redeem(taken, TODAY).settle([taken.ref], "s1")
    assert refusal(voucher.undo, taken.ref, TODAY) == SETTLED
    assert refusal(voucher.settle, [taken.ref], "s2") == SETTLED
    assert voucher.settle([taken.ref], "s1") == voucher
    assert refusal(voucher.settle, ["nothing"], "s1") == GONE
    undone = issue().redeem(taken, TODAY).undo(taken.ref, TODAY)
    assert refusal(undone.settle, [taken.ref], "s1") == GONE


def test_made_again_once():
    void, new = issue().redeem(spend(100), TODAY).again(add_months(TODAY, 2))
    assert (void.left(TODAY), new.left(TODAY), new.expires) == (0, 400, void.expires)
    assert refusal(new.again, TODAY) == GONE
    assert refusal(void.again, TODAY) == GONE


def test_values_that_cannot_be():
    for wrong in (
        {"value": Decimal(0)},
        {"value": Decimal("0.001")},
        {"value": 1.5},
        {"unit": "beer"},
        {"pot": "none"},
        {"expires": date(2027, 6, 29)},
        {"issued": date(2026, 6, 2)},
        {"uses": (spend(300, "a"), spend(300, "b"))},
    ):
        with pytest.raises((ValueError, TypeError)):
            replace(issue(), **wrong)
    for wrong in (
        {"quantity": Decimal(0)},
        {"vat": Decimal(501)},
        {"invoice": "x" * (INVOICE_LONGEST + 1)},
        {"month": TODAY},
        {"undone": date(2026, 6, 1), "settlement": "s"},
    ):
        with pytest.raises(ValueError, match="."):
            replace(spend(500), **wrong)


def sealed_size(voucher):
    """Return how long it is in the table."""
    content = {"code": "", "voucher": voucher and voucher.plain()}
    content["code"] = "" if voucher else "2" * 32
    return len(sealing.seal(KEY, filled(content).encode(), b"here"))


KEY = sealing.new_key()
invoices = st.text(
    st.characters(exclude_categories=["Cs"]), max_size=INVOICE_LONGEST
) | st.just("\N{OPEN BOOK}" * INVOICE_LONGEST)
uses = st.tuples(
    st.sampled_from(["keep", "undo", "undo later", "settle"]),
    invoices,
    st.integers(1, 2**31 - 1),
    st.decimals(0, 10**9, places=2),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(uses, min_size=1, max_size=12), st.integers(1, 12))
def test_all_states_are_equally_long(acts, times):
    """Whatever is allowed is as long as a place where no voucher is."""
    voucher, day, later = issue(9999, HOURS, months=36), TODAY, add_months(TODAY, 1)
    for nr, (act, invoice, provider, amount) in enumerate(acts * times):
        taken = spend(
            "0.01", f"{nr:024d}", provider, amount=amount, vat=amount, invoice=invoice
        )
        try:
            voucher = voucher.redeem(taken, day)
        except Refused as refused:
            if refused.code != FULL:
                raise
            break
        assert sealed_size(voucher) == sealed_size(None)
        if act == "settle":
            voucher = voucher.settle([taken.ref], "f" * 32)
        elif act != "keep":
            voucher = voucher.undo(taken.ref, day if act == "undo" else later)
    # Whatever becomes of it, also all at once.
    refs = [one.ref for one in voucher.unsettled]
    for end in (voucher, voucher.settle(refs, "f" * 32).void(later)):
        assert sealed_size(end) == sealed_size(None)
        assert len(filled({"code": "", "voucher": end.plain()}).encode()) == ROOM
        assert Voucher.from_json(end.to_json()) == end


def used(voucher, act, most=200):
    """Use a voucher until it is full; return it."""
    for nr in range(most):
        taken = spend("0.01", f"{nr:024d}", invoice="F" * INVOICE_LONGEST)
        try:
            voucher = act(voucher.redeem(taken, TODAY), taken.ref)
        except Refused as refused:
            if refused.code != FULL:
                raise
            break
    return voucher


def test_a_voucher_is_full_after_many_uses():
    full = used(issue(), lambda voucher, _ref: voucher)
    assert len(full.uses) == len(full.live) > 20
    # It can still be undone and settled, be ended, and be made anew.
    first = full.uses[0].ref
    assert full.undo(first, TODAY).settle([full.uses[1].ref], "f" * 32)
    assert full.again(TODAY)[1].redeem(spend(1), TODAY).left(TODAY)


def test_undone_in_its_own_month_makes_room():
    often = used(issue(), lambda voucher, ref: voucher.undo(ref, TODAY))
    assert often.redeem(last := spend(1), TODAY).uses[-1] == last
    # The newest are known by what they were sent with.
    assert often.by_once(f"{199:024d}")
    assert not often.by_once(f"{0:024d}")


def test_undone_in_a_later_month_stays():
    """What was said of the month it was made in is said again."""
    later = add_months(TODAY, 1)
    voucher = used(issue(), lambda voucher, ref: voucher.undo(ref, later))
    more = spend(1, "f" * 24, invoice="F" * INVOICE_LONGEST)
    assert refusal(voucher.redeem, more, TODAY) == FULL
    assert voucher.totals(TODAY).redeemed == len(voucher.uses) * Decimal("0.01")
    assert voucher.totals(later).redeemed == 0
    # Among those that go, they stay.
    mixed = issue().redeem(taken := spend(5, "kept"), TODAY).undo(taken.ref, later)
    mixed = used(mixed, lambda voucher, ref: voucher.undo(ref, TODAY))
    assert mixed.by_once("kept")
    assert mixed.totals(TODAY).redeemed == 5


steps = st.lists(
    st.tuples(
        st.sampled_from(["redeem", "undo", "settle", "void", "again"]),
        st.integers(0, 5),  # of which provider, or which spend
        st.decimals("0.01", 400, places=2),
        st.integers(0, 4),  # months that pass
    ),
    max_size=25,
)


@settings(max_examples=150)
@given(steps, st.booleans())
def test_whatever_happens_the_sums_fit(acts, splits):
    """And what was said of a month is said of it ever after."""
    day, vouchers, said = TODAY, [issue(splits=splits, months=6)], {}
    for nr, (act, which, quantity, passing) in enumerate(acts):
        for _month in range(passing):
            month = day.replace(day=1)
            said[month] = [one.totals(_end(month)) for one in vouchers]
            day = add_months(day, 1)
        voucher = vouchers[-1]
        uses = voucher.uses
        ref = uses[which % len(uses)].ref if uses else ""
        # Refused or not, the sums fit.
        with suppress(Refused):
            if act == "redeem":
                voucher = voucher.redeem(spend(quantity, f"{nr}", which, day), day)
            elif act == "undo":
                voucher = voucher.undo(ref, day)
            elif act == "settle":
                voucher = voucher.settle([ref], "s")
            elif act == "void":
                voucher = voucher.void(day)
            else:
                vouchers[-1], voucher = voucher.again(day)
                vouchers.append(voucher)
        vouchers[-1] = voucher
        for one in vouchers:
            totals = one.totals(day)
            assert totals.issued == sum(totals[1:])
            assert min(totals) >= 0
            assert totals.open == one.left(day)
            assert totals.redeemed == one.redeemed
            assert Voucher.from_json(one.to_json()) == one
        issued = sum(one.totals(day).issued for one in vouchers)
        void = sum(one.totals(day).void for one in vouchers[:-1])
        assert issued - void <= 500
    for month, totals in said.items():
        now = [one.totals(_end(month)) for one in vouchers[: len(totals)]]
        assert now == totals, month


def _end(month):
    return date.fromordinal(add_months(month, 1).toordinal() - 1)
