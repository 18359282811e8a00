"""A settlement becomes one vendor bill that tells nothing."""

import random
from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import settling
from odoo.addons.hr_career_focus.tests.common import CareerCase
from odoo.addons.hr_career_focus.tests.money_case import CLOSING, MoneyMixin


@tagged("post_install", "-at_install")
class TestBill(MoneyMixin, CareerCase):
    OUTSIDERS = {
        **CareerCase.OUTSIDERS,
        "biller": "hr_career_focus.group_finance,account.group_account_invoice",
        "bookkeeper": "account.group_account_invoice",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_accounts()
        cls.company.career_bill_tax_id = False
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Coach B.V.",
                "property_account_payable_id": cls.accounts["liability_payable"].id,
            }
        )
        cls.provider = cls.make_provider(partner_id=cls.partner.id)
        cls.refs = cls.make_uses(5, cls.provider)
        cls.settlement = settling.close(cls.env, CLOSING)

    @classmethod
    def _make_accounts(cls):
        """What a bill needs, also where no chart of accounts was chosen."""
        cls.env.ref("base.EUR").active = True
        cls.accounts = {
            kind: cls.env["account.account"].create(
                {"name": kind, "code": code, "account_type": kind}
            )
            for kind, code in (("expense", "699001"), ("liability_payable", "299001"))
        }
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Focus bills",
                "code": "FOC",
                "type": "purchase",
                "sequence": 0,
                "default_account_id": cls.accounts["expense"].id,
            }
        )

    def mine(self, login="biller"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.settlement.with_env(self.env_of(login))

    def bill(self):
        mine = self.mine()
        if mine.state == "received":
            mine.action_approve()
        return self.env["account.move"].browse(mine.action_bill()["res_id"])

    def make_tax(self, amount, **values):
        tax = self.env["account.tax"].create(
            {
                "name": f"Test {amount} {values}",
                "amount": amount,
                "type_tax_use": "purchase",
                "country_id": self.company.account_fiscal_country_id.id,
                **values,
            }
        )
        self.company.career_bill_tax_id = tax
        return tax

    def test_one_draft_bill_with_one_line(self):
        bill = self.bill()
        self.assertEqual((bill.state, bill.move_type), ("draft", "in_invoice"))
        self.assertEqual(bill.partner_id, self.partner)
        self.assertEqual(bill.ref, self.settlement.ref)
        self.assertEqual(bill.amount_total, self.settlement.total)
        [line] = bill.invoice_line_ids
        self.assertEqual(line.name, "Services, May 2026")
        self.assertEqual((line.quantity, line.price_unit), (1, 605))

    def test_pressing_twice_makes_one(self):
        self.assertEqual(self.bill(), self.bill())
        found = self.env["account.move"].search([("ref", "=", self.settlement.ref)])
        self.assertEqual(len(found), 1)

    def test_a_bill_that_was_deleted_can_be_made_again(self):
        bill = self.bill()
        bill.unlink()
        self.assertTrue(self.bill().exists())

    def test_nothing_of_a_voucher_is_on_it(self):
        bill = self.bill()
        self.env.flush_all()
        said = []
        for table, column, key in (
            ("account_move", "id", bill.id),
            ("account_move_line", "move_id", bill.id),
            ("mail_message", "res_id", bill.id),
        ):
            self.cr.execute(f"SELECT t::text FROM {table} t WHERE {column} = %s", [key])
            said += [row for (row,) in self.cr.fetchall()]
        self.assertIn(self.settlement.ref, "".join(said))
        for word in (*self.refs, "oucher", "oach case", self.canary):
            self.assertNotIn(word, "".join(said))

    def test_nothing_points_back(self):
        names = [
            f"{model}.{name}"
            for model, rows in self.env.items()
            for name, field in rows._fields.items()
            if field.comodel_name == "hr.career.settlement"
            and not model.startswith("hr.career.")
        ]
        self.assertEqual(names, [])

    def test_tax_on_top(self):
        tax = self.make_tax(21)
        bill = self.bill()
        self.assertEqual(bill.invoice_line_ids.tax_ids, tax)
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (500, 105))

    def test_tax_in_the_price(self):
        self.make_tax(21, price_include_override="tax_included")
        bill = self.bill()
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (500, 105))

    def settle(self, *uses):
        """Settle another period, with a use of each (amount, VAT)."""
        number = len(self.env["hr.career.settlement"].search([]))
        month = date(2026, 6 + number, 10)
        for amount, vat in uses:
            ref = self.make_voucher(today=month, value=amount)
            self.redeem(ref, self.provider, amount, month, vat=vat)
        closing = date(2026, 7 + number, 20)
        self.settlement = settling.close(self.env, closing)
        self.assertEqual(len(self.settlement), 1)

    def assert_as_signed(self, bill):
        said = self.settlement
        for got, signed in (
            (bill.amount_total, said.total),
            (bill.amount_tax, said.vat),
            (bill.amount_untaxed, said.total - said.vat),
        ):
            self.assertFalse(bill.currency_id.compare_amounts(got, signed))
        self.assertEqual(len(bill.invoice_line_ids), 1)

    def test_vat_that_was_rounded_for_each_use(self):
        """Five times 1.74 of 10.00, where 21 % of the sum would be one cent less."""
        for values in ({}, {"price_include_override": "tax_included"}):
            with self.subTest(values):
                tax = self.make_tax(21, **values)
                self.settle(*[(Decimal("10.00"), Decimal("1.74"))] * 5)
                bill = self.bill()
                self.assertEqual(bill.invoice_line_ids.tax_ids, tax)
                self.assert_as_signed(bill)
                self.assertFalse(bill.narration)
                self.assertEqual(sum(bill.line_ids.mapped("balance")), 0)
                bill.invoice_date = date(2026, 12, 1)
                bill.action_post()
                self.assert_as_signed(bill)

    def test_many_uses_of_any_amount(self):
        tax, chance = self.make_tax(21), random.Random(7)
        for number in (5, 12, 30):
            amounts = [Decimal(chance.randrange(900, 20000)) / 100] * number
            with self.subTest(number):
                self.settle(
                    *((one, round(one * 21 / 121, 2)) for one in amounts),
                )
                bill = self.bill()
                self.assertEqual(bill.invoice_line_ids.tax_ids, tax)
                self.assert_as_signed(bill)

    def test_two_rates_are_booked_without_tax(self):
        self.make_tax(21)
        self.settle(
            *[(Decimal("121.00"), Decimal("21.00"))] * 3,
            *[(Decimal("109.00"), Decimal("9.00"))] * 2,
        )
        self.assert_without_tax(self.bill(), "81.00")

    def test_another_tax_is_left_out(self):
        self.make_tax(6)
        self.assert_without_tax(self.bill(), "105.00")

    def assert_without_tax(self, bill, vat):
        self.assertFalse(bill.invoice_line_ids.tax_ids)
        self.assertEqual(len(bill.invoice_line_ids), 1)
        self.assertEqual(bill.amount_total, self.settlement.total)
        self.assertEqual(bill.amount_tax, 0)
        self.assertIn(vat, bill.narration)

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(UserError, "Approve"):
            self.mine().action_bill()
        self.provider.partner_id = False
        with self.assertRaisesRegex(UserError, "Paid to"):
            self.bill()
        self.provider.partner_id = self.partner
        self.assertTrue(self.bill())

    def test_a_provider_that_works_elsewhere_now(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.provider.company_ids = other
        bill = self.bill()
        self.assertEqual(bill.partner_id, self.partner)
        self.assertEqual(bill.amount_total, self.settlement.total)
        bill.unlink()
        self.provider.partner_id = False
        with self.assertRaisesRegex(UserError, "Coach B.V."):
            self.bill()

    def test_only_who_has_both_rights(self):
        self.mine().action_approve()
        for login in ("finance", "bookkeeper", "hr_manager", "settings_admin"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.mine(login).action_bill()
        self.assertTrue(self.mine().action_bill()["res_id"])

    def test_the_other_fields_stay_closed(self):
        with self.assertRaises(UserError):
            self.settlement.write({"total": 1, "bill_id": False})

    def test_settings(self):
        arch = self.env["res.config.settings"].get_view()["arch"]
        self.assertIn("career_bill_tax_id", arch)
