"""What a provider took of a voucher: one spend. And what vouchers are written with."""

import json
import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import COUNTED
from .decimals import CENT, ZERO, require_decimal

#: Longest invoice reference, in characters.
INVOICE_LONGEST = 40
#: What a sealed voucher is filled up to, so that all are equally long, in bytes: some
#: thirty uses. It is what two of the largest steps of sealing hold.
ROOM = 8188
#: By how much a use grows when it is settled, in bytes: the reference of a settlement.
SETTLED_BYTES = 32


def month_of(day: date) -> date:
    """Return the first day of a month: nothing is kept finer."""
    return day.replace(day=1)


@dataclass(frozen=True)
class Spend:
    """What a provider took of a voucher.

    :param quantity: in the unit of the voucher
    :param amount: money, with the value added tax
    :param vat: the part of ``amount`` that is value added tax
    :param hours: how long it took; zero when it was not said
    :param invoice: the provider's own reference
    :param once: drawn when the page was made: the same page sent twice spends once
    :param undone: the month in which it was undone
    :param settlement: reference of the settlement it is in
    """

    ref: str
    provider: int
    quantity: Decimal
    amount: Decimal
    vat: Decimal
    hours: Decimal
    invoice: str
    month: date
    once: str
    undone: date | None = None
    settlement: str = ""

    def __post_init__(self):
        for name in ("quantity", "amount", "vat", "hours"):
            require_decimal("Spend", name, getattr(self, name))
            require_cents(name, getattr(self, name))
        if not self.quantity:
            raise ValueError("A spend is more than zero")
        if self.vat > self.amount:
            raise ValueError("The tax is a part of the amount")
        if len(self.invoice) > INVOICE_LONGEST:
            raise ValueError("The invoice reference is too long")
        require_months(self.month, self.undone)
        if self.undone and self.settlement:
            raise ValueError("What is settled is not undone")

    @classmethod
    def now(
        cls, once, provider, quantity, today, *, amount=None, vat=ZERO, hours=ZERO,
        invoice="",
    ):  # fmt: skip
        """Return a spend of this month; without ``amount`` the quantity is money."""
        return cls(
            ref=secrets.token_hex(16),
            provider=provider,
            quantity=quantity,
            amount=quantity if amount is None else amount,
            vat=vat,
            hours=hours,
            invoice=invoice,
            month=month_of(today),
            once=once,
        )

    def counts(self, month: date) -> bool:
        """Tell whether it counts, as seen from a month."""
        if self.month > month:
            return False
        return self.undone is None or self.undone > month


def filled(content: dict) -> str:
    """Return a structure as text of the length that all have.

    >>> len(filled({})) == len(filled({"voucher": None, "code": "x" * 32})) == ROOM
    True
    """
    fill = "0" * max(0, ROOM - size(content))
    return _text({**content, "fill": fill})


def size(content: dict) -> int:
    """Return how long a structure is before it is filled up, in bytes.

    >>> size({"voucher": "é"}) - size({"voucher": ""})
    2
    """
    return len(_text({**content, "fill": ""}).encode())


def _text(content):
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


_DECIMALS = ("value", "quantity", "amount", "vat", "hours")
_DATES = ("issued", "expires", "voided", "month", "undone")


def plain_value(value):
    """Return a value as JSON takes it."""
    return str(value) if isinstance(value, Decimal | date) else value


def typed_values(values):
    """Return the fields of a voucher or spend, undoing :func:`plain_value`."""
    found = dict(values)
    for name in _DECIMALS:
        if name in found:
            found[name] = Decimal(found[name])
    for name in _DATES:
        if found.get(name):
            found[name] = date.fromisoformat(found[name])
    return found


def fits(unit, quantity):
    """Tell whether a quantity is one of the steps of a unit.

    >>> fits("amount", Decimal("0.01")), fits("sessions", Decimal("1.5"))
    (True, False)
    """
    return not quantity % (Decimal(1) if unit in COUNTED else CENT)


def require_cents(name, value):
    """Refuse what is finer than a hundredth."""
    if value % CENT:
        raise ValueError(f"{name} is finer than a hundredth: {value}")


def require_months(*months):
    """Refuse what is finer than a month."""
    for month in months:
        if month is not None and month.day != 1:
            raise ValueError("Dates are kept no finer than a month")
