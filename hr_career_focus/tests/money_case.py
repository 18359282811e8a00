"""Vouchers that were issued and used, for tests of what comes afterwards."""

import secrets
from datetime import date
from decimal import Decimal

from ..casework import vouchers
from ..casework.opening import vault
from ..engine.spend import Spend
from ..engine.voucher import RIGHT, Voucher

MAY = date(2026, 5, 10)
CLOSING = date(2026, 6, 20)


class MoneyMixin:
    """Makes vouchers as the product does, past the pages, which have own tests."""

    @classmethod
    def make_provider(cls, name="Coach B.V.", **values):
        return cls.env["hr.career.provider"].create({"name": name, **values})

    @classmethod
    def make_voucher(cls, env=None, today=MAY, value=500, **values):
        """Issue one; return its reference."""
        kept = {
            "unit": "amount",
            "currency": "EUR",
            "company": cls.company.id,
            "pot": RIGHT,
            "months": 12,
        }
        voucher = Voucher.issue(today=today, value=Decimal(value), **{**kept, **values})
        with vault(env or cls.env) as inside:
            return vouchers.issue(inside, voucher)[0]

    @classmethod
    def change(cls, ref, act, env=None):
        """Replace a voucher by ``act(voucher)``, locked as the product does."""
        with vault(env or cls.env) as inside:
            row, voucher = vouchers.by_ref(inside, ref, lock=True)
            after = act(voucher)
            vouchers.save(row, after)
            return after

    @classmethod
    def redeem(cls, ref, provider, amount=121, today=MAY, env=None, **values):
        """Let a provider take money of a voucher; return the use."""
        spend = Spend.now(
            secrets.token_hex(12),
            provider.id,
            Decimal(amount),
            today,
            vat=values.pop("vat", Decimal(21)),
            **values,
        )
        cls.change(ref, lambda one: one.redeem(spend, today), env)
        return spend

    @classmethod
    def make_uses(cls, number, provider, today=MAY, **values):
        """Issue vouchers and use each once; return their references."""
        refs = [cls.make_voucher(today=today) for _one in range(number)]
        for ref in refs:
            cls.redeem(ref, provider, today=today, **values)
        return refs

    @classmethod
    def voucher(cls, ref, env=None):
        """Return a voucher as it is now."""
        with vault(env or cls.env) as inside:
            return vouchers.by_ref(inside, ref)[1]
