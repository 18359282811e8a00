"""What the page for redeeming shows: of the voucher, and of nobody."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class SpendLine:
    """What this provider took of the voucher. ``can_undo``: until it is settled."""

    ref: str
    quantity: Decimal
    amount: Decimal
    vat: Decimal
    invoice: str
    month: date
    can_undo: bool


@dataclass(frozen=True)
class VoucherView:
    """A voucher as a provider sees it.

    :param unit: amount, hours or sessions
    :param currency: code of the currency, such as EUR
    :param left: what can be redeemed; zero when it is over
    :param expires: last day; None when nothing can be redeemed any more
    :param price: of an hour (amount, hours) or a session; None when there is none
    :param rate: the provider's usual percentage of value added tax
    :param lines: what this provider took and did not undo
    """

    unit: str
    currency: str
    left: Decimal
    expires: date | None
    price: Decimal | None
    rate: Decimal
    lines: tuple[SpendLine, ...]


@dataclass(frozen=True)
class Claim:
    """What a provider is about to take, before it is confirmed."""

    quantity: Decimal
    amount: Decimal
    vat: Decimal
    hours: Decimal
    rate: Decimal
    invoice: str

    @property
    def mark(self) -> str:
        """What was shown of it: the money, and the part of it that is VAT."""
        return f"{self.amount}|{self.vat}"
