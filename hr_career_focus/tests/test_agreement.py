"""Agreements and rights as HR keeps them: constraints, the check, who may do what."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..engine import values
from ..models.entitlement_rule_choices import RULE_TERMS
from .common_entitlement import AgreementCase


@tagged("post_install", "-at_install")
class TestCheck(AgreementCase):
    @freeze_time("2026-11-21 12:00:00")
    def test_hr_checks_the_text_and_takes_the_check_back(self):
        """The tick carries the name of who ticked and the day."""
        version = self.version.with_user(self.policy)
        self.assertFalse(version.is_verified)
        version.action_mark_checked()
        self.assertEqual(version.verified_by, "Petra Policy")
        self.assertEqual(str(version.verified_on), "2026-11-21")
        self.assertTrue(version.is_verified)
        self.assertTrue(self.agreement.is_verified)
        version.action_withdraw_check()
        self.assertFalse(version.is_verified)
        self.assertFalse(version.verified_by)

    def test_a_name_without_a_day_is_no_check(self):
        self.version.verified_by = "Somebody"
        self.assertFalse(self.version.is_verified)
        self.version.verified_on = "2026-01-01"
        self.assertTrue(self.version.is_verified)

    def test_a_change_asks_for_a_new_check(self):
        """The check is of words and numbers; put back, they are as checked."""
        self.version.action_mark_checked()
        student = self.env.ref("hr_career_focus.staff_category_student")
        for record, name, value in (
            (self.rule, "quantity", 1200),
            (self.rule, "interval_months", 48),
            (self.rule, "interval_kind", "once"),
            (self.rule, "article", "article 13"),
            (self.rule, "min_age", 45),
            (self.rule, "excluded_category_ids", student),
            (self.rule, "prorate_fte", True),
            (self.rule, "coach_choice", "list"),
            (self.rule, "exit_policy", "lapses"),
            (self.rule, "valid_to", date(2030, 1, 1)),
            (self.version, "valid_to", date(2030, 1, 1)),
            (self.version, "has_after_effect", False),
        ):
            with self.subTest(name=name, model=record._name):
                months, before = self.rule.interval_months, record[name]
                record[name] = value
                self.assertFalse(self.version.is_verified)
                record[name] = before
                self.rule.interval_months = months
                self.assertTrue(self.version.is_verified)

    def test_every_term_of_the_engine_is_part_of_the_check(self):
        """Nothing that decides an answer changes unseen, today or later."""
        quiet = {
            "active",
            "agreement_id",
            "description",
            "name",
            "right_key",
            "sequence",
            # What the employer allows of vouchers, and no term of the text.
            "splits_vouchers",
            "version_id",
            "was_open",
        }
        stored = {
            name
            for name, field in self.rule._fields.items()
            if field.store and name not in MAGIC_COLUMNS
        }
        self.assertEqual(stored - quiet, set(RULE_TERMS))

    def test_a_new_right_asks_for_a_new_check(self):
        self.version.action_mark_checked()
        rule = self.rule.copy({"name": "Scan"})
        self.assertFalse(self.version.is_verified)
        self.version.action_mark_checked()
        self.assertTrue(self.version.is_verified)
        rule.active = False
        self.assertTrue(self.version.is_verified, "an archived right changes nothing")

    def test_other_words_ask_for_nothing(self):
        self.version.action_mark_checked()
        self.agreement.sector = "Media"
        self.version.note = "Seen again"
        self.rule.write({"name": "Guidance", "description": "For everybody"})
        self.assertTrue(self.version.is_verified)

    def test_without_rights_there_is_nothing_to_check(self):
        empty = self.version.create({"agreement_id": self.agreement.id})
        for call in (empty.action_mark_checked, empty.action_ask_check):
            with self.assertRaisesRegex(UserError, "has no rights yet"):
                call()
        self.version.action_mark_checked()

    def test_what_the_text_leaves_open_cannot_be_checked(self):
        """No interval, no length or no first day of a block: the form says which."""
        for changes, lacking in (
            ({"interval_kind": False}, "when the right comes back"),
            ({"interval_months": 0}, "after how many months"),
            ({"interval_kind": "calendar_block"}, "the first day of a block"),
        ):
            with self.subTest(**changes):
                before = {name: self.rule[name] for name in changes}
                self.rule.write(changes)
                self.assertIn(lacking, self.version.missing)
                for call in (
                    self.version.action_mark_checked,
                    self.version.action_ask_check,
                ):
                    with self.assertRaisesRegex(UserError, lacking):
                        call()
                # Nor past the button, by an import or a remote call.
                self.version.write({"verified_by": "X", "verified_on": "2026-01-01"})
                self.assertFalse(self.version.is_verified)
                self.assertTrue(self.rule._engine_rules())
                self.version.action_withdraw_check()
                self.rule.write(before)
        self.assertFalse(self.version.missing)
        self.version.action_mark_checked()
        self.assertTrue(self.version.is_verified)

    def test_a_copy_is_not_checked(self):
        self.version.action_mark_checked()
        copy = self.agreement.copy()
        self.assertEqual(copy.name, "CAO Omroep (copy)")
        self.assertEqual(copy.rule_ids.mapped("quantity"), [1000])
        self.assertEqual(copy.rule_ids.code, self.rule.code)
        self.assertFalse(copy.is_verified)
        self.assertFalse(copy.version_ids.registered_on)
        self.assertFalse(copy.rule_ids.was_open)


@tagged("post_install", "-at_install")
class TestDeletion(AgreementCase):
    def test_a_draft_can_be_deleted(self):
        self.rule.unlink()
        self.version.unlink()
        self.agreement.unlink()
        self.assertFalse(self.agreement.exists())

    def test_a_right_that_was_open_stays(self):
        """Also after the check was taken back, and whoever used it or not."""
        self.version.action_mark_checked()
        self.version.action_withdraw_check()
        for record in (self.rule, self.version, self.agreement):
            with self.assertRaisesRegex(UserError, "Archive it instead"):
                record.unlink()
        self.rule.active = False
        for record in (self.version, self.agreement):
            with self.assertRaisesRegex(UserError, "Archive it instead"):
                record.unlink()
        self.version.active = False
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.agreement.unlink()
        self.agreement.active = False

    def test_nobody_can_claim_that_a_right_was_never_open(self):
        self.version.action_mark_checked()
        for record in (self.rule, self.version):
            record.with_user(self.policy).write({"was_open": False})
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertTrue(record.was_open)

    def test_nobody_can_claim_that_a_right_was_open(self):
        version = self.version.create(
            {"agreement_id": self.agreement.id, "was_open": True}
        )
        rule = self.rule.create(self.rule_values(version, was_open=True))
        self.assertFalse(version.was_open)
        self.assertFalse(rule.was_open)
        rule.unlink()

    def test_a_right_that_was_open_stays_the_same_right(self):
        """What was used of it is kept under its code, in its agreement."""
        other = self.agreement.copy({"name": "Other"})
        draft = self.rule.copy({"name": "Scan"})
        draft.code = "scan-of-the-market"
        self.assertEqual(draft.right_key, f"{self.agreement.id}/scan-of-the-market")
        draft.version_id = other.version_ids
        self.assertEqual(draft.right_key, f"{other.id}/scan-of-the-market")
        self.version.action_mark_checked()
        for changes in ({"code": "other"}, {"version_id": other.version_ids.id}):
            with self.assertRaisesRegex(UserError, "has been open"):
                self.rule.write(changes)
        with self.assertRaisesRegex(UserError, "has been open"):
            self.version.agreement_id = other
        self.rule.write({"code": self.rule.code, "name": "Guidance"})

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
        version = self.version.with_user(self.employee_user)
        rule = self.rule.with_user(self.employee_user)
        self.assertEqual(agreement.read(["name"])[0]["name"], "CAO Omroep")
        self.assertEqual(version.read(["name"])[0]["name"], "Text in force")
        self.assertEqual(rule.read(["quantity"])[0]["quantity"], 1000)
        for record, change in (
            (agreement, {"name": "x"}),
            (version, {"name": "x"}),
            (rule, {"quantity": 5}),
        ):
            with self.assertRaises(AccessError):
                record.write(change)
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.copy()
        for call in (
            version.action_mark_checked,
            version.action_withdraw_check,
            version.action_ask_check,
            version.action_new_version,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_kinds_of_workers_are_a_closed_list(self):
        """Everybody reads them, HR renames them, nobody adds or deletes one."""
        kind = self.env.ref("hr_career_focus.staff_category_student")
        self.assertTrue(kind.with_user(self.employee_user).read(["name"]))
        own = kind.with_user(self.policy)
        own.name = "Working student"
        with self.assertRaises(AccessError):
            own.unlink()
        with self.assertRaises(AccessError):
            own.create({"name": "Other", "code": "student"})
        codes = kind.search([]).mapped("code")
        self.assertEqual(tuple(codes), values.CATEGORIES)

    def test_policy_writes(self):
        agreement = (
            self.env["hr.career.agreement"]
            .with_user(self.policy)
            .create({"name": "House rules"})
        )
        version = self.version.with_user(self.policy).create(
            {"agreement_id": agreement.id}
        )
        rule = (
            self.env["hr.career.entitlement.rule"]
            .with_user(self.policy)
            .create(self.rule_values(version))
        )
        rule.quantity = 1200
        rule.unlink()
        version.unlink()
        agreement.unlink()

    def test_portal_user_reads_nothing_here(self):
        """The portal page shows the own rights; the models stay closed."""
        self.env.invalidate_all()
        for record in (self.agreement, self.version, self.rule):
            with self.assertRaises(AccessError):
                record.with_user(self.portal_user).read(["name"])
            self.assertTrue(record.with_user(self.employee_user).read(["name"]))

    def test_agreement_of_another_company_is_out_of_sight(self):
        self.agreement.company_id = self.other_company
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.policy, self.employee_user):
            for record in (self.agreement, self.version, self.rule):
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

    def test_company_rules_are_no_collective_agreement(self):
        """They apply by themselves, so no contract and no company names them."""
        employee = self.env["hr.employee"].create(
            {"name": "Noor", "company_id": self.company.id}
        )
        rules = self.agreement.create(
            {
                "name": "House",
                "company_id": self.company.id,
                "is_company_rules": True,
            }
        )
        with self.assertRaisesRegex(ValidationError, "on top of a collective"):
            self.company.career_agreement_id = rules
        with self.assertRaisesRegex(ValidationError, "on top of a collective"):
            employee.version_id.career_agreement_id = rules
        self.agreement.company_id = self.company
        self.company.career_agreement_id = self.agreement
        with self.assertRaisesRegex(ValidationError, "cannot be rules on top"):
            self.agreement.is_company_rules = True
        self.company.career_agreement_id = False
        self.agreement.is_company_rules = True

    def test_company_rules_need_a_company(self):
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.agreement.is_company_rules = True
            self.agreement.flush_recordset()
        self.agreement.invalidate_recordset()
        self.agreement.write({"is_company_rules": True, "company_id": self.company.id})
        self.agreement.flush_recordset()

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
        found = self.env["hr.version"].get_values_from_contract_template(template)
        self.assertEqual(found["career_agreement_id"], self.agreement.id)

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
