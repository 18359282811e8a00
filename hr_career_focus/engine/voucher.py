"""One voucher: what it is worth, what was spent of it, and what becomes of the rest.

Everything about a voucher is in one immutable value, so that one row of the database
holds the truth and replacing it is one act. Dates are months (their first day); the
last day it is valid on is the last day of a month.

At any moment, seen from any month, what was issued is what was redeemed, is open, void
or expired (:meth:`Voucher.totals`)::

    >>> from datetime import date
    >>> today = date(2026, 6, 15)
    >>> voucher = Voucher.issue(
    ...     unit=AMOUNT, value=Decimal(500), currency="EUR", company=1,
    ...     pot=RIGHT, splits=True, today=today, months=12,
    ... )
    >>> voucher.expires
    datetime.date(2027, 6, 30)
    >>> spend = Spend.now("a", 7, Decimal(120), today, vat=Decimal("20.83"))
    >>> spent = voucher.redeem(spend, today)
    >>> spent.left(today), spent.redeem(spend, today) == spent
    (Decimal('380'), True)
    >>> spent.void(today).totals(today)
    Totals(issued=Decimal('500'), redeemed=Decimal('120'), open=Decimal('0'), \
void=Decimal('380'), expired=Decimal('0'))
"""

import json
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .codes import AMOUNT, UNITS
from .dates import add_months
from .decimals import ZERO, require_decimal
from .spend import (
    ROOM,
    SETTLED_BYTES,
    Spend,
    filled,
    fits,
    month_of,
    plain_value,
    require_months,
    size,
    typed_values,
)

#: What pays for a voucher.
RIGHT, BUDGET = "right", "budget"
POTS = (RIGHT, BUDGET)

# Why a voucher is refused. To the outside GONE and OTHER_PROVIDER are the same.
GONE = "gone"
TOO_MUCH = "too_much"
OTHER_PROVIDER = "other_provider"
UNFIT = "unfit"
SETTLED = "settled"
FULL = "full"


class Refused(ValueError):
    """A voucher does not allow this. ``left``: what could be redeemed, when TOO_MUCH.

    GONE: void, expired, spent, or (a spend) not there. UNFIT: the quantity is not one
    of this unit. SETTLED: the spend is in a settlement. OTHER_PROVIDER: only the first
    provider may redeem it. FULL: it was used so often that no more uses fit.
    """

    def __init__(self, code: str, left: Decimal | None = None):
        super().__init__(code)
        self.code = code
        self.left = left


class Totals(NamedTuple):
    """Where the value of a voucher is. ``issued`` is the sum of the others."""

    issued: Decimal
    redeemed: Decimal
    open: Decimal
    void: Decimal
    expired: Decimal


def last_day(month: date, months: int) -> date:
    """Return the last day of the month that is ``months`` later.

    >>> last_day(date(2026, 6, 1), 12), last_day(date(2027, 11, 1), 3)
    (datetime.date(2027, 6, 30), datetime.date(2028, 2, 29))
    """
    return add_months(month_of(month), months + 1) - timedelta(days=1)


