"""Closing periods and their statements, without Odoo."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..engine import settlement as se
from ..engine import statement as sm
from ..engine.dates import add_months
from ..vault import signing
from ..vault.keyring import Keyring

RING = Keyring.fresh()
KEY = signing.public_key(RING)
MAY = date(2026, 5, 1)
FACTS = {
    "database": "0b5e7c1e-0000-4000-8000-000000000000",
    "company": "=Omroep, “Noord”",
    "provider": 'Coach "B.V."',
    "settlement": "f" * 32,
    "period": "2026-03/2026-05",
    "currency": "EUR",
    "number": "5",
    "total": "605.00",
    "vat": "105.00",
}


def terms(company):
    return se.Terms()


def claim(voucher, month=MAY, **values):
    kept = {"provider": 7, "company": 1, "currency": "EUR"} | values
    return se.Claim(
        voucher=voucher,
        spend=f"{voucher}-{month}",
        month=month,
        amount=Decimal(121),
        vat=Decimal(21),
        **kept,
    )


def signed(serials="abcde", **facts):
    serials = [signing.serial_of(RING, one) for one in serials]
    return sm.make(
        {**FACTS, **facts}, serials, KEY, lambda text: signing.sign(RING, text)
    )


def problems(statement, key=KEY):
    return sm.problems(statement, key, signing.is_signed)


# -- what is paid, and when ------------------------------------------------------------

claims = st.lists(
    st.builds(
        claim,
        st.sampled_from([f"v{number}" for number in range(6)]),
        st.sampled_from([add_months(date(2025, 1, 1), one) for one in range(18)]),
        provider=st.sampled_from([7, 8]),
        company=st.sampled_from([1, 2]),
        currency=st.sampled_from(["EUR", "USD"]),
    ),
    max_size=60,
    unique_by=lambda one: (one.pile, one.spend),
)
days = st.dates(date(2025, 6, 1), date(2027, 3, 1))


@given(claims, days)
def test_each_settlement_has_enough_vouchers_or_waited_a_year(some, today):
    closing = se.closing_on(today)
    seen = []
    for batch in se.batches(some, today, terms):
        assert {one.pile for one in batch.claims} == {batch.pile}
        assert batch.last + timedelta(days=31 + 14) <= closing + timedelta(days=3)
        if len(batch.vouchers) < se.LEAST_VOUCHERS:
            assert batch.shown == 0
            assert add_months(batch.first, 13) <= closing.replace(month=1)
        else:
            assert batch.shown == len(batch.vouchers)
        seen += batch.claims
    assert len(seen) == len(set(seen))
    assert set(seen) <= set(some)


@given(claims, days, st.integers(0, 40))
def test_the_day_of_the_job_changes_nothing(some, today, later):
    """Late, or early in the next month: the same settlements as on the day itself."""
    late = today + timedelta(days=later)
    if se.closing_on(late) == se.closing_on(today):
        assert se.batches(some, late, terms) == se.batches(some, today, terms)


@given(claims, days)
def test_a_second_run_finds_nothing(some, today):
    paid = {one for batch in se.batches(some, today, terms) for one in batch.claims}
    rest = [one for one in some if one not in paid]
    assert se.batches(rest, today, terms) == ()


@pytest.mark.parametrize("month", range(1, 13))
def test_a_closing_of_january_that_did_not_run(month):
    """The first one that runs pays what January would have paid, and nothing more."""
    waited, not_yet = claim("a", date(2026, 12, 1)), claim("b", date(2027, 1, 1))
    late = date(2028, month, 25)
    assert [one.claims for one in se.batches([waited], late, terms)] == [(waited,)]
    assert se.batches([not_yet], late, terms) == ()


@given(claims)
def test_nobody_waits_for_ever(some):
    """By the January after everything is a year old, all of it is paid."""
    batches = se.batches(some, date(2028, 1, 20), terms)
    assert sum(len(batch.claims) for batch in batches) == len(some)


def test_four_wait_and_the_fifth_takes_them_along():
    early = [claim(one, date(2026, 2, 1)) for one in "abcd"]
    assert se.batches(early, date(2026, 5, 20), terms) == ()
    [batch] = se.batches(
        [*early, claim("e", date(2026, 4, 1))], date(2026, 5, 20), terms
    )
    assert (batch.first, batch.last) == (date(2026, 2, 1), date(2026, 4, 1))
    assert batch.shown == 5


def test_a_month_is_paid_only_when_it_is_long_over():
    uses = [claim(one) for one in "abcde"]
    assert se.batches(uses, date(2026, 6, 19), terms) == ()
    assert len(se.batches(uses, date(2026, 6, 20), terms)) == 1
    slow = se.batches(uses, date(2026, 6, 30), lambda company: se.Terms(delay=30))
    assert slow == ()


def test_a_company_may_ask_for_more_and_never_for_less():
    uses = [claim(one) for one in "abcdefgh"]
    assert (
        se.batches(uses, date(2026, 6, 20), lambda company: se.Terms(minimum=9)) == ()
    )
    few = se.batches(uses[:4], date(2026, 6, 20), lambda company: se.Terms(minimum=1))
    assert few == ()


# -- the statement ---------------------------------------------------------------------


def test_a_whole_statement_has_no_problem():
    statement = signed()
    assert problems(statement) == []
    assert problems(sm.read(statement.to_csv())) == []
    assert sm.Statement.from_json(statement.to_json()) == statement
    assert sm.read(statement.to_csv()) == statement


def test_lines_are_in_the_order_of_their_serials():
    """Whatever order the vouchers came in."""
    assert signed("abcde") == signed("edcba")


def test_a_line_says_nothing_but_a_serial():
    serial, signature = signed().lines[0]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{8}){3}", serial)
    assert re.fullmatch(r"[0-9a-f]{128}", signature)


@given(st.data())
def test_any_sign_that_is_changed_is_found(data):
    text = signed().to_csv()
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from('0123456789abcdefZ,\n"-. é'))
    changed = text[:at] + other + text[at + 1 :]
    try:
        read = sm.read(changed)
    except sm.StatementError:
        return
    # A file that only quotes or breaks its lines otherwise says the same.
    assert read == signed() or problems(read)


@given(st.text(max_size=300))
def test_no_text_is_an_error_of_another_kind(text):
    with pytest.raises(sm.StatementError):
        sm.read(text)


def test_each_change_has_a_name():
    whole = signed()
    more = {**whole.head, "total": "9605.00"}
    assert problems(replace(whole, head=more)) == [sm.HEAD_CHANGED]
    assert sm.LINES_CHANGED in problems(replace(whole, lines=whole.lines[1:]))
    assert sm.TWICE in problems(replace(whole, lines=whole.lines[:1] * 2))
    # A line signed for another settlement.
    foreign = signed(settlement="e" * 32).lines
    assert sm.LINE_CHANGED in problems(replace(whole, lines=foreign))
    assert sm.NUMBER in problems(signed(number="6"))
    # All of it signed anew by somebody else, with their own key in the file.
    other = Keyring.fresh()
    forged = sm.make(
        FACTS,
        [serial for serial, _signature in whole.lines],
        signing.public_key(other),
        lambda text: signing.sign(other, text),
    )
    assert problems(forged, signing.public_key(other)) == []
    assert set(problems(forged)) == {sm.OTHER_KEY, sm.HEAD_CHANGED, sm.LINE_CHANGED}


def test_too_few_show_neither_number_nor_lines():
    few = signed((), number="1-4")
    assert problems(few) == []
    assert "line" not in re.findall(r"(?m)^\w+", few.to_csv())


def test_no_cell_is_a_formula():
    text = signed(company="=1+1", provider="@x", database="-2", period="\t=3").to_csv()
    for row in text.splitlines():
        for cell in row.split(","):
            assert not cell.strip('"').startswith(("=", "+", "-", "@", "\t")), row


def test_the_check_in_the_description_works(tmp_path):
    """The program of docs/settlements.md agrees, on what is whole and what is not."""
    docs = Path(__file__).resolve().parents[2] / "docs" / "settlements.md"
    program = re.search(r"```python\n(.*?)```", docs.read_text(encoding="utf-8"), re.S)[
        1
    ]
    assert len(program.splitlines()) <= 18
    whole = signed().to_csv()
    for text, good in (
        (whole, True),
        (signed((), number="1-4").to_csv(), True),
        (whole.replace("605.00", "605.01"), False),
        ("\n".join(whole.splitlines()[:-1]) + "\n", False),
        (whole + whole.splitlines()[-1] + "\n", False),
    ):
        file = tmp_path / "statement.csv"
        file.write_text(text, encoding="utf-8", newline="")
        command = [sys.executable, "-c", program, str(file), KEY]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode == 0) is good, (text, done.stderr)
