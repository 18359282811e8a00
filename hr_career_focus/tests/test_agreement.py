"""Agreements and rights as HR keeps them: constraints, the check, who may do what."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common_entitlement import AgreementCase


@tagged("post_install", "-at_install")
class TestTerms(AgreementCase):
    def refused_by_database(self, message, **changes):
        with (
            self.assertRaises(IntegrityError) as refusal,
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.rule.write(changes)
            self.rule.flush_recordset()
        self.assertIn(message, self.rule._sql_error_to_message(refusal.exception))
        self.rule.invalidate_recordset()

    def test_terms_that_make_no_sense_are_refused(self):
        """Quantity, interval, service, currency and dates are limited."""
        self.refused_by_database("more than zero", quantity=0)
        self.refused_by_database("more than zero", quantity=-1)
        self.refused_by_database("one month at least", interval_months=0)
        self.refused_by_database("zero months or more", min_service_months=-1)
        self.refused_by_database("needs a currency", currency_id=False)
        self.refused_by_database(
            "cannot end before it starts",
            valid_from="2026-01-01",
            valid_to="2025-12-31",
        )

    def test_terms_at_the_limit_are_accepted(self):
        self.rule.write(
            {
                "quantity": 0.01,
                "interval_months": 1,
                "min_service_months": 0,
                "valid_from": "2026-01-01",
                "valid_to": "2026-01-01",
            }
        )
        self.rule.flush_recordset()
        self.rule.write({"unit": "hours", "currency_id": False, "quantity": 2.5})
        self.rule.flush_recordset()
        self.assertEqual(self.rule.quantity, 2.5)

    def test_sessions_and_scans_are_whole(self):
        self.rule.write({"unit": "sessions", "quantity": 6})
        with self.assertRaisesRegex(ValidationError, "whole numbers"):
            self.rule.quantity = 6.5
        self.rule.unit = "hours"
        self.rule.quantity = 6.5

    def test_an_agreement_cannot_end_before_it_starts(self):
        self.agreement.write({"valid_from": "2026-01-01", "valid_to": "2026-01-01"})
        self.agreement.flush_recordset()
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.agreement.valid_to = "2025-12-31"
            self.agreement.flush_recordset()

    def test_terms_are_put_in_words(self):
        self.assertEqual(
            self.rule.terms.replace("\xa0", " "),
            "1,000.00 € once every 60 months, counted from the first use.",
        )
        self.rule.write(
            {
                "unit": "sessions",
                "quantity": 1,
                "min_service_months": 12,
                "interval_months": 24,
            }
        )
        self.assertEqual(
            self.rule.terms,
            "1 session once every 24 months, counted from the first use, after 12 "
            "months of service.",
        )

    def test_the_form_asks_for_a_currency_only_for_money(self):
        with Form(self.env["hr.career.entitlement.rule"]) as form:
            form.agreement_id = self.agreement
            form.name = "Scan"
            form.unit = "scans"
            form.quantity = 1
            form.interval_months = 24
        self.assertEqual(form.record.unit, "scans")


@tagged("post_install", "-at_install")
class TestCheck(AgreementCase):
    @freeze_time("2026-11-21 12:00:00")
    def test_hr_checks_the_text_and_takes_the_check_back(self):
        """The tick carries the name of who ticked and the day."""
        agreement = self.agreement.with_user(self.policy)
        self.assertFalse(agreement.is_verified)
        agreement.action_mark_checked()
        self.assertEqual(agreement.verified_by, "Petra Policy")
        self.assertEqual(str(agreement.verified_on), "2026-11-21")
        self.assertTrue(agreement.is_verified)
        agreement.action_withdraw_check()
        self.assertFalse(agreement.is_verified)
        self.assertFalse(agreement.verified_by)

    def test_a_name_without_a_day_is_no_check(self):
        self.agreement.verified_by = "Somebody"
        self.assertFalse(self.agreement.is_verified)
        self.agreement.verified_on = "2026-01-01"
        self.assertTrue(self.agreement.is_verified)

    def test_a_change_asks_for_a_new_check(self):
        """The check is of words and numbers; put back, they are as checked."""
        self.agreement.action_mark_checked()
        for record, name, value in (
            (self.rule, "quantity", 1200),
            (self.rule, "interval_months", 48),
            (self.rule, "article", "article 13"),
            (self.rule, "valid_to", date(2030, 1, 1)),
            (self.agreement, "valid_to", date(2030, 1, 1)),
            (self.agreement, "has_after_effect", False),
        ):
            with self.subTest(name=name, model=record._name):
                before = record[name]
                record[name] = value
                self.assertFalse(self.agreement.is_verified)
                record[name] = before
                self.assertTrue(self.agreement.is_verified)

    def test_a_new_right_asks_for_a_new_check(self):
        self.agreement.action_mark_checked()
        rule = self.rule.copy({"name": "Scan"})
        self.assertFalse(self.agreement.is_verified)
        self.agreement.action_mark_checked()
        self.assertTrue(self.agreement.is_verified)
        rule.active = False
        self.assertTrue(self.agreement.is_verified, "an archived right changes nothing")

    def test_other_words_ask_for_nothing(self):
        self.agreement.action_mark_checked()
        self.agreement.write({"sector": "Media", "note": "Seen again"})
        self.rule.write({"name": "Guidance", "description": "For everybody"})
        self.assertTrue(self.agreement.is_verified)

    def test_without_rights_there_is_nothing_to_check(self):
        empty = self.env["hr.career.agreement"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "has no rights yet"):
            empty.action_mark_checked()
        self.agreement.action_mark_checked()

    def test_a_copy_is_not_checked(self):
        self.agreement.action_mark_checked()
        copy = self.agreement.copy()
        self.assertEqual(copy.name, "CAO Omroep (copy)")
        self.assertEqual(copy.rule_ids.mapped("quantity"), [1000])
        self.assertFalse(copy.is_verified)
        self.assertFalse(copy.rule_ids.was_open)


@tagged("post_install", "-at_install")
class TestDeletion(AgreementCase):
    def test_a_draft_can_be_deleted(self):
        self.rule.unlink()
        self.agreement.unlink()
        self.assertFalse(self.agreement.exists())

    def test_a_right_that_was_open_stays(self):
        """Also after the check was taken back, and whoever used it or not."""
        self.agreement.action_mark_checked()
        self.agreement.action_withdraw_check()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.rule.unlink()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.agreement.unlink()
        self.rule.active = False
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.agreement.unlink()
        self.agreement.active = False

    def test_nobody_can_claim_that_a_right_was_never_open(self):
        self.agreement.action_mark_checked()
        self.rule.with_user(self.policy).write({"was_open": False})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(self.rule.was_open)

    def test_an_agreement_on_a_contract_stays(self):
        employee = self.env["hr.employee"].create({"name": "Noor"})
        employee.version_id.career_agreement_id = self.agreement
        self.env.flush_all()
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.agreement.unlink()
        employee.version_id.career_agreement_id = False
        self.agreement.unlink()


@tagged("post_install", "-at_install")
class TestAccess(AgreementCase):
    def test_employee_reads_and_does_not_write(self):
        """What an agreement gives is public inside the company."""
        self.env.invalidate_all()
        agreement = self.agreement.with_user(self.employee_user)
        rule = self.rule.with_user(self.employee_user)
        self.assertEqual(agreement.read(["name"])[0]["name"], "CAO Omroep")
        self.assertEqual(rule.read(["quantity"])[0]["quantity"], 1000)
        for record, change in ((agreement, {"name": "x"}), (rule, {"quantity": 5})):
            with self.assertRaises(AccessError):
                record.write(change)
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.copy()
        with self.assertRaises(AccessError):
            agreement.action_mark_checked()

    def test_policy_writes(self):
        agreement = (
            self.env["hr.career.agreement"]
            .with_user(self.policy)
            .create({"name": "House rules"})
        )
        rule = (
            self.env["hr.career.entitlement.rule"]
            .with_user(self.policy)
            .create(self.rule_values(agreement))
        )
        rule.quantity = 1200
        rule.unlink()
        agreement.unlink()

    def test_portal_user_reads_nothing_here(self):
        """The portal page shows the own rights; the models stay closed."""
        self.env.invalidate_all()
        for record in (self.agreement, self.rule):
            with self.assertRaises(AccessError):
                record.with_user(self.portal_user).read(["name"])
            self.assertTrue(record.with_user(self.employee_user).read(["name"]))

    def test_agreement_of_another_company_is_out_of_sight(self):
        self.agreement.company_id = self.other_company
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.policy, self.employee_user):
            for record in (self.agreement, self.rule):
                model = record.with_user(user)
                self.assertFalse(model.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    model.read(["name"])
        self.agreement.company_id = self.company
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(self.agreement.with_user(self.employee_user).read(["name"]))


@tagged("post_install", "-at_install")
class TestCompanies(AgreementCase):
    def test_a_contract_names_an_agreement_of_its_own_company(self):
        employee = self.env["hr.employee"].create(
            {"name": "Noor", "company_id": self.company.id}
        )
        self.agreement.company_id = self.other_company
        with self.assertRaisesRegex(ValidationError, "belongs to Publisher"):
            employee.version_id.career_agreement_id = self.agreement
        self.agreement.company_id = self.company
        employee.version_id.career_agreement_id = self.agreement

    def test_the_default_is_an_agreement_of_the_company(self):
        self.agreement.company_id = self.other_company
        with self.assertRaisesRegex(ValidationError, "belongs to Publisher"):
            self.company.career_agreement_id = self.agreement
        self.agreement.company_id = False
        self.company.career_agreement_id = self.agreement

    def test_an_agreement_in_use_does_not_change_company(self):
        self.company.career_agreement_id = self.agreement
        with self.assertRaisesRegex(ValidationError, "in use in another company"):
            self.agreement.company_id = self.other_company
        self.agreement.company_id = self.company

    def test_an_agreement_on_a_contract_does_not_change_company(self):
        employee = self.env["hr.employee"].create(
            {"name": "Noor", "company_id": self.company.id}
        )
        employee.version_id.career_agreement_id = self.agreement
        self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "in use in another company"):
            self.agreement.company_id = self.other_company
        self.agreement.company_id = self.company

    def test_a_template_hands_its_agreement_to_the_contract(self):
        template = self.env["hr.version"].create(
            {"name": "Permanent", "career_agreement_id": self.agreement.id}
        )
        values = self.env["hr.version"].get_values_from_contract_template(template)
        self.assertEqual(values["career_agreement_id"], self.agreement.id)

    def test_colleagues_do_not_read_the_agreement_of_a_contract(self):
        employee = self.env["hr.employee"].create(
            {"name": "Noor", "company_id": self.company.id}
        )
        officer = new_test_user(
            self.env,
            "officer",
            groups="hr.group_hr_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        employee.version_id.career_agreement_id = self.agreement
        self.env.flush_all()
        self.env.invalidate_all()
        version = employee.version_id
        with self.assertRaises(AccessError):
            version.with_user(self.employee_user).read(["career_agreement_id"])
        self.assertTrue(version.with_user(officer).read(["career_agreement_id"]))