@dataclass(frozen=True)
class Voucher:
    """The whole state of a voucher.

    :param company: id of the company that pays
    :param issued: month
    :param expires: last day, the last of a month
    :param pot: RIGHT or BUDGET
    :param splits: whether several providers may share it
    :param uses: the spends, in the order they were made
    :param voided: month, or None
    :param reissued: whether it stands in for another one that was lost
    :param budget_line: what says from which line a BUDGET voucher is paid
    """

    unit: str
    value: Decimal
    currency: str
    company: int
    issued: date
    expires: date
    pot: str
    splits: bool = True
    uses: tuple[Spend, ...] = ()
    voided: date | None = None
    reissued: bool = False
    budget_line: str = ""

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ValueError(f"No unit: {self.unit}")
        if self.pot not in POTS:
            raise ValueError(f"No pot: {self.pot}")
        require_decimal("Voucher", "value", self.value)
        if not self.value or not fits(self.unit, self.value):
            raise ValueError("A voucher has a value, in steps of its unit")
        require_months(self.issued, self.voided)
        if (self.expires + timedelta(days=1)).day != 1 or self.expires < self.issued:
            raise ValueError("A voucher is valid to the end of a month")
        if sum(one.quantity for one in self.uses if not one.undone) > self.value:
            raise ValueError("Nobody redeems more than a voucher is worth")
        if len({one.ref for one in self.uses}) != len(self.uses):
            raise ValueError("Two spends with one reference")

    @classmethod
    def issue(cls, *, today, months, **values):
        """Return a voucher of this month that is valid for ``months`` more."""
        month = month_of(today)
        return cls(issued=month, expires=last_day(month, months), **values)

    # -- what it says ------------------------------------------------------------

    def left(self, today: date) -> Decimal:
        """Return what can still be redeemed on a day."""
        if self.voided or today > self.expires:
            return ZERO
        return self.value - self.redeemed

    @property
    def redeemed(self) -> Decimal:
        """What was redeemed and not undone, whether or not it is settled."""
        return sum((one.quantity for one in self.uses if not one.undone), ZERO)

    @property
    def live(self) -> tuple[Spend, ...]:
        """The spends that were not undone."""
        return tuple(one for one in self.uses if not one.undone)

    @property
    def unsettled(self) -> tuple[Spend, ...]:
        """The spends a settlement may still take in."""
        return tuple(one for one in self.live if not one.settlement)

    def totals(self, today: date) -> Totals:
        """Return where the value is, as seen at the end of a day's month or today.

        Looking back gives what was said then: what is undone or voided later changes
        no month before it.
        """
        month = month_of(today)
        if self.issued > month:
            return Totals(ZERO, ZERO, ZERO, ZERO, ZERO)
        redeemed = sum((one.quantity for one in self.uses if one.counts(month)), ZERO)
        rest = self.value - redeemed
        if self.voided and self.voided <= month:
            return Totals(self.value, redeemed, ZERO, rest, ZERO)
        if today > self.expires:
            return Totals(self.value, redeemed, ZERO, ZERO, rest)
        return Totals(self.value, redeemed, rest, ZERO, ZERO)

    def by_once(self, once: str) -> Spend | None:
        """Return the spend that a page made already, undone or not."""
        return next((one for one in self.uses if once and one.once == once), None)

    # -- what can be done --------------------------------------------------------

    def redeem(self, spend: Spend, today: date) -> "Voucher":
        """Return the voucher after a spend; itself when that was made already.

        :raise Refused: GONE, OTHER_PROVIDER, UNFIT, FULL, or TOO_MUCH with what is left
        """
        before = self.by_once(spend.once)
        if before:
            if before.provider != spend.provider:
                raise Refused(OTHER_PROVIDER)
            return self
        left = self.left(today)
        if not left:
            raise Refused(GONE)
        if not self.splits and any(one.provider != spend.provider for one in self.live):
            raise Refused(OTHER_PROVIDER)
        if not fits(self.unit, spend.quantity) or (
            self.unit == AMOUNT and spend.amount != spend.quantity
        ):
            raise Refused(UNFIT)
        if spend.quantity > left:
            raise Refused(TOO_MUCH, left)
        # On its first night it can still be the month before where it is redeemed.
        spend = replace(spend, month=max(spend.month, self.issued))
        return replace(self, uses=(*self.uses, spend))._fitted()

    def _fitted(self):
        """Return the voucher without the oldest undone spends when it is too long.

        Those of earlier months stay: what was said of a month is said again. And so do
        the others, so there is an end to it: else its length would tell that it is used
        often.

        :raise Refused: FULL
        """
        found = self
        for one in self.uses:
            if found._is_short:
                break
            if one.undone == one.month:
                uses = tuple(other for other in found.uses if other is not one)
                found = replace(found, uses=uses)
        if not found._is_short:
            raise Refused(FULL)
        return found

    @property
    def _is_short(self):
        """Whether it is as long as all others, also when it is void and settled."""
        void = replace(self, voided=self.voided or self.issued)
        grows = SETTLED_BYTES * len(self.unsettled)
        return size({"code": "", "voucher": void.plain()}) + grows <= ROOM

    def undo(self, ref: str, today: date) -> "Voucher":
        """Return the voucher without a spend; itself when that was undone already.

        What comes back can be redeemed again, unless the voucher is over: then it is
        void or expired like the rest of it.

        :raise Refused: GONE or SETTLED
        """
        spend = next((one for one in self.uses if one.ref == ref), None)
        if spend is None:
            raise Refused(GONE)
        if spend.settlement:
            raise Refused(SETTLED)
        if spend.undone:
            return self
        undone = replace(spend, undone=max(month_of(today), spend.month))
        return self._with({ref: undone})

    def void(self, today: date) -> "Voucher":
        """Return the voucher without its open part; itself when that was done.

        Nothing is void before it was spent, or before a spend was undone, also where
        the day of who voids it is not that of who redeemed.
        """
        if self.voided:
            return self
        months = [one.undone or one.month for one in self.uses]
        return replace(self, voided=max(month_of(today), self.issued, *months))

    def again(self, today: date) -> tuple["Voucher", "Voucher"]:
        """Return this voucher void, and a new one for what was left of it.

        It is valid as long as the one before, and only one made in the first place is
        made again.

        :raise Refused: GONE
        """
        left = self.left(today)
        if not left or self.reissued:
            raise Refused(GONE)
        old = self.void(today)
        new = replace(self, value=left, uses=(), issued=old.voided, reissued=True)
        return old, new

    def settle(self, refs, settlement: str) -> "Voucher":
        """Return the voucher with these spends in a settlement.

        :raise Refused: GONE for a spend that was undone or is not there, SETTLED for
            one in another settlement
        """
        known = {one.ref: one for one in self.uses}
        changed = {}
        for ref in refs:
            spend = known.get(ref)
            if spend is None or spend.undone:
                raise Refused(GONE)
            if spend.settlement not in ("", settlement):
                raise Refused(SETTLED)
            changed[ref] = replace(spend, settlement=settlement)
        return self._with(changed)

    def _with(self, changed):
        uses = tuple(changed.get(one.ref, one) for one in self.uses)
        return replace(self, uses=uses)

    # -- keeping it --------------------------------------------------------------

    def to_json(self) -> str:
        """Return the state as text, filled up so that all are equally long.

        >>> voucher = Voucher.issue(
        ...     unit="hours", value=Decimal(6), currency="EUR", company=1, pot=BUDGET,
        ...     today=date(2026, 6, 1), months=1,
        ... )
        >>> len(voucher.to_json()), Voucher.from_json(voucher.to_json()) == voucher
        (8188, True)
        """
        return filled({"voucher": self.plain()})

    def plain(self) -> dict:
        """Return the state as JSON takes it; a spend is a list, to be short."""
        found = {name: plain_value(value) for name, value in vars(self).items()}
        found["uses"] = [
            [plain_value(value) for value in vars(one).values()] for one in self.uses
        ]
        return found

    @classmethod
    def from_json(cls, text: str) -> "Voucher":
        """Return what :meth:`to_json` was given."""
        return cls.of_plain(json.loads(text)["voucher"])

    @classmethod
    def of_plain(cls, plain: dict) -> "Voucher":
        """Return what :meth:`plain` was given."""
        spends = [
            dict(zip((field.name for field in fields(Spend)), one, strict=True))
            for one in plain["uses"]
        ]
        values = {**plain, "uses": tuple(Spend(**typed_values(one)) for one in spends)}
        return cls(**typed_values(values))
