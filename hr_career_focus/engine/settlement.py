"""Settlements: which uses of vouchers are paid together, and when.

What is supported
    A provider is paid per closed period, currency and company. A use of a voucher is
    ready when its month ended long enough ago (at least :data:`LEAST_DELAY` days); the
    uses that are ready are paid when enough different vouchers are among them (at least
    :data:`LEAST_VOUCHERS`). Fewer wait for the next closing. What has waited
    :data:`PATIENCE` months goes with the closing of January, or the first
    that runs after it, however few there are.

How it works
    Closings are days of the calendar. What a closing holds depends on its day, and not
    on when the job ran: late or twice gives the same settlements.

Why
    A payment soon after a use, or for one voucher, would tell who was where and when.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .dates import add_months
from .decimals import ZERO

#: Smallest number of different vouchers, and of days since the month ended.
LEAST_VOUCHERS = 5
LEAST_DELAY = 15
#: After so many months whatever there is gets paid, in the closing of this month.
PATIENCE = 12
ROUND_UP_MONTH = 1
#: The day of the month on which periods are closed.
CLOSING_DAY = 20


@dataclass(frozen=True)
class Claim:
    """One use of a voucher that a provider is to be paid for.

    ``month`` is the first day of the month of the use; ``amount`` includes ``vat``.
    """

    voucher: str
    spend: str
    company: int
    provider: int
    currency: str
    month: date
    amount: Decimal
    vat: Decimal

    @property
    def pile(self):
        """Who pays whom, in which currency."""
        return self.company, self.provider, self.currency


@dataclass(frozen=True)
class Terms:
    """What a company decides, never below what the product holds to.

    >>> Terms(minimum=2, delay=0)
    Terms(minimum=5, delay=15)
    """

    minimum: int = LEAST_VOUCHERS
    delay: int = LEAST_DELAY

    def __post_init__(self):
        object.__setattr__(self, "minimum", max(self.minimum, LEAST_VOUCHERS))
        object.__setattr__(self, "delay", max(self.delay, LEAST_DELAY))


@dataclass(frozen=True)
class Batch:
    """The claims that are paid together, never empty."""

    claims: tuple[Claim, ...]
    minimum: int

    @property
    def pile(self):
        return self.claims[0].pile

    @property
    def first(self) -> date:
        """The first month of the period."""
        return min(claim.month for claim in self.claims)

    @property
    def last(self) -> date:
        """The last month of the period."""
        return max(claim.month for claim in self.claims)

    @property
    def vouchers(self) -> tuple[str, ...]:
        """The different vouchers, in an order that says nothing."""
        return tuple(sorted({claim.voucher for claim in self.claims}))

    @property
    def shown(self) -> int:
        """The number of vouchers, 0 when there are too few to show it."""
        number = len(self.vouchers)
        return number if number >= self.minimum else 0

    @property
    def total(self) -> Decimal:
        """The sum to pay, VAT included."""
        return sum((claim.amount for claim in self.claims), ZERO)

    @property
    def vat(self) -> Decimal:
        """The part of the sum that is VAT."""
        return sum((claim.vat for claim in self.claims), ZERO)


def closing_on(today: date) -> date:
    """Return the day of the last closing.

    >>> closing_on(date(2026, 6, 20)), closing_on(date(2026, 1, 19))
    (datetime.date(2026, 6, 20), datetime.date(2025, 12, 20))
    """
    this = today.replace(day=CLOSING_DAY)
    return this if today >= this else add_months(this, -1)


def is_ready(month: date, closing: date, delay: int) -> bool:
    """Tell whether ``month`` ended at least ``delay`` days before the closing.

    >>> is_ready(date(2026, 5, 1), date(2026, 6, 20), 15)
    True
    >>> is_ready(date(2026, 5, 1), date(2026, 6, 20), 21)
    False
    """
    ended = add_months(month.replace(day=1), 1)
    return ended + timedelta(days=delay) <= closing


def has_waited(month: date, closing: date) -> bool:
    """Tell whether a use of ``month`` is paid now whatever else there is.

    >>> has_waited(date(2025, 1, 1), date(2026, 1, 20))
    False
    >>> has_waited(date(2024, 12, 1), date(2026, 1, 20))
    True

    When the closing of January did not run, the next ones do its work::

        >>> has_waited(date(2024, 12, 1), date(2026, 2, 20))
        True
        >>> has_waited(date(2025, 1, 1), date(2026, 12, 20))
        False
    """
    over = add_months(month.replace(day=1), 1 + PATIENCE)
    return over <= closing.replace(month=ROUND_UP_MONTH)


def batches(
    claims: Iterable[Claim], today: date, terms: Callable[[int], Terms]
) -> tuple[Batch, ...]:
    """Return what is settled by the last closing before or on ``today``.

    :param claims: every use that no settlement holds yet
    :param terms: company -> its :class:`Terms`

    Four vouchers wait; the fifth takes them along::

        >>> def claim(voucher, month=date(2026, 5, 1)):
        ...     return Claim(
        ...         voucher, "s" + voucher, 1, 7, "EUR", month, Decimal(121),
        ...         Decimal(21),
        ...     )
        >>> day, terms = date(2026, 6, 20), lambda company: Terms()
        >>> batches(map(claim, "abcd"), day, terms)
        ()
        >>> [batch] = batches(map(claim, "abcde"), day, terms)
        >>> batch.shown, str(batch.total), str(batch.vat)
        (5, '605', '105')

    Twice the same voucher is one voucher::

        >>> batches(map(claim, "aaaaa"), day, terms)
        ()

    A year later what waited is paid in January, and its number is not shown::

        >>> [batch] = batches(map(claim, "ab"), date(2028, 1, 25), terms)
        >>> batch.shown, str(batch.total)
        (0, '242')
    """
    closing = closing_on(today)
    piles = defaultdict(list)
    for claim in claims:
        if is_ready(claim.month, closing, terms(claim.company).delay):
            piles[claim.pile].append(claim)
    made = (
        Batch(tuple(pile), terms(key[0]).minimum) for key, pile in sorted(piles.items())
    )
    return tuple(
        batch
        for batch in made
        if len(batch.vouchers) >= batch.minimum or has_waited(batch.first, closing)
    )
