"""Exact numbers: what the engine counts with."""

from decimal import Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")


def require_decimal(owner: str, name: str, value: object) -> None:
    """Refuse what is not an exact, finite, non-negative decimal."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{owner}.{name} must be a Decimal, not {type(value).__name__}")
    if not value.is_finite() or value < 0:
        raise ValueError(f"{owner}.{name} must be zero or more, not {value}")
