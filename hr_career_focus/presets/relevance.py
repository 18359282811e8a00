"""Which columns of a right mean anything, given the others."""

from dataclasses import replace

from ..engine.relevance import RELEVANT


def without_idle_terms(right):
    """A right without the terms that mean nothing for it.

    >>> from decimal import Decimal
    >>> from .values import Right
    >>> scan = Right("scan", "Scan", "scans", Decimal(1), currency="EUR")
    >>> without_idle_terms(scan).currency
    ''
    """
    fields = type(right).__dataclass_fields__
    idle = {
        key: fields[key].default
        for key, matters in RELEVANT.items()
        if not matters(right)
    }
    return replace(right, **idle)


def idle_terms(right):
    """Columns that are filled in for this right and mean nothing for it."""
    plain = without_idle_terms(right)
    return tuple(key for key in RELEVANT if getattr(right, key) != getattr(plain, key))
