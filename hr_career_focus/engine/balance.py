"""In balance: every voucher that was issued is redeemed, void, expired or open.

For any period, in each unit::

    opening + issued = redeemed + void + expired + open

What each voucher says of itself always fits (:meth:`.voucher.Voucher.totals`), so the
proof is in what two sides say independently: vouchers say in which settlement their
uses are, settlements say how many vouchers they stand for, under which serials, and for
which sum. :func:`faults` compares them.

Finance sees less: :func:`published`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .codes import AMOUNT
from .decimals import ZERO
from .settlement import LEAST_VOUCHERS
from .voucher import Voucher

# What can be wrong.
LATE = "late"
NOWHERE = "nowhere"
SERIALS = "serials"
SUM = "sum"
PLACE = "place"
NUMBER = "number"
SIGNATURE = "signature"
FAULTS = (LATE, NOWHERE, SERIALS, SUM, PLACE, NUMBER, SIGNATURE)


class Sheet(NamedTuple):
    """The balance of a period."""

    opening: Decimal
    issued: Decimal
    redeemed: Decimal
    void: Decimal
    expired: Decimal
    open: Decimal

    @property
    def is_balanced(self) -> bool:
        return self.opening + self.issued == sum(self[2:])


@dataclass(frozen=True)
class Paid:
    """A settlement, as finance has it.

    :param first: first month; ``last``: last month; ``closed``: the day it was made
    :param number: how many vouchers, 0 when they were too few to say
    :param serials: those of its lines
    :param sound: whether its statement is as it was signed, and says the same
    """

    ref: str
    company: int
    provider: int
    currency: str
    first: date
    last: date
    closed: date
    number: int
    minimum: int
    total: Decimal
    vat: Decimal
    serials: tuple[str, ...]
    sound: bool


class Fault(NamedTuple):
    """What does not fit: which, and with which settlement ("": with a voucher)."""

    code: str
    settlement: str = ""


def sheet(vouchers: Iterable[Voucher], first: date, last: date) -> Sheet:
    """Return the balance of vouchers of one unit from one month to another.

    :param first: first day of the first month
    :param last: any day of the last month, also of one that is not over

    >>> from .spend import Spend
    >>> june, march = date(2026, 6, 15), date(2026, 3, 1)
    >>> voucher = Voucher.issue(
    ...     unit=AMOUNT, value=Decimal(500), currency="EUR", company=1, pot="right",
    ...     today=march, months=12,
    ... ).redeem(Spend.now("a", 7, Decimal(120), june), june)
    >>> [int(one) for one in sheet([voucher], march, march)]
    [0, 500, 0, 0, 0, 500]
    >>> [int(one) for one in sheet([voucher], date(2026, 4, 1), june)]
    [500, 0, 120, 0, 0, 380]
    >>> [int(one) for one in sheet([voucher], date(2027, 1, 1), date(2027, 12, 31))]
    [380, 0, 0, 0, 380, 0]
    """
    before, after = [ZERO] * 5, [ZERO] * 5
    for voucher in vouchers:
        _add(before, voucher.totals(first - timedelta(days=1)))
        _add(after, voucher.totals(last))
    issued, redeemed, _open, void, expired = (
        new - old for new, old in zip(after, before, strict=True)
    )
    return Sheet(before[2], issued, redeemed, void, expired, after[2])


def _add(sums, totals):
    for place, number in enumerate(totals):
        sums[place] += number


def faults(
    vouchers: dict, settlements: Iterable[Paid], serial_of: Callable[[str, str], str]
) -> list[Fault]:
    """Return everything that does not fit between vouchers and settlements.

    :param vouchers: reference -> Voucher
    :param serial_of: references of a voucher and a settlement -> serial
    """
    found = []
    taken = defaultdict(lambda: defaultdict(list))
    for ref, voucher in vouchers.items():
        if any(not _in_time(voucher, spend) for spend in voucher.uses):
            found.append(Fault(LATE))
        for spend in voucher.live:
            if spend.settlement:
                taken[spend.settlement][ref].append(spend)
    for paid in settlements:
        found += _faults_of(paid, vouchers, taken.pop(paid.ref, {}), serial_of)
    found += [Fault(NOWHERE)] * len(taken)
    return sorted(found)


def _in_time(voucher, spend):
    last = min(voucher.expires, voucher.voided or voucher.expires)
    return voucher.issued <= spend.month <= last


def _faults_of(paid, vouchers, taken, serial_of):
    """Yield what is wrong with one settlement.

    :param taken: reference of a voucher -> its uses that say they are in it
    """
    spends = [spend for some in taken.values() for spend in some]
    if sum((one.amount for one in spends), ZERO) != paid.total or (
        sum((one.vat for one in spends), ZERO) != paid.vat
    ):
        yield Fault(SUM, paid.ref)
    if len(taken) != paid.number and (paid.number or not 0 < len(taken) < paid.minimum):
        yield Fault(NUMBER, paid.ref)
    if paid.number and {serial_of(ref, paid.ref) for ref in taken} != set(paid.serials):
        yield Fault(SERIALS, paid.ref)
    if not all(
        paid.company == vouchers[ref].company
        and paid.currency == vouchers[ref].currency
        and all(
            spend.provider == paid.provider and paid.first <= spend.month <= paid.last
            for spend in some
        )
        for ref, some in taken.items()
    ):
        yield Fault(PLACE, paid.ref)
    if not paid.sound:
        yield Fault(SIGNATURE, paid.ref)


# -- for finance ---------------------------------------------------------------------


class Row(NamedTuple):
    """What finance sees of one closed year, or of some that are shown together.

    ``lapsed`` (void or expired) is None when it is left in ``open``.
    """

    first: int
    last: int
    opening: Decimal
    issued: Decimal
    settled: Decimal
    lapsed: Decimal | None
    open: Decimal


def closed_year(today: date) -> int:
    """Return the last year that is closed: each is from 1 February.

    >>> closed_year(date(2027, 1, 31)), closed_year(date(2027, 2, 1))
    (2025, 2026)
    """
    return today.year - (2 if today.month == 1 else 1)


def published(vouchers: dict, settlements: Iterable[Paid], last: int) -> list[Row]:
    """Return the closed years in money, the oldest first.

    Settlements are what finance has anyway, so *settled* stands for redeemed, and what
    was redeemed and not settled yet is in *open*. What else is in a row stands for at
    least :data:`.settlement.LEAST_VOUCHERS` different vouchers: a year with fewer new
    ones is shown together with the next; fewer that became void or expired stay in
    *open* until there are enough, so that no subtraction of rows shows them either.

    :param vouchers: reference -> Voucher, of one company and currency
    """
    year_of = {paid.ref: paid.closed.year for paid in settlements}
    money = {ref: one for ref, one in vouchers.items() if one.unit == AMOUNT}
    rows, opening = [], ZERO
    start = min((one.issued.year for one in money.values()), default=last + 1)
    lapsed, lapsing = ZERO, set()
    issued, settled, groups = ZERO, ZERO, [set(), set(), set()]
    first = start
    for year in range(start, last + 1):
        for ref, voucher in vouchers.items():
            spends = [
                one for one in voucher.live if year_of.get(one.settlement) == year
            ]
            if ref not in money:
                groups[2].update([ref] if spends else [])
                continue
            if voucher.issued.year == year:
                issued += voucher.value
                groups[0].add(ref)
            if spends:
                settled += sum(one.quantity for one in spends)
                groups[1].add(ref)
            change = _lapsed(voucher, year) - _lapsed(voucher, year - 1)
            if change:
                lapsed += change
                lapsing.add(ref)
        if not _may_show(*groups):
            continue
        shown = lapsed if len(lapsing) >= LEAST_VOUCHERS else None
        left = opening + issued - settled - (shown or ZERO)
        rows.append(Row(first, year, opening, issued, settled, shown, left))
        if shown is not None:
            lapsed, lapsing = ZERO, set()
        issued, settled, groups = ZERO, ZERO, [set(), set(), set()]
        opening, first = left, year + 1
    return rows


def _lapsed(voucher, year):
    """What was void or expired at the end of a year."""
    totals = voucher.totals(date(year, 12, 31))
    return totals.void + totals.expired


def _may_show(issued, settled, others):
    """Whether enough vouchers stand behind the figures of a row.

    ``others`` were settled too, but are no money: who subtracts what is settled here
    from all settlements finds theirs.
    """
    if len(issued) < LEAST_VOUCHERS:
        return False
    if not others:
        return True
    return len(others) >= LEAST_VOUCHERS and (
        not settled or len(settled) >= LEAST_VOUCHERS
    )
