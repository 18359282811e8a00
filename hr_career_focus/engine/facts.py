"""What goes in about a person: the contracts, and what was used before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import BREAK_DAYS, EMPLOYEE, FIXED_TERM, PERMANENT
from .decimals import ZERO, require_decimal


@dataclass(frozen=True)
class Use:
    """What somebody used of a right on a day, or reserved to use.

    ``returned`` uses count for nothing: a traject cancelled before its first session
    gives the right back. ``granted`` is what the rule granted on that day; a later,
    lower rule never takes it away. ``completed`` is the day the traject ended,
    ``None`` while it runs. A use by voucher ``expires`` after that day: from the day
    after, only what was ``redeemed`` counts.
    """

    rule_key: str
    quantity: Decimal
    on: date
    returned: bool = False
    granted: Decimal | None = None
    completed: date | None = None
    expires: date | None = None
    redeemed: Decimal = ZERO

    def __post_init__(self):
        require_decimal("Use", "quantity", self.quantity)
        require_decimal("Use", "redeemed", self.redeemed)
        if self.granted is not None:
            require_decimal("Use", "granted", self.granted)
        if self.redeemed > self.quantity:
            raise ValueError("Nobody redeems more than a voucher is worth")
        if self.completed and self.completed < self.on:
            raise ValueError("A traject ends after it began")

    def counted(self, on_date: date) -> Decimal:
        """Return how much of this use counts on a day.

        An unpaid voucher counts until it expires, and then for what was redeemed::

            >>> day = date(2026, 3, 1)
            >>> use = Use("r", Decimal(500), day, expires=date(2026, 5, 31))
            >>> use.counted(date(2026, 5, 31)), use.counted(date(2026, 6, 1))
            (Decimal('500'), Decimal('0'))
        """
        if self.returned or self.on > on_date:
            return ZERO
        if self.expires is not None and on_date > self.expires:
            return self.redeemed
        return self.quantity


@dataclass(frozen=True)
class Spell:
    """One dated set of contract terms.

    ``valid_from`` is the day these terms took effect; ``start`` and ``end`` are the
    first and the last day of the contract they belong to. ``start`` is ``None`` when
    nobody recorded it, ``end`` is ``None`` when the contract is open-ended.
    ``leaves_on`` is the last day of somebody whose leaving is on record; ``end`` is
    then no later than that day.

    ``fte`` is the part of full time that is worked (1 is full time), ``weekly_hours``
    the hours of the contract, ``wage`` the gross wage of a month. ``None`` for any of
    them, and for ``category``, means that it is not on record.
    """

    valid_from: date
    start: date | None
    end: date | None = None
    agreement_key: str | None = None
    category: str | None = EMPLOYEE
    weekly_hours: Decimal | None = None
    fte: Decimal | None = None
    wage: Decimal | None = None
    leaves_on: date | None = None
    fixed_term: bool | None = None

    @property
    def contract_type(self) -> str:
        """Whether the contract has an end of its own.

        A contract that only ends because somebody leaves stays a permanent one, which
        ``fixed_term=False`` says; left out, an end makes a contract fixed-term.
        """
        fixed = self.end is not None if self.fixed_term is None else self.fixed_term
        return FIXED_TERM if fixed else PERMANENT


@dataclass(frozen=True)
class Facts:
    """The contract history of one person at one employer, oldest terms first.

    ``employer`` decides which company rules apply, ``birthday`` is for rights that
    begin at an age. Two employers are two :class:`Facts`: nothing passes from one to
    the other.

    >>> first = Spell(date(2020, 1, 1), date(2020, 1, 1), date(2021, 12, 31), "cao")
    >>> second = Spell(date(2022, 1, 1), date(2022, 1, 1), None, "cao")
    >>> Facts((second, first)).service_start(date(2026, 1, 1))
    datetime.date(2020, 1, 1)
    """

    spells: tuple[Spell, ...] = ()
    employer: str | None = None
    birthday: date | None = None

    def __post_init__(self):
        ordered = sorted(self.spells, key=lambda spell: spell.valid_from)
        object.__setattr__(self, "spells", tuple(ordered))

    def terms_on(self, on_date: date) -> Spell | None:
        """Return the terms in force on a day; before the first ones, the first."""
        found = None
        for spell in self.spells:
            if found is None or spell.valid_from <= on_date:
                found = spell
        return found

    def occupations(self) -> list[tuple[date, date]]:
        """Return first and last day of each unbroken employment, oldest first.

        Contracts follow on from each other unless :data:`BREAK_DAYS` or more lie
        between the last day of one and the first day of the next. An employment
        without a known end lasts until ``date.max``.
        """
        merged: list[tuple[date, date]] = []
        for start, end in sorted(
            (spell.start, spell.end or date.max)
            for spell in self.spells
            if spell.start is not None
        ):
            if merged and (start - merged[-1][1]).days < BREAK_DAYS:
                start, last = merged.pop()
                end = max(end, last)
            merged.append((start, end))
        return merged

    def service_start(self, on_date: date) -> date | None:
        """Return the first day of the unbroken employment that covers ``on_date``.

        A weekend between two contracts does not break it, four days do::

            >>> old = Spell(date(2020, 1, 1), date(2020, 1, 1), date(2021, 12, 31))
            >>> soon = Spell(date(2022, 1, 3), date(2022, 1, 3))
            >>> late = Spell(date(2022, 1, 4), date(2022, 1, 4))
            >>> Facts((old, soon)).service_start(date(2023, 1, 1))
            datetime.date(2020, 1, 1)
            >>> Facts((old, late)).service_start(date(2023, 1, 1))
            datetime.date(2022, 1, 4)

        On a day without employment there is none::

            >>> Facts((old, late)).service_start(date(2022, 1, 2)) is None
            True
        """
        for start, end in self.occupations():
            if start <= on_date <= end:
                return start
        return None

    def next_start(self, on_date: date) -> date | None:
        """Return the first day of the next employment after ``on_date``, if known."""
        return next((s for s, _end in self.occupations() if s > on_date), None)

    def last_end(self, on_date: date) -> date | None:
        """Return the last day of the latest employment over before ``on_date``."""
        ended = [end for _start, end in self.occupations() if end < on_date]
        return max(ended, default=None)
