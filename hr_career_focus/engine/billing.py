"""What a provider fills in when a voucher is redeemed: numbers as people type them."""

import re
from decimal import ROUND_HALF_UP, Decimal

from .decimals import CENT

#: At most seven digits before the sign, one or two after it; no thousands.
_NUMBER = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,2})?")


def typed_number(text: str) -> Decimal | None:
    """Return a number with a comma or a point, None for whatever else it is.

    A point before three digits is thousands to one reader and a fraction to another,
    so it is not taken at all::

        >>> typed_number(" 120 "), typed_number("82,5"), typed_number("0.05")
        (Decimal('120'), Decimal('82.5'), Decimal('0.05'))
        >>> typed_number("1.000"), typed_number("-1"), typed_number("1e3")
        (None, None, None)
        >>> typed_number(""), typed_number("٣"), typed_number("nan")
        (None, None, None)
    """
    typed = (text or "").strip()
    if not _NUMBER.fullmatch(typed):
        return None
    return Decimal(typed.replace(",", "."))


def priced(quantity: Decimal, price: Decimal) -> Decimal:
    """Return what a number of hours or sessions costs, to the cent.

    >>> priced(Decimal("1.25"), Decimal("96.82"))
    Decimal('121.03')
    """
    return (quantity * price).quantize(CENT, ROUND_HALF_UP)


def vat_part(amount: Decimal, rate: Decimal) -> Decimal:
    """Return the part of an amount that is value added tax, to the cent.

    :param amount: with the tax
    :param rate: percentage on top of the price without it

    >>> vat_part(Decimal(121), Decimal(21)), vat_part(Decimal(100), Decimal(0))
    (Decimal('21.00'), Decimal('0.00'))
    """
    return (amount * rate / (100 + rate)).quantize(CENT, ROUND_HALF_UP)
