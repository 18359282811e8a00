"""Vouchers and providers, for tests of redeeming."""

from datetime import datetime
from decimal import Decimal

from ..casework import vouchers
from ..casework.opening import vault
from ..casework.redeeming import NotRedeemable, RedeemDoor
from ..casework.throttle import Braked
from ..engine import voucher as engine
from ..engine import voucher_code
from .common import NOW, TODAY

ONCE = "0123456789abcdef01234567"
LATER = datetime(2026, 9, 1, 9, 0)


class RedeemCompany:
    """Mixin beside :class:`.common.CareerCompany`: two providers and their vouchers.

    ``provider`` has a price for hours and sessions and the login of ``coach``;
    ``other_provider`` has neither.
    """

    @classmethod
    def make_providers(cls):
        Provider = cls.env["hr.career.provider"]
        euro = cls.env.ref("base.EUR").id
        cls.provider = Provider.create(
            {
                "name": "Office of Coaches",
                "vat_rate": 21,
                "hour_rate": 121,
                "session_rate": 150,
                "currency_id": euro,
            }
        )
        cls.other_provider = Provider.create({"name": "Other", "currency_id": euro})
        cls.coaches["coach"].provider_id = cls.provider

    @classmethod
    def make_voucher(cls, value=500, today=TODAY, months=12, **values):
        """Issue a voucher; return its reference and its code."""
        values = {
            "unit": "amount",
            "currency": "EUR",
            "company": cls.company.id,
            "pot": engine.RIGHT,
            **values,
        }
        voucher = engine.Voucher.issue(
            value=Decimal(value), today=today, months=months, **values
        )
        with vault(cls.env) as inside:
            return vouchers.issue(inside, voucher)

    @classmethod
    def change(cls, ref, act):
        """Replace a voucher by what ``act(voucher)`` gives."""
        with vault(cls.env) as inside:
            row, voucher = vouchers.by_ref(inside, ref)
            vouchers.save(row, act(voucher))

    @classmethod
    def voucher(cls, ref):
        with vault(cls.env) as inside:
            return vouchers.by_ref(inside, ref)[1]

    @classmethod
    def door(cls, provider=None, now=NOW, address="192.0.2.1"):
        """The door of a provider, as its requests have it."""
        env = cls.env(user=cls.env.ref("base.public_user").id, su=False)
        provider = (provider or cls.provider).with_env(env)
        return RedeemDoor(env, provider, address, now)

    def refused(self, call, *args, **kwargs):
        """Return what a call was refused with; what it has counted stays counted."""
        try:
            call(*args, **kwargs)
        except (NotRedeemable, Braked) as refusal:
            return refusal
        return self.fail("It was not refused")

    @classmethod
    def calm(cls):
        """Forget what was mistyped."""
        cls.env.cr.execute("DELETE FROM hr_career_throttle")

    @classmethod
    def wrong_tries(cls):
        cls.env.cr.execute("SELECT wrong FROM hr_career_throttle ORDER BY wrong")
        return [row[0] for row in cls.env.cr.fetchall()]

    @classmethod
    def make_refused(cls):
        """Return codes that give nothing to ``provider``, by the reason why."""
        spent = cls.make_voucher(50)
        cls.door(cls.other_provider).redeem(spent[1], {"amount": "50"}, ONCE)
        void = cls.make_voucher()
        cls.change(void[0], lambda one: one.void(TODAY))
        taken = cls.make_voucher(splits=False)
        cls.door(cls.other_provider).redeem(taken[1], {"amount": "5"}, ONCE)
        foreign = cls.make_voucher(company=cls.make_other_company("Elsewhere").id)
        cls.provider.company_ids = cls.company
        return {
            "unknown": voucher_code.draw(),
            "expired": cls.make_voucher(today=TODAY.replace(year=2024), months=1)[1],
            "void": void[1],
            "spent": spent[1],
            "another's": taken[1],
            "foreign": foreign[1],
            "in the pool": cls._code_in_pool(),
            "mistyped": cls.make_voucher()[1][:-1] + "?",
            "nothing": "",
        }

    @classmethod
    def _code_in_pool(cls):
        with vault(cls.env) as inside:
            rows = inside[vouchers.VOUCHER].search([])
            ring = vouchers.load_keyring()
            return next(filter(None, (vouchers._waiting(ring, row) for row in rows)))
