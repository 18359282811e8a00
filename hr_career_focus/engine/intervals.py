"""When a right that was used comes back.

Each kind of interval is one function from (rule, uses, day) to a :class:`Balance`.
A new kind is a new function in :data:`BALANCES`; nothing else changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .dates import add_months
from .values import ROLLING_START, ZERO, Rule, Use


@dataclass(frozen=True)
class Balance:
    """What one interval grants and what was used of it.

    ``since`` and ``ends`` are the first day of the running interval and the first day
    after it; both are ``None`` when no interval is running. ``previous`` is the first
    day of the interval before, when that one is over.
    """

    granted: Decimal
    used: Decimal = ZERO
    since: date | None = None
    ends: date | None = None
    previous: date | None = None

    @property
    def left(self) -> Decimal:
        """What remains, never less than nothing.

        >>> Balance(Decimal("1000"), Decimal("360")).left
        Decimal('640')
        >>> Balance(Decimal("1000"), Decimal("1200")).left
        Decimal('0')
        """
        return max(self.granted - self.used, ZERO)


def counted_uses(rule: Rule, uses: Iterable[Use], on_date: date) -> list[Use]:
    """Return the uses that count for ``rule`` on a day, oldest first.

    Uses of another rule, uses that were given back and uses after that day do not.
    """
    return sorted(
        (
            use
            for use in uses
            if use.rule_key == rule.key and not use.returned and use.on <= on_date
        ),
        key=lambda use: use.on,
    )


def rolling_from_start(rule: Rule, uses: Iterable[Use], on_date: date) -> Balance:
    """Count intervals that open with a first use and last a number of months.

    The first use opens an interval. What that use leaves can be used until the
    interval ends; then the right is whole again and the next use opens a new one::

        >>> from .values import Agreement, Interval
        >>> rule = Rule(
        ...     "right", Agreement("cao"), Decimal(1000), currency="EUR",
        ...     interval=Interval(months=60),
        ... )
        >>> uses = [
        ...     Use("right", Decimal(400), date(2023, 3, 1)),
        ...     Use("right", Decimal(250), date(2024, 6, 1)),
        ... ]
        >>> balance = rolling_from_start(rule, uses, date(2026, 1, 1))
        >>> balance.left, balance.since, balance.ends
        (Decimal('350'), datetime.date(2023, 3, 1), datetime.date(2028, 3, 1))
        >>> rolling_from_start(rule, uses, date(2028, 3, 1)).left
        Decimal('1000')
    """
    since = ends = None
    granted, used = rule.quantity, ZERO
    for use in counted_uses(rule, uses, on_date):
        if ends is None or use.on >= ends:
            since, ends = use.on, add_months(use.on, rule.interval.months)
            granted, used = rule.quantity, ZERO
        granted = max(granted, use.granted or ZERO)
        used += use.quantity
    if ends is not None and on_date >= ends:
        return Balance(rule.quantity, previous=since)
    return Balance(granted, used, since, ends)


BALANCES: dict[str, Callable[[Rule, Iterable[Use], date], Balance]] = {
    ROLLING_START: rolling_from_start,
}


def balance_of(rule: Rule, uses: Iterable[Use], on_date: date) -> Balance:
    """Return the balance of ``rule`` on a day, by its own kind of interval."""
    return BALANCES[rule.interval.kind](rule, uses, on_date)
