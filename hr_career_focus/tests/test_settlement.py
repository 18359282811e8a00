"""Closing a period, and what may happen to a settlement afterwards."""

import json
from datetime import date
from unittest.mock import patch

from psycopg2.errors import CheckViolation, RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..casework import settling
from ..casework.opening import vault
from ..engine.statement import problems
from ..vault import signing
from ..vault.keyring import load_keyring
from .common import CareerCase
from .money_case import CLOSING, MAY, MoneyMixin


@tagged("post_install", "-at_install")
class TestSettlement(MoneyMixin, CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.make_provider()
        cls.model = cls.env["hr.career.settlement"]

    def close(self, today=CLOSING):
        self.env.invalidate_all()
        return settling.close(self.env, today)

    # -- closing -----------------------------------------------------------------

    def test_five_vouchers_are_settled(self):
        refs = self.make_uses(5, self.provider)
        settlement = self.close()
        self.assertEqual(len(settlement), 1)
        self.assertEqual(settlement.provider_id, self.provider)
        self.assertEqual(settlement.company_id, self.company)
        self.assertEqual((settlement.total, settlement.vat), (605, 105))
        self.assertEqual((settlement.number, settlement.number_text), (5, "5"))
        self.assertEqual(settlement.month_from, date(2026, 5, 1))
        self.assertEqual(settlement.closed_on, CLOSING)
        self.assertEqual(settlement.state, "received")
        for ref in refs:
            [use] = self.voucher(ref).uses
            self.assertEqual(use.settlement, settlement.ref)

    def test_the_statement_is_signed(self):
        self.make_uses(6, self.provider)
        statement = self.close()._statement()
        key = signing.public_key(load_keyring())
        self.assertEqual(problems(statement, key, signing.is_signed), [])
        self.assertEqual(len(statement.lines), 6)
        self.assertEqual(statement.head["total"], "726.00")
        self.assertEqual(
            statement.head["database"],
            self.env["ir.config_parameter"].sudo().get_param("database.uuid"),
        )

    def test_four_wait_for_the_fifth(self):
        self.make_uses(4, self.provider)
        self.assertFalse(self.close())
        self.make_uses(1, self.provider, date(2026, 6, 2))
        settlement = self.close(date(2026, 7, 21))
        self.assertEqual(settlement.period, "May 2026 – June 2026")
        self.assertEqual(settlement.closed_on, date(2026, 7, 20))

    def test_the_same_voucher_five_times_is_one_voucher(self):
        ref = self.make_voucher(value=1000)
        for _time in range(5):
            self.redeem(ref, self.provider)
        self.assertFalse(self.close())

    def test_few_are_paid_also_when_the_job_missed_january(self):
        self.make_uses(2, self.provider)
        self.assertFalse(self.close(date(2027, 12, 20)))
        self.assertEqual(self.close(date(2028, 3, 1)).total, 242)

    def test_each_provider_on_its_own(self):
        """Four of one and four of another are not eight."""
        other = self.make_provider("Other")
        self.make_uses(4, self.provider)
        self.make_uses(4, other)
        self.assertFalse(self.close())
        self.make_uses(1, other)
        self.assertEqual(self.close().provider_id, other)

    def test_the_month_itself_is_never_settled(self):
        self.make_uses(5, self.provider, date(2026, 6, 1))
        self.assertFalse(self.close(date(2026, 6, 30)))

    def test_what_was_undone_is_not_paid(self):
        refs = self.make_uses(6, self.provider)
        [use] = self.voucher(refs[0]).uses
        self.change(refs[0], lambda one: one.undo(use.ref, MAY))
        self.assertEqual(self.close().total, 605)

    def test_again_settles_nothing_twice(self):
        self.make_uses(5, self.provider)
        self.assertEqual(len(self.close()), 1)
        self.assertFalse(self.close())
        self.assertFalse(self.close(date(2027, 1, 25)))

    def test_after_a_year_few_are_paid_and_not_counted(self):
        self.make_uses(2, self.provider)
        self.assertFalse(self.close(date(2027, 1, 20)))
        settlement = self.close(date(2028, 1, 20))
        self.assertEqual(settlement.total, 242)
        self.assertEqual((settlement.number, settlement.number_text), (0, "1 to 4"))
        self.assertEqual(settlement._statement().head["number"], "1-4")
        self.assertEqual(settlement._statement().lines, ())
        self.env.flush_all()
        self.cr.execute("SELECT to_jsonb(s) - 'id' FROM hr_career_settlement s")
        [[row]] = self.cr.fetchall()
        numbers = {name: row[name] for name in row if row[name] == 2}
        self.assertEqual(numbers, {})

    def test_a_company_waits_longer_or_for_more(self):
        self.company.career_settlement_min = 7
        self.make_uses(6, self.provider)
        self.assertFalse(self.close())
        self.company.career_settlement_min = 5
        self.company.career_settlement_delay = 40
        self.assertFalse(self.close())
        self.assertTrue(self.close(date(2026, 7, 20)))

    def test_a_company_cannot_settle_fewer_or_sooner(self):
        for values in (
            {"career_settlement_min": 4},
            {"career_settlement_delay": 14},
        ):
            with (
                self.subTest(values),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
            ):
                self.company.write(values)
                self.env.flush_all()

    def test_all_or_nothing(self):
        """What fails half-way leaves no voucher in a settlement that is not there."""
        refs = self.make_uses(5, self.provider)
        with (
            patch.object(settling, "signed", side_effect=ZeroDivisionError),
            self.assertRaises(ZeroDivisionError),
        ):
            self.close()
        self.assertFalse(self.model.search([]))
        for ref in refs:
            self.assertFalse(self.voucher(ref).uses[0].settlement)
        self.assertTrue(self.close())

    def test_every_voucher_row_is_written_anew(self):
        """Otherwise the settled ones would be those that changed with a settlement."""
        self.make_uses(5, self.provider)
        waiting = self.make_voucher()
        question = "SELECT ref, sealed FROM hr_career_voucher"
        self.env.flush_all()
        self.cr.execute(question)
        before = dict(self.cr.fetchall())
        self.close()
        self.cr.execute(question)
        after = dict(self.cr.fetchall())
        self.assertIn(waiting, after)
        same = [ref for ref in before if after[ref] == before[ref]]
        self.assertEqual(same, [])

    # -- afterwards --------------------------------------------------------------

    def settled(self):
        self.make_uses(5, self.provider)
        return self.close()

    def test_finance_moves_the_state(self):
        settlement = self.settled().with_env(self.env_of("finance"))
        settlement.action_approve()
        self.assertEqual(settlement.state, "approved")
        settlement.action_pay()
        self.assertEqual(settlement.state, "paid")
        with self.assertRaises(UserError):
            settlement.action_approve()

    def test_dispute_and_back(self):
        settlement = self.settled().with_env(self.env_of("finance"))
        opened = settlement.action_dispute()
        form = Form(
            self.env_of("finance")[opened["res_model"]].with_context(
                **opened["context"]
            )
        )
        form.note = "vat"
        form.save().action_dispute()
        self.assertEqual((settlement.state, settlement.note), ("disputed", "vat"))
        settlement.action_reopen()
        self.assertEqual((settlement.state, settlement.note), ("received", False))

    def test_nobody_else_reads_or_acts(self):
        settlement = self.settled()
        self.env.flush_all()
        for login in self.users.keys() - {"finance"}:
            other = settlement.with_env(self.env_of(login))
            self.env.invalidate_all()
            with self.subTest(login), self.assertRaises(AccessError):
                other.read(["total"])
            for act in ("action_approve", "action_dispute", "action_csv"):
                with self.subTest(login, act=act), self.assertRaises(AccessError):
                    getattr(other, act)() or other.check_access("read")
            with self.subTest(login), self.assertRaises(AccessError):
                other.search([])
        mine = settlement.with_env(self.env_of("finance"))
        self.assertEqual(mine.read(["total"])[0]["total"], 605)

    def test_finance_of_another_company(self):
        settlement = self.settled()
        other = self.make_other_company("Other")
        stranger = self.make_user(
            "fin2", "base.group_user,hr_career_focus.group_finance"
        )
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.env.flush_all()
        found = self.model.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(found.search([]))
        self.assertTrue(self.model.with_env(self.env_of("finance")).search([]))
        with self.assertRaises(AccessError):
            settlement.with_user(stranger).action_approve()

    def test_a_provider_that_works_elsewhere_now(self):
        """What it was owed is still there to read, approve and pay."""
        settlement = self.settled()
        self.provider.company_ids = self.make_other_company("Other")
        self.env.flush_all()
        self.env.invalidate_all()
        mine = self.model.with_env(self.env_of("finance")).browse(settlement.id)
        self.assertIn("Coach B.V.", mine.display_name)
        spec = {"display_name": {}, "provider_id": {"fields": {"display_name": {}}}}
        [read] = mine.web_read(spec)
        self.assertEqual(read["provider_id"]["display_name"], "Coach B.V.")
        mine.action_approve()
        self.assertEqual(settlement.state, "approved")
        # Of the provider itself nothing more is to be had.
        with self.assertRaises(AccessError):
            mine.provider_id.read(["name"])

    def test_written_once(self):
        settlement = self.settled()
        values = {"total": 1, "number": 9, "statement": "{}", "provider_id": 1}
        for name, value in values.items():
            with self.subTest(name), self.assertRaises(UserError):
                settlement.write({name: value})
        for act in (settlement.unlink, settlement.copy):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(UserError):
            self.model.create({"total": 1})
        # Finance does not write past the buttons either.
        with self.assertRaises(AccessError):
            settlement.with_env(self.env_of("finance")).write({"state": "paid"})

    def test_written_once_in_the_database_too(self):
        settlement = self.settled()
        self.env.flush_all()
        for sql in (
            "UPDATE hr_career_settlement SET total = total + 1 WHERE id = %s",
            "DELETE FROM hr_career_settlement WHERE id = %s",
        ):
            with (
                self.subTest(sql),
                self.assertRaises(RestrictViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.cr.execute(sql, [settlement.id])
        # And lets through what may change.
        self.cr.execute(
            "UPDATE hr_career_settlement SET state = 'approved' WHERE id = %s",
            [settlement.id],
        )

    def test_nothing_of_the_vault_is_in_it(self):
        """No reference, code, month of a use, amount or invoice of a single use."""
        refs = self.make_uses(5, self.provider, invoice="INV-77")
        uses = [self.voucher(ref).uses[0] for ref in refs]
        settlement = self.close()
        self.env.flush_all()
        self.cr.execute("SELECT s::text FROM hr_career_settlement s")
        [[said]] = self.cr.fetchall()
        kept = json.loads(settlement.statement)
        self.assertEqual(len(kept["lines"]), 5)
        for secret in [*refs, *(use.ref for use in uses), "INV-77", "121.00"]:
            self.assertNotIn(secret, said.replace(settlement.digest, ""))
        with vault(self.env) as inside:
            columns = set(inside["hr.career.settlement"]._fields)
        self.assertFalse(columns & {"create_uid", "create_date", "write_date"})
