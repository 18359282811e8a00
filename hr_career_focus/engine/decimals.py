"""Exact numbers: what the engine counts with."""

from decimal import Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")


def is_in_cents(rounding: float) -> bool:
    """Tell whether the smallest amount of a currency is a hundredth.

    Vouchers, budgets and statements are exact to the hundredth: in other currencies
    they would not be what is paid.

    >>> is_in_cents(0.01), is_in_cents(1.0), is_in_cents(0.05), is_in_cents(0.001)
    (True, False, False, False)
    """
    return Decimal(str(rounding)) == CENT


def require_decimal(owner: str, name: str, value: object) -> None:
    """Refuse what is not an exact, finite, non-negative decimal."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{owner}.{name} must be a Decimal, not {type(value).__name__}")
    if not value.is_finite() or value < 0:
        raise ValueError(f"{owner}.{name} must be zero or more, not {value}")
