"""The page on which HR tries an agreement on an invented employee."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_entitlement import ON, EntitlementCase


@tagged("post_install", "-at_install")
class TestPreview(EntitlementCase):
    def preview(self, **changes):
        """Return the page HR sees for an invented employee."""
        return (
            self.env["hr.career.entitlement.preview"]
            .with_user(self.policy)
            .with_context(lang="en_US")
            .create(
                {
                    "agreement_id": self.agreement.id,
                    "start_date": "2020-01-01",
                    "on_date": ON,
                    **changes,
                }
            )
        )

    def test_invented_employee(self):
        self.assertIn("1,000.00", self.preview().result)
        used = self.preview(
            rule_id=self.rule.id, use_date="2023-03-01", use_quantity=1000
        )
        self.assertIn("Again from 1 March 2028", used.result)
        early = self.preview(start_date="2026-05-01")
        self.assertIn("From 1 May 2027", early.result)
        over = self.preview(end_date="2026-06-30")
        self.assertIn("Your contract ended on 30 June 2026", over.result)

    def test_an_unchecked_agreement_can_be_tried(self):
        self.agreement.action_withdraw_check()
        preview = self.preview()
        self.assertFalse(preview.is_verified)
        self.assertIn("1,000.00", preview.result)

    def test_what_hr_typed_is_text_and_no_markup(self):
        self.rule.name = "<script>alert(1)</script>"
        result = str(self.preview().result)
        self.assertNotIn("<script>", result)
        self.assertIn("&lt;script&gt;", result)

    def test_there_is_no_way_to_name_a_person(self):
        relations = {
            field.comodel_name
            for field in self.env["hr.career.entitlement.preview"]._fields.values()
            if field.relational
        }
        self.assertLessEqual(
            relations,
            {"hr.career.agreement", "hr.career.entitlement.rule", "res.users"},
        )

    def test_only_hr_policy_tries_out(self):
        self.assertTrue(self.preview().result)
        model = self.env["hr.career.entitlement.preview"]
        with self.assertRaises(AccessError):
            model.with_user(self.employee_user).create(
                {"agreement_id": self.agreement.id}
            )

    def test_the_button_opens_it_for_the_agreement(self):
        action = self.agreement.with_user(self.policy).action_preview()
        self.assertEqual(action["res_model"], "hr.career.entitlement.preview")
        self.assertEqual(action["context"], {"default_agreement_id": self.agreement.id})

    def test_another_right_of_another_agreement_is_left_alone(self):
        """Uses of a right that is not in the agreement change nothing."""
        other = self.agreement.copy({"name": "Other"})
        preview = self.preview(
            rule_id=other.rule_ids.id, use_date="2026-01-01", use_quantity=1000
        )
        self.assertIn("Available now", preview.result)
